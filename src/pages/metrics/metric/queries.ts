/** Queries of the selected metric. */
import type { SceneQueryRunner } from '@grafana/scenes';
import {
  MAX_DRAWN_SERIES,
  getVisualization,
  isSparse,
  buildMetricExpression,
  roundNumbers,
  sampleCounts,
  type MetricQueryOptions,
  buildAlertExpression,
} from '../../../query/metrics';
import { buildInstantQueries, buildRangeQueries, createQueryRunner } from '../../../data/requests/queryRunners';
import { findMetric } from '../../../sedna/catalog';
import { getOffsetSeconds, type MetricSelection } from '../selection';

/** @param seriesCount undefined: unknown */
export const hasTooManySeries = (seriesCount: number | undefined): boolean =>
  seriesCount !== undefined && seriesCount > MAX_DRAWN_SERIES;

/** Maximum points of a sparse series: a sample every 20 minutes makes 2,160 in 30 days. */
const MAX_SPARSE_POINTS = 4000;

export const toQueryOptions = (
  { target, groupBy, aggregation, byRound }: MetricSelection,
  seriesCount: number | undefined
): MetricQueryOptions => ({
  target,
  by: groupBy === '' ? undefined : groupBy,
  aggregation,
  byRound,
  top: hasTooManySeries(seriesCount) ? MAX_DRAWN_SERIES : undefined,
});

/** Builds the PromQL of the graph. */
export const buildMetricQuery = (selection: MetricSelection, seriesCount?: number): string =>
  buildMetricExpression(selection.metric, toQueryOptions(selection, seriesCount));

/** Builds the PromQL of an alert rule: a metric of states alerts on its bad ones. */
export const buildAlertQuery = (selection: MetricSelection, seriesCount?: number): string =>
  buildAlertExpression(selection.metric, toQueryOptions(selection, seriesCount));

/**
 * Creates the runner of the graph and its tables, with the refIds `metric`, `comparison`, `rounds`, and `samples`.
 * @param seriesCount number of series without a limit; undefined: unknown
 * @param rangeSeconds length of the time range
 */
export function createMetricRunner(
  selection: MetricSelection,
  { seriesCount, rangeSeconds }: { seriesCount?: number; rangeSeconds: number }
): SceneQueryRunner {
  const { metric, groupBy, compareWith, byRound, target } = selection;
  const entry = findMetric(metric);
  const isSparseSeries = getVisualization(entry) === 'series' && isSparse(entry);
  const options = toQueryOptions(selection, seriesCount);
  const queries = buildRangeQueries({
    metric: buildMetricQuery(selection, seriesCount),
    ...(compareWith && {
      comparison: buildMetricExpression(metric, { ...options, before: getOffsetSeconds(compareWith, rangeSeconds) }),
    }),
    ...(byRound && { rounds: roundNumbers(target) }),
  });
  const counts =
    isSparseSeries && groupBy === '' ? buildInstantQueries({ samples: sampleCounts(metric, options) }) : [];
  return createQueryRunner([...queries, ...counts], isSparseSeries ? MAX_SPARSE_POINTS : undefined);
}
