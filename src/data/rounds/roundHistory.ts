/** Figures of rounds, from the answers of the queries of the history. */
import type { PanelData } from '@grafana/data';
import { toSeries } from '../series';
import { toHistoryFromSamples } from '../../sedna/conditions';
import { computeRoundStats, type RoundStats, type Series } from '../../sedna/learning/roundStats';

/** Milliseconds around a stage: clocks of edge nodes drift, and lines of a pod begin before its stage is seen. */
export const LOG_PADDING_SECONDS = 5 * 60_000;

/** Conditions as samples: one each time that a series of "this is the newest" had a sample. */
export const toConditionSamples = (series: readonly Series[]) =>
  series.flatMap(({ labels: { stage = '', condition = '' }, points }) =>
    points.filter(([, value]) => value === 1).map(([time]) => ({ time, stage, condition }))
  );

/** Figures of the rounds within the range, oldest first. */
export function toRoundStats(data: PanelData | undefined): RoundStats[] {
  const step = (data?.request?.intervalMs ?? 15_000) / 1000;
  const rangeStart = (data?.timeRange?.from.valueOf() ?? 0) / 1000;
  const history = toHistoryFromSamples(toConditionSamples(toSeries(data, 'condition')));
  return computeRoundStats(history, toSeries(data, 'rounds'), rangeStart, step);
}
