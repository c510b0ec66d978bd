import { setTimeout as sleep } from 'node:timers/promises';
import { WHATS } from '../../src/sedna/journal';
import { findKind, KIND_NAMES, SEDNA_NAMESPACE, WATCHED_KINDS, type KindName } from '../../src/sedna/kinds';
import { getPath } from '../cluster/extract/values';
import type { ApiClient } from '../cluster/apiClient';
import { READ_CAUSES, type ReadCause } from '../cluster/errors';
import { readBody } from '../cluster/responseBody';
import {
  DEFAULT_WATCH_SETTINGS,
  SEDNA_API_PATH,
  Watcher,
  type WatchSettings,
  type WatchTarget,
} from '../cluster/watcher';
import type { JournalConfig } from '../config';
import type { SelfMetrics } from '../http/selfMetrics';
import type { KnowledgeBaseRows } from '../knowledge-base/rows';
import { findDeploymentOwner, type InvolvedObject } from './diff/eventDiff';
import type { Subject } from './diff/draft';
import { Journal } from './journal';
import { createLogFileWriter } from './logFile';
import { JournalOutput } from './output';
import { Progress } from './progress';
import { EventTarget } from './targets/eventTarget';
import { KnowledgeBaseTarget } from './targets/knowledgeBaseTarget';
import { ObjectTarget } from './targets/objectTarget';
import { findWorkerOwner, NodeTarget, PodTarget } from './targets/podTarget';
import type { ObjectLocation, PostponingTarget } from './targets/postponed';

export interface JournalSourceOptions {
  config: JournalConfig;
  /** Undefined without a cluster. */
  api?: ApiClient;
  metrics: SelfMetrics;
  log: (line: string) => void;
  settings?: Partial<WatchSettings>;
  /** Writes to the configured file or to standard output by default. */
  write?: (bytes: Uint8Array) => number;
  /** Characters that may wait to be written. */
  maxBacklogLength?: number;
}

/** A resource whose objects the journal is about. */
interface JournalResource {
  resource: string;
  apiPath: string;
  target: WatchTarget & PostponingTarget;
}

const SOURCE = 'journal';
const CORE_API_PATH = '/api/v1';
/** Characters that wait to be written from which on the history of further objects is read later. */
const BUSY_LENGTH = 256_000;
const RETRY_MS = 2_000;
const TOUCH_MS = 30_000;
const READ_TIMEOUT_MS = 30_000;
const IDLE_MS = 500;

/** Writes what happens to the objects of Sedna, their pods, nodes, and the knowledge base to the journal. */
export class JournalSource {
  private readonly output: JournalOutput;
  private readonly progress: Progress;
  private readonly objects: ReadonlyMap<KindName, ObjectTarget>;
  private readonly pods: PodTarget;
  private readonly nodes: NodeTarget;
  private readonly events: EventTarget;
  private readonly knowledgeBase: KnowledgeBaseTarget;
  private readonly resources: readonly JournalResource[];
  private readonly closeController = new AbortController();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running: Promise<unknown>;
  private readonly failing = new Map<string, string>();

  constructor(private readonly options: JournalSourceOptions) {
    const { config, metrics } = options;
    const write = options.write ?? (config.file === undefined ? undefined : createLogFileWriter(config.file));
    this.output = new JournalOutput({
      write,
      bytesPerSecond: config.bytesPerSecond,
      onError: (message) => this.onFailure('output', message),
    });
    metrics.initJournal(WHATS, ['output', 'progress'], () => this.getBacklog());
    metrics.initErrorCounters(SOURCE, READ_CAUSES);
    this.progress = new Progress({
      file: config.progressFile,
      onError: (message) => this.onFailure('progress', `${config.progressFile}: ${message}`),
    });
    const journal = new Journal({
      output: this.output,
      progress: this.progress,
      maxLineAgeMs: config.maxLineAgeSeconds * 1_000,
      onWritten: (what) => metrics.countJournalEntry(what),
      onPostponed: () => metrics.countJournalPostponed(),
      onLost: () => metrics.countJournalLoss(),
      maxBacklogLength: options.maxBacklogLength,
      cluster: config.cluster,
    });
    this.writeStart(journal);
    const { saved } = this.progress;
    const isBusy = () => this.output.backlogLength > BUSY_LENGTH;
    this.objects = new Map(KIND_NAMES.map((kind) => [kind, new ObjectTarget({ kind, journal, saved, isBusy })]));
    this.pods = new PodTarget('p/', journal, saved);
    this.nodes = new NodeTarget('n/', journal, saved);
    this.events = new EventTarget(journal, saved, (object) => this.findSubject(object));
    this.knowledgeBase = new KnowledgeBaseTarget(journal, saved);
    this.resources = [
      ...KIND_NAMES.map((kind) => ({
        resource: findKind(kind)!.plural,
        apiPath: SEDNA_API_PATH,
        target: this.objects.get(kind)!,
      })),
      { resource: 'pods', apiPath: CORE_API_PATH, target: this.pods },
      { resource: 'nodes', apiPath: CORE_API_PATH, target: this.nodes },
      { resource: 'events', apiPath: CORE_API_PATH, target: this.events },
    ];
    saved.clear();
    this.timers.push(
      setInterval(() => this.retry(), RETRY_MS),
      setInterval(() => this.progress.touch(), TOUCH_MS)
    );
    this.running = Promise.all([...this.createWatchers(), this.readPostponed()]);
  }

  /** Returns what receives the objects of a kind that another source watches. */
  getTarget(kind: KindName): WatchTarget {
    return this.objects.get(kind)!;
  }

  putKnowledgeBase(rows: KnowledgeBaseRows): void {
    this.knowledgeBase.put(rows);
  }

