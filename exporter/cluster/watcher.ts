import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { SEDNA_GROUP, SEDNA_VERSION } from '../../src/sedna/kinds';
import type { Api } from './api';
import { readBody, readLines } from './body';
import { ReadError, type ReadCause } from './causes';
import { asObject, at } from './values';

/** Times and sizes; tests make them small. */
export interface WatchTimes {
  /** Most objects of a page. */
  pageSize: number;
  /** Bytes that a page should have: after a larger one the next are asked to be smaller. */
  pageBytes: number;
  listTimeoutMs: number;
  /** Seconds after which the API server ends a watch, and it is begun anew where it ended. */
  watchSeconds: number;
  /** Milliseconds after which all is listed anew, should an event have been lost. */
  resyncMs: number;
  /** Milliseconds of the first pause after a failure, doubled with each further one. */
  retryMs: number;
  maxRetryMs: number;
  /** The longest pause until a kind that the cluster does not have is looked for again. */
  notInstalledMs: number;
}

export const WATCH_TIMES: WatchTimes = {
  pageSize: 500,
  pageBytes: 4_000_000,
  listTimeoutMs: 60_000,
  // Of a kind that nobody changes an API server may say nothing while a watch lasts; a new one shows that it is there.
  watchSeconds: 120,
  resyncMs: 3_600_000,
  notInstalledMs: 120_000,
  retryMs: 1_000,
  maxRetryMs: 60_000,
};

/** What a watch tells. Objects are told one by one and not kept here. */
export interface WatchTarget {
  beginList(): void;
  /** Returns whether it was an object. */
  put(object: unknown): boolean;
  remove(object: unknown): void;
  endList(): void;
  clear(): void;
}

export interface WatcherOptions {
  api: Api;
  /** Plural, as in the API path. */
  resource: string;
  target: WatchTarget;
  times: WatchTimes;
  /** Called when the state has changed. */
  onState: (state: WatchState) => void;
  onError: (cause: ReadCause, message: string) => void;
}

/** What is known of a resource; `failing` and `forbidden` keep what was read before. */
export type WatchState = 'starting' | 'watching' | 'not-installed' | 'forbidden' | 'failing';

/** The first pages are small: nobody knows yet how large the objects are. */
const FIRST_PAGE = 100;

/** Keeps a target equal to a resource of the cluster: lists in pages, then watches; never rejects. */
export class Watcher {
  state: WatchState = 'starting';
  /** Whether it was listed in full at least once since it is there. */
  hasListed = false;
  /** Whether the API server has ever listed it or said that there is none. */
  hasAnswered = false;
  /** When the API server last told something, in milliseconds since 1970. */
  heardAt?: number;
  /** Seconds that the last list took. */
  listSeconds?: number;

  private resourceVersion?: string;
  private listedAt = 0;
  private failures = 0;

