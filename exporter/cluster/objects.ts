import { METRICS } from '../../src/sedna/catalog';
import type { WatchedKind } from '../../src/sedna/kinds';
import { familyHeader, labelText, sampleLines, type Sample } from '../exposition';
import type { ObjectCause } from './causes';
import { digest, identify, type Digest } from './digest';
import { transitionSeries, type ObjectSeries } from './jobDigest';

/** Metrics that objects give, in the order of the catalogue. */
export const OBJECT_METRICS = METRICS.filter(
  ({ source, component }) => source === 'exporter-cluster' && component !== 'exporter'
);

/** Told of each oddity of an object when it is new. */
export type OnProblem = (cause: ObjectCause, where: string) => void;

/** What is kept of an object: its lines as they are served, and what the next version is compared with. */
interface Kept {
  uid: string;
  transitions?: readonly number[];
  /** How many conditions its newest version has. */
  conditions: number;
  /** Problems that were counted, as text. */
  problems: ReadonlySet<string>;
  /** Lines of each of {@link OBJECT_METRICS}, empty where it has none. */
  lines: readonly string[];
  /** The list that has seen it last. */
  generation: number;
}

/** How many deleted objects are remembered, to tell one that was made anew. */
const REMEMBERED = 1_000;
const NO_PROBLEMS: ReadonlySet<string> = new Set();

/** The objects of one kind, reduced to their lines. */
export class Objects {
  private readonly kept = new Map<string, Kept>();
  private readonly deleted = new Set<string>();
  private generation = 0;

  constructor(
    private readonly kind: WatchedKind,
    private readonly onProblem: OnProblem
  ) {}

  get size(): number {
    return this.kept.size;
  }

  /** Takes an object in; returns whether it could be told which one it is. */
  put(object: unknown): boolean {
    const next = digest(this.kind, object);
    if (!next) {
      this.onProblem('invalid_object', `a ${this.kind} without namespace, name or uid`);
      return false;
    }
    const key = `${next.namespace}/${next.name}`;
    const before = this.kept.get(key);
    const previous = before?.uid === next.uid ? before : undefined;
    if (!previous && (before || this.deleted.has(key))) {
      this.onProblem('recreated', key);
    }
    this.deleted.delete(key);
    const conditions = (next.transitions ?? []).reduce((total, count) => total + count, 0);
    if (conditions < (previous?.conditions ?? 0)) {
      this.onProblem('conditions_lost', key);
    }
    const transitions = countUp(next, previous);
    this.kept.set(key, {
      uid: next.uid,
      transitions,
      conditions,
      problems: this.tellNew(key, next, previous),
      lines: render(this.kind, next, transitions),
      generation: this.generation,
    });
    return true;
  }

  remove(object: unknown): void {
    const identity = identify(object);
    this.drop(`${identity?.namespace}/${identity?.name}`);
  }

  /** Objects that are not put between this and {@link endList} are gone. */
  beginList(): void {
    this.generation++;
  }

  endList(): void {
    for (const [key, { generation }] of this.kept) {
      if (generation !== this.generation) {
        this.drop(key);
      }
    }
  }

  clear(): void {
    this.kept.clear();
  }

  /** Lines of each object, by the index of {@link OBJECT_METRICS}; later changes do not change it. */
  snapshot(): ReadonlyArray<readonly string[]> {
    return [...this.kept.values()].map(({ lines }) => lines);
  }

  private drop(key: string): void {
    if (this.kept.delete(key)) {
      this.deleted.add(key);
      if (this.deleted.size > REMEMBERED) {
        this.deleted.delete(this.deleted.values().next().value!);
      }
    }
  }

  private tellNew(key: string, { problems }: Digest, previous?: Kept): ReadonlySet<string> {
    for (const { cause, where } of problems) {
      if (!previous?.problems.has(`${cause} ${where}`)) {
        this.onProblem(cause, `${key} ${where}`);
      }
    }
    return problems.length > 0 ? new Set(problems.map(({ cause, where }) => `${cause} ${where}`)) : NO_PROBLEMS;
  }
}

/**
 * Counters that never go down for one object: the global manager may overwrite conditions that were there, and a
 * counter that falls by one would be read as a reset.
 */
function countUp({ transitions }: Digest, previous?: Kept): readonly number[] | undefined {
  const before = previous?.transitions;
  return before ? transitions?.map((count, index) => Math.max(count, before[index])) : transitions;
}

function render(kind: WatchedKind, { namespace, name, series }: Digest, transitions?: readonly number[]) {
  const identity = labelText(['namespace', 'name', 'kind'], [namespace, name, kind]);
  const samples = new Map<string, Sample[]>();
  const all: readonly ObjectSeries[] = transitions ? [...series, ...transitionSeries(kind, transitions)] : series;
  for (const { metric, labels, value } of all) {
    const own = labelText(Object.keys(labels), Object.values(labels));
    const ofMetric = samples.get(metric) ?? [];
    ofMetric.push({ labels: own ? `${identity},${own}` : identity, value });
    samples.set(metric, ofMetric);
  }
  return OBJECT_METRICS.map((metric) => sampleLines(metric.name, samples.get(metric.name) ?? []));
}

/** Objects of one part of a page: some 100 kB, so that other requests get their turn between two parts. */
const PART_OBJECTS = 250;

/** All families of some kinds in Prometheus' text format, of the objects as they are now, in parts. */
export function objectFamilies(kinds: readonly Objects[]): Iterable<string> {
  return families(kinds.flatMap((objects) => objects.snapshot()));
}

function* families(objects: ReadonlyArray<readonly string[]>): Generator<string> {
  for (const [index, { name, help, type }] of OBJECT_METRICS.entries()) {
    let header = familyHeader({ name, help, type: type === 'counter' ? 'counter' : 'gauge' });
    for (let from = 0; from < objects.length; from += PART_OBJECTS) {
      const part = objects.slice(from, from + PART_OBJECTS).map((lines) => lines[index]);
      const text = part.join('');
      if (text !== '') {
        yield header + text;
        header = '';
      }
    }
  }
}
