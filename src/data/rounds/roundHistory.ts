import type { PanelData } from '@grafana/data';
import { toSeries } from '../series';
import { toHistoryFromSamples } from '../../sedna/conditions';
import { computeRoundStats, type RoundStats, type Series } from '../../sedna/learning/roundStats';

/** Time in ms added around a stage: clocks of edge nodes drift, and a pod logs before Prometheus scrapes its stage. */
export const LOG_PADDING_MS = 5 * 60_000;

/** Returns a sample for each time that a series of the current condition is 1. */
export const toConditionSamples = (series: readonly Series[]) =>
  series.flatMap(({ labels: { stage = '', condition = '' }, points }) =>
    points.filter(([, value]) => value === 1).map(([time]) => ({ time, stage, condition }))
  );

/** Computes the statistics of the rounds in the time range, oldest first. */
export function toRoundStats(data: PanelData | undefined): RoundStats[] {
  const step = (data?.request?.intervalMs ?? 15_000) / 1000;
  const rangeStart = (data?.timeRange?.from.valueOf() ?? 0) / 1000;
  const history = toHistoryFromSamples(toConditionSamples(toSeries(data, 'condition')));
  return computeRoundStats(history, toSeries(data, 'rounds'), rangeStart, step);
}
