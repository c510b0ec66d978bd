import { findKind, WATCHED_KINDS } from '../../src/sedna/kinds';
import type { SelfMetrics } from '../selfMetrics';
import type { Api } from './api';
import { OBJECT_CAUSES, READ_CAUSES, type ObjectCause, type ReadCause } from './causes';
import { objectFamilies, Objects } from './objects';
import { WATCH_TIMES, Watcher, type WatchState, type WatchTimes } from './watcher';

export interface ClusterSourceOptions {
  api: Api;
  metrics: SelfMetrics;
  log: (line: string) => void;
  times?: Partial<WatchTimes>;
}

const SOURCE = 'cluster';
/** At most this many oddities of objects are logged in a minute; all are counted. */
const LOGGED_PROBLEMS = 20;
const MINUTE_MS = 60_000;

interface Watched {
  resource: string;
  objects: Objects;
  watcher: Watcher;
  /** Why it was not read when it was last looked at. */
  cause?: ReadCause;
}

/** The custom resources of a cluster as a source of series: follows them from its making on until it is closed. */
export class ClusterSource {
  private readonly watched: readonly Watched[];
  private readonly closing = new AbortController();
  private readonly running: Promise<unknown>;
  private logged = { minute: 0, lines: 0 };

  constructor(private readonly options: ClusterSourceOptions) {
    options.metrics.declareErrors(SOURCE, [...READ_CAUSES, ...OBJECT_CAUSES]);
    this.watched = WATCHED_KINDS.map((kind) => this.watch(findKind(kind)!.plural, new Objects(kind, this.onProblem)));
    this.running = Promise.all(this.watched.map(({ watcher }) => watcher.run(this.closing.signal)));
  }

  /** Whether the cluster has answered for each kind, and let this read at least one or has none of them. */
  get hasData(): boolean {
    const watchers = this.watched.map(({ watcher }) => watcher);
    return (
      watchers.some(({ hasAnswered }) => hasAnswered) &&
      watchers.every(({ hasAnswered, state }) => hasAnswered || state === 'forbidden')
    );
  }

  /**
   * Series in Prometheus' text format: what is known now, also when the cluster does not answer. In parts that are made
   * when they are asked for; objects that change meanwhile do not change them.
   */
  collect(): Iterable<string> {
    const { metrics } = this.options;
    for (const { resource, objects, watcher } of this.watched) {
      const isThere = watcher.state !== 'not-installed';
      metrics.resourceUp(resource, isThere ? watcher.state === 'watching' : undefined);
      metrics.objects(resource, watcher.hasListed ? objects.size : undefined);
    }
    const listed = this.watched.filter(({ watcher }) => watcher.hasListed);
    if (listed.length > 0) {
      metrics.readDuration(
        SOURCE,
        listed.reduce((sum, { watcher }) => sum + (watcher.listSeconds ?? 0), 0)
      );
    }
    const heardAt = this.heardAt();
    if (heardAt !== undefined) {
      metrics.succeeded(SOURCE, heardAt);
    }
    return objectFamilies(listed.map(({ objects }) => objects));
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.running;
  }

  /**
   * When the kind that was heard of least lately was heard of; those that the cluster does not have count alone only.
   */
  private heardAt(): number | undefined {
    const heard = this.watched.map(({ watcher }) => watcher).filter(({ heardAt }) => heardAt !== undefined);
    const there = heard.filter(({ state }) => state !== 'not-installed');
    const times = (there.length > 0 ? there : heard).map(({ heardAt }) => heardAt!);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  private watch(resource: string, objects: Objects): Watched {
    const { api, times } = this.options;
    const watched: Watched = {
      resource,
      objects,
      watcher: new Watcher({
        api,
        resource,
        target: objects,
        times: { ...WATCH_TIMES, ...times },
        onState: (state) => this.onState(watched, state),
        onError: (cause, message) => this.onError(watched, cause, message),
      }),
    };
    return watched;
  }

  private onState(watched: Watched, state: WatchState): void {
    if (state === 'not-installed') {
      this.options.log(`cluster: there is no ${watched.resource}; it is looked for again from time to time`);
      watched.cause = undefined;
    } else if (state === 'watching' && watched.cause !== undefined) {
      this.options.log(`cluster: ${watched.resource}: readable again`);
      watched.cause = undefined;
    }
  }

  private onError(watched: Watched, cause: ReadCause, message: string): void {
    this.options.metrics.error(SOURCE, cause);
    if (watched.cause !== cause) {
      this.options.log(`cluster: ${watched.resource}: ${cause}: ${message}`);
    }
    watched.cause = cause;
  }

  private readonly onProblem = (cause: ObjectCause, where: string) => {
    this.options.metrics.error(SOURCE, cause);
    const minute = Math.floor(Date.now() / MINUTE_MS);
    this.logged = { minute, lines: minute === this.logged.minute ? this.logged.lines + 1 : 1 };
    if (this.logged.lines <= LOGGED_PROBLEMS) {
      this.options.log(`cluster: ${where}: ${cause}`);
    } else if (this.logged.lines === LOGGED_PROBLEMS + 1) {
      this.options.log('cluster: more oddities in this minute are counted, and not logged');
    }
  };
}
