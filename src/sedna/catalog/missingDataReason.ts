/** Reasons why a metric of the catalog has no data. */
import { KIND_NAMES, type KindName } from '../kinds/kindNames';
import { METRICS } from '.';
import type { Metric, MetricSource } from './types';

export type MissingDataReason =
  /** Sedna doesn't record it. */
  | { why: 'not-recorded'; reason: string }
  /** No metric of the source has data. */
  | { why: 'not-installed'; source: MetricSource }
  /** No object of the kind exists. */
  | { why: 'no-object'; kind: KindName }
  /** Other metrics of the source have data. */
  | { why: 'no-samples' };

const getKind = (name: string): KindName | undefined =>
  KIND_NAMES.find((kind) => name.startsWith(`sedna_${kind.toLowerCase()}_`));

/**
 * Returns the reason why a metric has no data.
 * @param found - names of all metrics with data, of any resource
 */
export function getMissingDataReason(metric: Metric, found: ReadonlySet<string>): MissingDataReason {
  const { name, source, notRecorded, isPartRecorded } = metric;
  const isThere = METRICS.some((each) => each.source === source && found.has(each.name));
  if (!isThere) {
    return { why: 'not-installed', source };
  }
  if (notRecorded !== undefined && !isPartRecorded) {
    return { why: 'not-recorded', reason: notRecorded };
  }
  const kind = getKind(name);
  return kind !== undefined && !found.has(`sedna_${kind.toLowerCase()}_info`)
    ? { why: 'no-object', kind }
    : { why: 'no-samples' };
}
