import { METRICS } from '../../src/sedna/catalog';
import type { KindName } from '../../src/sedna/kinds';
import { formatFamilyHeader, formatLabels, formatSamples, type Sample } from '../http/exposition';
import type { ObjectCause } from './errors';
import { addLosses, NO_LOSSES, toLossSeries, type ConditionTrace, type Losses } from './extract/conditionLosses';
import { extractObjectMetrics, parseIdentity, type ObjectMetrics } from './extract/objectMetrics';
import { toTransitionSeries, type ObjectSeries } from './extract/jobMetrics';

/** Metrics extracted from objects, in the order of the catalog. */
export const CLUSTER_METRICS = METRICS.filter(
  ({ source, component }) => source === 'exporter-cluster' && component !== 'exporter'
);

/** Called once for each new issue of an object. */
export type OnIssue = (cause: ObjectCause, where: string) => void;

/** An object reduced to its exposition lines and to what the next version is compared with. */
interface StoredObject {
  uid: string;
  /** Counters and conditions of a job with stages. */
  counters?: JobCounters;
  /** Keys of issues that have been reported. */
  issues: ReadonlySet<string>;
  /** Exposition lines for each of {@link CLUSTER_METRICS}, empty without samples. */
  lines: readonly string[];
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

/** Objects of one kind, reduced to their exposition lines. */
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
      lines: renderObject(this.kind, next, counters),
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

  /** Returns the lines of each object, indexed like {@link CLUSTER_METRICS}. Later changes don't affect it. */
  snapshot(): ReadonlyArray<readonly string[]> {
    return [...this.storedObjects.values()].map(({ lines }) => lines);
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

function renderObject(kind: KindName, { namespace, name, series }: ObjectMetrics, counters?: JobCounters) {
  const identity = formatLabels(['namespace', 'name', 'kind'], [namespace, name, kind]);
  const samples = new Map<string, Sample[]>();
  const all: readonly ObjectSeries[] = counters
    ? [...series, ...toTransitionSeries(kind, counters.transitions), ...toLossSeries(counters.losses)]
    : series;
  for (const { metric, labels, value } of all) {
    const own = formatLabels(Object.keys(labels), Object.values(labels));
    const samplesOfMetric = samples.get(metric) ?? [];
    samplesOfMetric.push({ labels: own ? `${identity},${own}` : identity, value });
    samples.set(metric, samplesOfMetric);
  }
  return CLUSTER_METRICS.map((metric) => formatSamples(metric.name, samples.get(metric.name) ?? []));
}

/** Objects per chunk, about 100 kB, so that other requests are handled between two chunks. */
const OBJECTS_PER_CHUNK = 250;

/** Renders the metrics of all stores in the Prometheus text format, chunk by chunk, from a snapshot taken now. */
export function renderFamilies(stores: readonly ObjectStore[]): Iterable<string> {
  return renderFamiliesOf(stores.flatMap((objects) => objects.snapshot()));
}

function* renderFamiliesOf(objects: ReadonlyArray<readonly string[]>): Generator<string> {
  for (const [index, { name, help, type }] of CLUSTER_METRICS.entries()) {
    let header = formatFamilyHeader({ name, help, type: type === 'counter' ? 'counter' : 'gauge' });
    for (let from = 0; from < objects.length; from += OBJECTS_PER_CHUNK) {
      const chunk = objects.slice(from, from + OBJECTS_PER_CHUNK).map((lines) => lines[index]);
      const text = chunk.join('');
      if (text !== '') {
        yield header + text;
        header = '';
      }
    }
  }
}
