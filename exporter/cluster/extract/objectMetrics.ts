import { findKind, type KindName } from '../../../src/sedna/kinds';
import type { ObjectIssue } from '../errors';
import { toLabelValue, toNumbersByKey } from './conditionData';
import type { ConditionTrace } from './conditionLosses';
import { extractJobMetrics, getArray, type ObjectSeries } from './jobMetrics';
import { asObject, getPath } from './values';

/** Everything kept of an object. */
export interface ObjectMetrics {
  namespace: string;
  name: string;
  /** Distinguishes an object from a deleted one with the same name. */
  uid: string;
  /** All series except the counters of a job. */
  series: ObjectSeries[];
  /** Number of conditions by stage and type; only for jobs with stages. */
  transitions?: number[];
  /** Conditions to compare with those of the next version; only for jobs with stages. */
  trace?: ConditionTrace;
  /** Distinct issues, at most {@link MAX_ISSUES}; the newest if the history has more. */
  issues: ObjectIssue[];
}

/** Maximum number of distinct issues of one object. */
export const MAX_ISSUES = 100;

/**
 * Extracts the metrics of an object. Accepts any JSON and never throws. Ignores annotations: `sedna.io/credential`
 * holds secrets.
 * @returns undefined without a namespace, name, or uid
 */
export function extractObjectMetrics(kind: KindName, object: unknown): ObjectMetrics | undefined {
  const identity = parseIdentity(object);
  if (!identity) {
    return undefined;
  }
  const issues: ObjectIssue[] = [];
  if (getPath(object, 'status') !== undefined && !asObject(getPath(object, 'status'))) {
    issues.push({ cause: 'invalid_object', where: 'status' });
  }
  if (findKind(kind)?.staged) {
    return { ...identity, ...extractJobMetrics(kind, object, issues), issues: keepNewest(issues) };
  }
  const metric = `sedna_${kind.toLowerCase()}_metric`;
  const entries = getArray(object, issues, 'status', 'metrics').map(
    (entry) => [getPath(entry, 'key'), getPath(entry, 'value')] as const
  );
  const numbers = toNumbersByKey(entries, 'status.metrics', issues);
  const series = [...numbers].map(([key, value]) => ({ metric, labels: { key }, value }));
  return { ...identity, series, issues: keepNewest(issues) };
}

/** Returns what identifies an object, or undefined if any part is missing. */
export function parseIdentity(object: unknown): Pick<ObjectMetrics, 'namespace' | 'name' | 'uid'> | undefined {
  const ignored: ObjectIssue[] = [];
  const read = (field: string) => toLabelValue(getPath(object, 'metadata', field), field, ignored);
  const [namespace, name, uid] = [read('namespace'), read('name'), read('uid')];
  return namespace && name && uid ? { namespace, name, uid } : undefined;
}

function keepNewest(issues: readonly ObjectIssue[]): ObjectIssue[] {
  const byKey = new Map(issues.map((issue) => [`${issue.cause} ${issue.where}`, issue]));
  return [...byKey.values()].slice(-MAX_ISSUES);
}
