import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { SEDNA_GROUP, SEDNA_VERSION } from '../../src/sedna/kinds';
import type { ApiClient } from './apiClient';
import { readBody, readLines } from './responseBody';
import { ReadError, type ReadCause } from './errors';
import { asObject, getPath } from './extract/values';

export const SEDNA_API_PATH = `/apis/${SEDNA_GROUP}/${SEDNA_VERSION}`;

/** Timing and sizes of lists and watches; tests use small values. */
export interface WatchSettings {
  /** Maximum number of objects per page. */
  pageSize: number;
  /** Target size of a page in bytes. The page size adapts to it. */
  pageBytes: number;
  listTimeoutMs: number;
  /** Seconds after which the API server ends a watch. The watch then resumes. */
  watchSeconds: number;
  /** Milliseconds between full lists, in case an event was lost. */
  resyncMs: number;
  /** Milliseconds before the first retry. Doubles with each failure in a row. */
  retryMs: number;
  maxRetryMs: number;
  /** Maximum milliseconds between checks for a kind that isn't installed. */
  notInstalledRetryMs: number;
}

export const DEFAULT_WATCH_SETTINGS: WatchSettings = {
  pageSize: 500,
  pageBytes: 4_000_000,
  listTimeoutMs: 60_000,
  // The API server may send nothing during a watch on an unchanged kind; a new watch proves that it is reachable.
  watchSeconds: 120,
  resyncMs: 3_600_000,
  notInstalledRetryMs: 120_000,
  retryMs: 1_000,
  maxRetryMs: 60_000,
};

/** Receives objects from a watcher, which keeps none itself. */
export interface WatchTarget {
  beginList(): void;
  /** Returns false if the object can't be identified. */
  put(object: unknown): boolean;
  remove(object: unknown): void;
  endList(): void;
  clear(): void;
}

export interface WatcherOptions {
  api: ApiClient;
  /** Plural, as in the API path. */
  resource: string;
  /** API path without the resource; that of Sedna's API group by default. */
  apiPath?: string;
  target: WatchTarget;
  settings: WatchSettings;
  /** Called when the state changes. */
  onState: (state: WatchState) => void;
  onError: (cause: ReadCause, message: string) => void;
}

/** Returns a target that passes everything on to several. */
export function combineTargets(targets: readonly WatchTarget[]): WatchTarget {
  return {
    beginList: () => targets.forEach((target) => target.beginList()),
    put: (object) => targets.map((target) => target.put(object)).every(Boolean),
    remove: (object) => targets.forEach((target) => target.remove(object)),
    endList: () => targets.forEach((target) => target.endList()),
    clear: () => targets.forEach((target) => target.clear()),
  };
}

/** State of a resource. In `failing` and `forbidden`, the objects read before remain. */
export type WatchState = 'starting' | 'watching' | 'not-installed' | 'forbidden' | 'failing';

/** Small first page, because the size of the objects is unknown. */
const FIRST_PAGE_SIZE = 100;

/** Keeps a target in sync with a resource of the cluster: lists it in pages, then watches it. Never rejects. */
export class Watcher {
  state: WatchState = 'starting';
  /** Whether a full list has completed since the resource was installed. */
  hasListed = false;
  /** Whether the API server has ever listed the resource or said that it isn't installed. */
  hasResponded = false;
  /** When the API server last responded, in milliseconds since 1970. */
  lastResponseMs?: number;
  /** Duration of the last list in seconds. */
  listSeconds?: number;

  private resourceVersion?: string;
  private listedAtMs = 0;
  private failures = 0;

