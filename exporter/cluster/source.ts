import { findKind, WATCHED_KINDS, type KindName } from '../../src/sedna/kinds';
import type { SelfMetrics } from '../http/selfMetrics';
import type { ApiClient } from './apiClient';
import { OBJECT_CAUSES, READ_CAUSES, type ObjectCause, type ReadCause } from './errors';
import { renderFamilies } from './objectSeries';
import { ObjectStore } from './objectStore';
import {
  combineTargets,
  DEFAULT_WATCH_SETTINGS,
  Watcher,
  type WatchSettings,
  type WatchState,
  type WatchTarget,
} from './watcher';

export interface ClusterSourceOptions {
  api: ApiClient;
  metrics: SelfMetrics;
  log: (line: string) => void;
  settings?: Partial<WatchSettings>;
  /** Receives the same objects, so that the API server is read once. */
  getJournalTarget?: (kind: KindName) => WatchTarget;
}

const SOURCE = 'cluster';
/** Maximum number of issues logged per minute. All are counted. */
const MAX_LOGGED_ISSUES_PER_MINUTE = 20;
const MINUTE_MS = 60_000;

interface WatchedResource {
  resource: string;
  objects: ObjectStore;
  watcher: Watcher;
  /** Cause of the current failure, or undefined if the resource is readable. */
  cause?: ReadCause;
}

/** Exports metrics of Sedna's custom resources. Starts to watch them on construction and stops on {@link close}. */
export class ClusterSource {
  private readonly watched: readonly WatchedResource[];
  private readonly closeController = new AbortController();
  private readonly running: Promise<unknown>;
  private logged = { minute: 0, lines: 0 };

  constructor(private readonly options: ClusterSourceOptions) {
    options.metrics.initErrorCounters(SOURCE, [...READ_CAUSES, ...OBJECT_CAUSES]);
    this.watched = WATCHED_KINDS.map((kind) => this.createWatchedResource(kind, new ObjectStore(kind, this.onIssue)));
    this.running = Promise.all(this.watched.map(({ watcher }) => watcher.run(this.closeController.signal)));
  }

  /** Whether the API server has responded for every kind and allowed or doesn't have at least one. */
  get hasData(): boolean {
    const watchers = this.watched.map(({ watcher }) => watcher);
    return (
      watchers.some(({ hasResponded }) => hasResponded) &&
      watchers.every(({ hasResponded, state }) => hasResponded || state === 'forbidden')
    );
  }

  /**
   * Returns the current series in the Prometheus text format, also while the cluster is unreachable. Rendered lazily in
   * chunks from a snapshot of the objects.
   */
  collect(): Iterable<string> {
    const { metrics } = this.options;
    for (const { resource, objects, watcher } of this.watched) {
      const isInstalled = watcher.state !== 'not-installed';
      metrics.setResourceUp(resource, isInstalled ? watcher.state === 'watching' : undefined);
      metrics.setObjectCount(resource, watcher.hasListed ? objects.size : undefined);
    }
    const listed = this.watched.filter(({ watcher }) => watcher.hasListed);
    if (listed.length > 0) {
      metrics.setReadDuration(
        SOURCE,
        listed.reduce((sum, { watcher }) => sum + (watcher.listSeconds ?? 0), 0)
      );
    }
    const lastResponseMs = this.lastResponseMs();
    if (lastResponseMs !== undefined) {
      metrics.setLastSuccess(SOURCE, lastResponseMs);
    }
    return renderFamilies(listed.flatMap(({ objects }) => objects.snapshot()));
  }

  async close(): Promise<void> {
    this.closeController.abort();
    await this.running;
  }

  /**
   * Returns when the kind that has been silent the longest last got a response, in milliseconds since 1970. Kinds that
   * aren't installed count only if none is.
   */
  private lastResponseMs(): number | undefined {
    const responded = this.watched
      .map(({ watcher }) => watcher)
      .filter(({ lastResponseMs }) => lastResponseMs !== undefined);
    const installed = responded.filter(({ state }) => state !== 'not-installed');
    const settings = (installed.length > 0 ? installed : responded).map(({ lastResponseMs }) => lastResponseMs!);
    return settings.length > 0 ? Math.min(...settings) : undefined;
  }

  private createWatchedResource(kind: KindName, objects: ObjectStore): WatchedResource {
    const { api, settings, getJournalTarget } = this.options;
    const resource = findKind(kind)!.plural;
    const watched: WatchedResource = {
      resource,
      objects,
      watcher: new Watcher({
        api,
        resource,
        target: getJournalTarget ? combineTargets([objects, getJournalTarget(kind)]) : objects,
        settings: { ...DEFAULT_WATCH_SETTINGS, ...settings },
        onState: (state) => this.onState(watched, state),
        onError: (cause, message) => this.onError(watched, cause, message),
      }),
    };
    return watched;
  }

  private onState(watched: WatchedResource, state: WatchState): void {
    if (state === 'not-installed') {
      this.options.log(`cluster: ${watched.resource} isn't installed; checking again periodically`);
      watched.cause = undefined;
    } else if (state === 'watching' && watched.cause !== undefined) {
      this.options.log(`cluster: ${watched.resource}: readable again`);
      watched.cause = undefined;
    }
  }

  private onError(watched: WatchedResource, cause: ReadCause, message: string): void {
    this.options.metrics.countError(SOURCE, cause);
    if (watched.cause !== cause) {
      this.options.log(`cluster: ${watched.resource}: ${cause}: ${message}`);
    }
    watched.cause = cause;
  }

  private readonly onIssue = (cause: ObjectCause, where: string) => {
    this.options.metrics.countError(SOURCE, cause);
    const minute = Math.floor(Date.now() / MINUTE_MS);
    this.logged = { minute, lines: minute === this.logged.minute ? this.logged.lines + 1 : 1 };
    if (this.logged.lines <= MAX_LOGGED_ISSUES_PER_MINUTE) {
      this.options.log(`cluster: ${where}: ${cause}`);
    } else if (this.logged.lines === MAX_LOGGED_ISSUES_PER_MINUTE + 1) {
      this.options.log('cluster: too many issues to log; further ones in this minute are only counted');
    }
  };
}