  constructor(private readonly options: WatcherOptions) {}

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.follow(signal);
      } catch (error) {
        const pause = signal.aborted ? 0 : this.fail(toReadError(error));
        await sleep(pause, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { resyncMs, retryMs } = this.options.times;
    if (this.resourceVersion === undefined || Date.now() - this.listedAt >= resyncMs) {
      await this.list(signal);
    }
    const start = Date.now();
    const hasLasted = () => Date.now() - start >= retryMs;
    try {
      await this.watch(signal);
    } finally {
      this.failures = hasLasted() ? 0 : this.failures;
    }
    if (!hasLasted()) {
      // Something between here and the API server ends watches at once.
      this.failures++;
      await sleep(this.pause(), undefined, { signal }).catch(() => undefined);
    }
  }

  private async list(signal: AbortSignal): Promise<void> {
    const { target, times } = this.options;
    const start = performance.now();
    let limit = Math.min(FIRST_PAGE, times.pageSize);
    let resourceVersion: string | undefined;
    let token: string | undefined;
    target.beginList();
    do {
      const page = await this.page({ limit: String(limit), ...(token && { continue: token }) }, signal);
      page.items.forEach((item) => target.put(item));
      resourceVersion ??= page.resourceVersion;
      token = page.token;
      limit = Math.max(1, Math.min(times.pageSize, Math.floor((limit * times.pageBytes) / page.bytes), limit * 4));
    } while (token);
    target.endList();
    this.resourceVersion = resourceVersion;
    this.hasListed = true;
    this.listedAt = Date.now();
    this.listSeconds = (performance.now() - start) / 1000;
    this.heard();
  }

  private page(query: Record<string, string>, closing: AbortSignal) {
    return within(this.options.times.listTimeoutMs, closing, async (signal) => {
      const text = await readBody(await this.get(query, signal));
      const list = parse(text, 'bad_answer');
      const items = at(list, 'items') ?? [];
      const resourceVersion = at(list, 'metadata', 'resourceVersion');
      const token = at(list, 'metadata', 'continue') ?? '';
      if (!Array.isArray(items) || typeof resourceVersion !== 'string' || typeof token !== 'string') {
        throw new ReadError('bad_answer', 'the answer to a list is no list');
      }
      return { items: items as unknown[], resourceVersion, token, bytes: text.length };
    });
  }

  private watch(closing: AbortSignal): Promise<void> {
    const { watchSeconds } = this.options.times;
    const query = {
      watch: 'true',
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(watchSeconds),
      resourceVersion: this.resourceVersion ?? '',
    };
    // The API server ends the watch itself; the time is for one that has gone without a word.
    return within((watchSeconds + 30) * 1_000, closing, async (signal) => {
      const response = await this.get(query, signal);
      this.heard();
      for await (const line of readLines(response)) {
        this.takeEvent(line);
        this.failures = 0;
        this.heard();
      }
    });
  }

  private takeEvent(line: string): void {
    const { target } = this.options;
    const event = parse(line, 'malformed_event');
    const [type, object] = [at(event, 'type'), at(event, 'object')];
    const resourceVersion = at(object, 'metadata', 'resourceVersion');
    if (type === 'ERROR') {
      const code = at(object, 'code');
      throw new ReadError(code === 410 ? 'expired' : 'server_error', `the watch ended: ${messageOf(object)}`);
    }
    if (typeof type !== 'string' || typeof resourceVersion !== 'string' || !asObject(object)) {
      throw new ReadError('malformed_event', 'a watch event has no type or no object');
    }
    if (type === 'ADDED' || type === 'MODIFIED') {
      target.put(object);
    } else if (type === 'DELETED') {
      target.remove(object);
    } else if (type !== 'BOOKMARK') {
      throw new ReadError('malformed_event', 'a watch event has a type that is not known');
    }
    this.resourceVersion = resourceVersion;
  }

  private async get(query: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> {
    const { api, resource } = this.options;
    const search = new URLSearchParams(query);
    const response = await api.get(`/apis/${SEDNA_GROUP}/${SEDNA_VERSION}/${resource}?${search}`, signal);
    const { statusCode = 0 } = response;
    if (statusCode === 200) {
      return response;
    }
    const text = await readBody(response).catch(() => '');
    if (statusCode === 404) {
      throw new NotInstalled();
    }
    throw new ReadError(causeOf(statusCode), `HTTP ${statusCode}: ${messageOf(parseOr(text))}`);
  }

  private heard(): void {
    this.heardAt = Date.now();
    this.hasAnswered = true;
    this.enter('watching');
  }

  private enter(state: WatchState): void {
    if (state !== this.state) {
      this.state = state;
      this.options.onState(state);
    }
  }

  /** Takes a failure in; returns how long to wait. */
  private fail(error: ReadError | NotInstalled): number {
    const { target, times, onError } = this.options;
    if (error instanceof NotInstalled) {
      target.clear();
      this.resourceVersion = undefined;
      this.hasListed = false;
      this.failures++;
      this.heardAt = Date.now();
      this.hasAnswered = true;
      this.enter('not-installed');
      return this.pause(times.notInstalledMs);
    }
    // A cut connection goes on where it was; all else may have lost events.
    if (error.readCause !== 'unreachable' && error.readCause !== 'timeout') {
      this.resourceVersion = undefined;
    }
    this.failures++;
    onError(error.readCause, error.message);
    this.enter(error.readCause === 'forbidden' ? 'forbidden' : 'failing');
    return this.pause();
  }

  private pause(maxMs = this.options.times.maxRetryMs): number {
    const { retryMs } = this.options.times;
    // Spread, so that all kinds do not come back in the same moment.
    return Math.min(maxMs, retryMs * 2 ** Math.min(this.failures - 1, 16)) * (0.5 + Math.random() / 2);
  }
}

/** The API server does not know the resource. */
class NotInstalled extends Error {}

/** Aborts what takes too long. @throws ReadError then */
async function within<T>(ms: number, closing: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const timeout = AbortSignal.timeout(ms);
  try {
    return await work(AbortSignal.any([closing, timeout]));
  } catch (error) {
    throw timeout.aborted ? new ReadError('timeout', `no answer within ${ms / 1000} s`) : error;
  }
}

function causeOf(status: number): ReadCause {
  const causes: Readonly<Record<number, ReadCause>> = { 401: 'unauthorized', 403: 'forbidden', 410: 'expired' };
  return causes[status] ?? (status >= 500 || status === 429 ? 'server_error' : 'bad_answer');
}

const SHOWN_MESSAGE = 300;

function messageOf(status: unknown): string {
  const message = at(status, 'message');
  return typeof message === 'string' ? message.slice(0, SHOWN_MESSAGE) : 'no message';
}

function parse(text: string, cause: ReadCause): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ReadError(cause, 'the answer is not JSON');
  }
}

function parseOr(text: string): unknown {
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