  constructor(private readonly options: WatcherOptions) {}

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.listAndWatch(signal);
      } catch (error) {
        const delayMs = signal.aborted ? 0 : this.handleFailure(toReadError(error));
        await sleep(delayMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async listAndWatch(signal: AbortSignal): Promise<void> {
    const { resyncMs, retryMs } = this.options.settings;
    if (this.resourceVersion === undefined || Date.now() - this.listedAtMs >= resyncMs) {
      await this.list(signal);
    }
    const start = Date.now();
    const isStable = () => Date.now() - start >= retryMs;
    try {
      await this.watch(signal);
    } finally {
      this.failures = isStable() ? 0 : this.failures;
    }
    if (!isStable()) {
      // A proxy that ends watches immediately would otherwise cause a busy loop.
      this.failures++;
      await sleep(this.getRetryDelayMs(), undefined, { signal }).catch(() => undefined);
    }
  }

  private async list(signal: AbortSignal): Promise<void> {
    const { target, settings } = this.options;
    const start = performance.now();
    let limit = Math.min(FIRST_PAGE_SIZE, settings.pageSize);
    let resourceVersion: string | undefined;
    let continueToken: string | undefined;
    target.beginList();
    do {
      const page = await this.fetchPage(
        { limit: String(limit), ...(continueToken && { continue: continueToken }) },
        signal
      );
      page.items.forEach((item) => target.put(item));
      resourceVersion ??= page.resourceVersion;
      continueToken = page.continueToken;
      limit = Math.max(
        1,
        Math.min(settings.pageSize, Math.floor((limit * settings.pageBytes) / page.bytes), limit * 4)
      );
    } while (continueToken);
    target.endList();
    this.resourceVersion = resourceVersion;
    this.hasListed = true;
    this.listedAtMs = Date.now();
    this.listSeconds = (performance.now() - start) / 1000;
    this.markResponse();
  }

  private fetchPage(query: Record<string, string>, closing: AbortSignal) {
    return withTimeout(this.options.settings.listTimeoutMs, closing, async (signal) => {
      const text = await readBody(await this.get(query, signal));
      const list = parseJson(text, 'bad_answer');
      const items = getPath(list, 'items') ?? [];
      const resourceVersion = getPath(list, 'metadata', 'resourceVersion');
      const continueToken = getPath(list, 'metadata', 'continue') ?? '';
      if (!Array.isArray(items) || typeof resourceVersion !== 'string' || typeof continueToken !== 'string') {
        throw new ReadError('bad_answer', "the response isn't a list");
      }
      return { items: items as unknown[], resourceVersion, continueToken, bytes: text.length };
    });
  }

  private watch(closing: AbortSignal): Promise<void> {
    const { watchSeconds } = this.options.settings;
    const query = {
      watch: 'true',
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(watchSeconds),
      resourceVersion: this.resourceVersion ?? '',
    };
    // The API server ends the watch itself; this timeout covers connections that died silently.
    return withTimeout((watchSeconds + 30) * 1_000, closing, async (signal) => {
      const response = await this.get(query, signal);
      this.markResponse();
      for await (const line of readLines(response)) {
        this.applyEvent(line);
        this.failures = 0;
        this.markResponse();
      }
    });
  }

  private applyEvent(line: string): void {
    const { target } = this.options;
    const event = parseJson(line, 'malformed_event');
    const [type, object] = [getPath(event, 'type'), getPath(event, 'object')];
    const resourceVersion = getPath(object, 'metadata', 'resourceVersion');
    if (type === 'ERROR') {
      const code = getPath(object, 'code');
      throw new ReadError(code === 410 ? 'expired' : 'server_error', `the watch ended: ${getMessage(object)}`);
    }
    if (typeof type !== 'string' || typeof resourceVersion !== 'string' || !asObject(object)) {
      throw new ReadError('malformed_event', 'a watch event has no type or no object');
    }
    if (type === 'ADDED' || type === 'MODIFIED') {
      target.put(object);
    } else if (type === 'DELETED') {
      target.remove(object);
    } else if (type !== 'BOOKMARK') {
      throw new ReadError('malformed_event', 'a watch event has an unknown type');
    }
    this.resourceVersion = resourceVersion;
  }

  private async get(query: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> {
    const { api, resource, apiPath = SEDNA_API_PATH } = this.options;
    const params = new URLSearchParams(query);
    const response = await api.get(`${apiPath}/${resource}?${params}`, signal);
    const { statusCode = 0 } = response;
    if (statusCode === 200) {
      return response;
    }
    const text = await readBody(response).catch(() => '');
    if (statusCode === 404) {
      throw new NotInstalled();
    }
    throw new ReadError(toReadCause(statusCode), `HTTP ${statusCode}: ${getMessage(tryParseJson(text))}`);
  }

  private markResponse(): void {
    this.lastResponseMs = Date.now();
    this.hasResponded = true;
    this.setState('watching');
  }

  private setState(state: WatchState): void {
    if (state !== this.state) {
      this.state = state;
      this.options.onState(state);
    }
  }

  /** Records a failure and returns the delay before the next attempt in milliseconds. */
  private handleFailure(error: ReadError | NotInstalled): number {
    const { target, settings, onError } = this.options;
    if (error instanceof NotInstalled) {
      target.clear();
      this.resourceVersion = undefined;
      this.hasListed = false;
      this.failures++;
      this.lastResponseMs = Date.now();
      this.hasResponded = true;
      this.setState('not-installed');
      return this.getRetryDelayMs(settings.notInstalledRetryMs);
    }
    // A cut connection can resume from the last version. Any other failure may have lost events.
    if (error.readCause !== 'unreachable' && error.readCause !== 'timeout') {
      this.resourceVersion = undefined;
    }
    this.failures++;
    onError(error.readCause, error.message);
    this.setState(error.readCause === 'forbidden' ? 'forbidden' : 'failing');
    return this.getRetryDelayMs();
  }

  private getRetryDelayMs(maxMs = this.options.settings.maxRetryMs): number {
    const { retryMs } = this.options.settings;
    // Jitter, so that the kinds don't retry at the same moment.
    return Math.min(maxMs, retryMs * 2 ** Math.min(this.failures - 1, 16)) * (0.5 + Math.random() / 2);
  }
}

/** The API server doesn't have the resource. */
class NotInstalled extends Error {}

/** Aborts work that takes too long. @throws {ReadError} with the cause `timeout` in that case */
async function withTimeout<T>(ms: number, closing: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const timeout = AbortSignal.timeout(ms);
  try {
    return await work(AbortSignal.any([closing, timeout]));
  } catch (error) {
    throw timeout.aborted ? new ReadError('timeout', `no response within ${ms / 1000} s`) : error;
  }
}

function toReadCause(status: number): ReadCause {
  const causes: Readonly<Record<number, ReadCause>> = { 401: 'unauthorized', 403: 'forbidden', 410: 'expired' };
  return causes[status] ?? (status >= 500 || status === 429 ? 'server_error' : 'bad_answer');
}

const MAX_MESSAGE_LENGTH = 300;

function getMessage(status: unknown): string {
  const message = getPath(status, 'message');
  return typeof message === 'string' ? message.slice(0, MAX_MESSAGE_LENGTH) : 'no message';
}

function parseJson(text: string, cause: ReadCause): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ReadError(cause, "the response isn't JSON");
  }
}

function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toReadError(error: unknown): ReadError | NotInstalled {
  if (error instanceof ReadError || error instanceof NotInstalled) {
    return error;
  }
  const { code, message } = error as NodeJS.ErrnoException;
  return new ReadError(code ? 'unreachable' : 'other', message || String(code));
}
