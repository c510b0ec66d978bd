import type { KindName } from '../../src/sedna/kinds';
import { formatLabels } from '../http/exposition';
import type { ObjectCause } from './errors';
import { addLosses, NO_LOSSES, toLossSeries, type ConditionTrace, type Losses } from './extract/conditionLosses';
import { extractObjectMetrics, parseIdentity, type ObjectMetrics } from './extract/objectMetrics';
import { toTransitionSeries } from './extract/jobMetrics';
import { toStoredSeries, type StoredSeries } from './objectSeries';

/** Called once for each new issue of an object. */
export type OnIssue = (cause: ObjectCause, where: string) => void;

/** An object reduced to its series and to what the next version is compared with. */
interface StoredObject {
  uid: string;
  /** Counters and conditions of a job with stages. */
  counters?: JobCounters;
  /** Keys of issues that have been reported. */
  issues: ReadonlySet<string>;
  series: StoredSeries;
  /** The last list that contained the object. */
  generation: number;
}

interface JobCounters {
  /** Number of conditions by stage and type. */
  transitions: readonly number[];
  losses: Losses;
  /** Conditions of the newest version. */
  trace: ConditionTrace;
}

/** Maximum number of deleted objects that are remembered to detect recreated ones. */
const MAX_DELETED_KEYS = 1_000;
const NO_ISSUES: ReadonlySet<string> = new Set();

/** Objects of one kind, reduced to their series. */
export class ObjectStore {
  private readonly storedObjects = new Map<string, StoredObject>();
  private readonly deleted = new Set<string>();
  private generation = 0;

  constructor(
    private readonly kind: KindName,
    private readonly onIssue: OnIssue
  ) {}

  get size(): number {
    return this.storedObjects.size;
  }

  /** Adds or updates an object. Returns false if it can't be identified. */
  put(object: unknown): boolean {
    const next = extractObjectMetrics(this.kind, object);
    if (!next) {
      this.onIssue('invalid_object', `a ${this.kind} without a namespace, name, or uid`);
      return false;
    }
    const key = `${next.namespace}/${next.name}`;
    const before = this.storedObjects.get(key);
    const previous = before?.uid === next.uid ? before : undefined;
    if (!previous && (before || this.deleted.has(key))) {
      this.onIssue('recreated', key);
    }
    this.deleted.delete(key);
    const counters = updateCounters(next, previous?.counters);
    if (previous && counters?.losses !== previous.counters?.losses) {
      this.onIssue('conditions_lost', key);
    }
    this.storedObjects.set(key, {
      uid: next.uid,
      counters,
      issues: this.reportNewIssues(key, next, previous),
      series: this.toSeries(next, counters),
      generation: this.generation,
    });
    return true;
  }

  remove(object: unknown): void {
    const identity = parseIdentity(object);
    this.forget(`${identity?.namespace}/${identity?.name}`);
  }

  /** Starts a list: {@link endList} removes the objects that weren't put since. */
  beginList(): void {
    this.generation++;
  }

  endList(): void {
    for (const [key, { generation }] of this.storedObjects) {
      if (generation !== this.generation) {
        this.forget(key);
      }
    }
  }

  clear(): void {
    this.storedObjects.clear();
  }

  /** Returns the series of each object. Later changes don't affect them. */
  snapshot(): StoredSeries[] {
    return [...this.storedObjects.values()].map(({ series }) => series);
  }

  private toSeries({ namespace, name, series }: ObjectMetrics, counters?: JobCounters): StoredSeries {
    const { kind } = this;
    return toStoredSeries(
      formatLabels(['namespace', 'name', 'kind'], [namespace, name, kind]),
      counters
        ? [...series, ...toTransitionSeries(kind, counters.transitions), ...toLossSeries(counters.losses)]
        : series
    );
  }

  private forget(key: string): void {
    if (this.storedObjects.delete(key)) {
      this.deleted.add(key);
      if (this.deleted.size > MAX_DELETED_KEYS) {
        this.deleted.delete(this.deleted.values().next().value!);
      }
    }
  }

  private reportNewIssues(key: string, { issues }: ObjectMetrics, previous?: StoredObject): ReadonlySet<string> {
    for (const { cause, where } of issues) {
      if (!previous?.issues.has(`${cause} ${where}`)) {
        this.onIssue(cause, `${key} ${where}`);
      }
    }
    return issues.length > 0 ? new Set(issues.map(({ cause, where }) => `${cause} ${where}`)) : NO_ISSUES;
  }
}

/**
 * Returns counters that never decrease for an object. The global manager may overwrite conditions, and Prometheus would
 * treat a lower counter as a reset.
 */
function updateCounters({ transitions, trace }: ObjectMetrics, before?: JobCounters): JobCounters | undefined {
  if (!transitions || !trace) {
    return undefined;
  }
  return before
    ? {
        transitions: transitions.map((count, index) => Math.max(count, before.transitions[index])),
        losses: addLosses(before.losses, before.trace, trace),
        trace,
      }
    : { transitions, losses: NO_LOSSES, trace };
}
