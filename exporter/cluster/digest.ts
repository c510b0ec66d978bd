import type { WatchedKind } from '../../src/sedna/kinds';
import type { Problem } from './causes';
import { labelValue, numbersByKey } from './conditionData';
import { digestJob, listAt, type ObjectSeries } from './jobDigest';
import { asObject, at } from './values';

/** All that is kept of an object. */
export interface Digest {
  namespace: string;
  name: string;
  /** Tells an object from one of the same name that was deleted. */
  uid: string;
  /** All series but the counters of a job. */
  series: ObjectSeries[];
  /** Of jobs only: how often each condition was written. */
  transitions?: number[];
  /** What is odd about it: each once, at most {@link MAX_PROBLEMS}, of a history the newest. */
  problems: Problem[];
}

/** Most problems of one object that are told apart. */
export const MAX_PROBLEMS = 100;

/**
 * Reduces an object to its series. Takes anything and does not throw; annotations are never looked at, one of them
 * holds secrets.
 * @returns undefined for what has no namespace, name or uid
 */
export function digest(kind: WatchedKind, object: unknown): Digest | undefined {
  const identity = identify(object);
  if (!identity) {
    return undefined;
  }
  const problems: Problem[] = [];
  if (at(object, 'status') !== undefined && !asObject(at(object, 'status'))) {
    problems.push({ cause: 'invalid_object', where: 'status' });
  }
  if (kind === 'LifelongLearningJob' || kind === 'IncrementalLearningJob') {
    const { series, transitions } = digestJob(object, problems);
    return { ...identity, series, transitions, problems: newestOf(problems) };
  }
  const metric = `sedna_${kind.toLowerCase()}_metric`;
  const entries = listAt(object, problems, 'status', 'metrics').map(
    (entry) => [at(entry, 'key'), at(entry, 'value')] as const
  );
  const numbers = numbersByKey(entries, 'status.metrics', problems);
  const series = [...numbers].map(([key, value]) => ({ metric, labels: { key }, value }));
  return { ...identity, series, problems: newestOf(problems) };
}

/** Namespace and name of an object; undefined where it has none. */
export function identify(object: unknown): Pick<Digest, 'namespace' | 'name' | 'uid'> | undefined {
  const ignored: Problem[] = [];
  const read = (field: string) => labelValue(at(object, 'metadata', field), field, ignored);
  const [namespace, name, uid] = [read('namespace'), read('name'), read('uid')];
  return namespace && name && uid ? { namespace, name, uid } : undefined;
}

function newestOf(problems: readonly Problem[]): Problem[] {
  const byPlace = new Map(problems.map((problem) => [`${problem.cause} ${problem.where}`, problem]));
  return [...byPlace.values()].slice(-MAX_PROBLEMS);
}
