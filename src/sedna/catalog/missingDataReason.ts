/** Why a metric of the catalogue has no data. */
import { KIND_NAMES, type KindName } from '../kinds/kindNames';
import { METRICS } from '.';
import type { Metric, MetricSource } from './types';

export type MissingDataReason =
  /** Sedna itself does not record it. */
  | { why: 'not-recorded'; reason: string }
  /** Nothing of the source is there at all. */
  | { why: 'not-installed'; source: MetricSource }
  /** There is no object of the kind. */
  | { why: 'no-object'; kind: KindName }
  /** The source is there and gives other metrics. */
  | { why: 'no-samples' };

const getKind = (name: string): KindName | undefined =>
  KIND_NAMES.find((kind) => name.startsWith(`sedna_${kind.toLowerCase()}_`));

/**
 * @param metric has no data
 * @param found names of all metrics of ours that have any, whatever they are about
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