  async close(): Promise<void> {
    this.closeController.abort();
    this.timers.forEach((timer) => clearInterval(timer));
    await this.output.close();
    await this.running;
  }

  private writeStart(journal: Journal): void {
    const { savedAtMs } = this.progress;
    const now = new Date().toISOString();
    journal.write(
      [
        {
          kind: 'Exporter',
          namespace: SEDNA_NAMESPACE,
          name: 'exporter',
          what: 'journal-started',
          id: `started:${now}`,
          ...(savedAtMs !== undefined && { awaySince: new Date(savedAtMs).toISOString() }),
        },
      ],
      []
    );
  }

  private getBacklog(): number {
    return this.resources.reduce((sum, { target }) => sum + target.postponed.size, this.output.backlog);
  }

  private retry(): void {
    this.resources.forEach(({ target }) => target.retry());
  }

  private createWatchers(): Array<Promise<void>> {
    const { api, settings } = this.options;
    if (!api) {
      return [];
    }
    // Another source watches these.
    const others = WATCHED_KINDS.map((kind) => findKind(kind)!.plural);
    const own = this.resources.filter(({ resource }) => !others.includes(resource));
    const { signal } = this.closeController;
    // Most events of a large cluster are about foreign pods. Without the pods, too many would wait for theirs.
    const podsTried = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => podsTried.resolve());
    return own.map(async ({ resource, apiPath, target }) => {
      if (target === this.events) {
        await podsTried.promise;
      }
      const watcher = new Watcher({
        api,
        resource,
        apiPath,
        target,
        settings: { ...DEFAULT_WATCH_SETTINGS, ...settings },
        onState: (state) => {
          if (target === this.pods) {
            podsTried.resolve();
          }
          if (state === 'watching') {
            this.onReadable(resource);
          }
        },
        onError: (cause, message) => this.onReadError(resource, cause, message),
      });
      await watcher.run(signal);
    });
  }

  /** Reads objects again that had to wait, one by one, while little waits to be written. */
  private async readPostponed(): Promise<void> {
    const { signal } = this.closeController;
    const { maxBacklogLength = BUSY_LENGTH } = this.options;
    // A resource that can't be read lets the others go first.
    let order = this.resources;
    while (!signal.aborted) {
      await this.output.waitBelow(Math.min(BUSY_LENGTH, maxBacklogLength));
      const next = order.find(({ target }) => target.postponed.size > 0);
      const location = next?.target.postponed.first();
      if (!next || !location) {
        await sleep(IDLE_MS, undefined, { signal }).catch(() => undefined);
        continue;
      }
      try {
        next.target.putPostponed(location.uid, await this.fetchObject(next, location));
      } catch (error) {
        this.onReadError(next.resource, 'other', (error as Error).message);
        next.target.postponed.moveToEnd(location.uid);
        order = [...order.filter((each) => each !== next), next];
        await sleep(IDLE_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Lists one object by its name, because the exporter has no permission to get objects. */
  private async fetchObject(
    { resource, apiPath }: JournalResource,
    { namespace, name }: ObjectLocation
  ): Promise<unknown> {
    const query = new URLSearchParams({ fieldSelector: `metadata.name=${name}` });
    const folder = namespace === undefined ? apiPath : `${apiPath}/namespaces/${namespace}`;
    // Not AbortSignal.timeout, which keeps a timer for each of thousands of objects.
    const controller = new AbortController();
    const abort = () => controller.abort();
    const timer = setTimeout(abort, READ_TIMEOUT_MS);
    this.closeController.signal.addEventListener('abort', abort);
    try {
      const response = await this.options.api!.get(`${folder}/${resource}?${query}`, controller.signal);
      const text = await readBody(response);
      if (response.statusCode !== 200) {
        throw new Error(`HTTP ${response.statusCode}`);
      }
      const items = getPath(JSON.parse(text), 'items');
      return Array.isArray(items) ? (items[0] as unknown) : undefined;
    } finally {
      clearTimeout(timer);
      this.closeController.signal.removeEventListener('abort', abort);
    }
  }

  private findSubject(object: InvolvedObject): Subject | undefined {
    const { kind, name, namespace, uid } = object;
    if (kind === 'Node') {
      return this.nodes.findSubject(name);
    }
    const known = kind === 'Pod' && uid ? this.pods.findSubject(uid) : undefined;
    if (known) {
      return known;
    }
    // A pod that is gone, or was never made: only its name tells whose it is.
    const candidates = kind === 'Pod' && namespace ? findWorkerOwner(namespace, name) : [findDeploymentOwner(object)];
    const owners = candidates.flatMap((candidate): Subject[] => {
      const ownerUid =
        candidate && this.objects.get(candidate.kind as KindName)?.find(candidate.namespace, candidate.name);
      return ownerUid === undefined ? [] : [{ ...candidate!, uid: ownerUid }];
    });
    // Jobs of two kinds may have the same name.
    return owners.length === 1 ? owners[0] : undefined;
  }

  private onReadable(resource: string): void {
    if (this.failing.delete(resource)) {
      this.options.log(`${SOURCE}: ${resource}: readable again`);
    }
  }

  private onReadError(resource: string, cause: ReadCause, message: string): void {
    this.options.metrics.countError(SOURCE, cause);
    this.logOnce(resource, `${cause}: ${message}`, cause);
  }

  private onFailure(part: 'output' | 'progress', message: string): void {
    this.options.metrics.countJournalFailure(part);
    this.logOnce(part, message, message);
  }

  /** Logs a failure unless it is the same as the last one. */
  private logOnce(what: string, message: string, key: string): void {
    if (this.failing.get(what) !== key) {
      this.options.log(`${SOURCE}: ${what}: ${message}`);
    }
    this.failing.set(what, key);
  }
}
