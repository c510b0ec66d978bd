/** What the page shows of a metric, and its URL parameters. */
import type { SceneObjectUrlValues } from '@grafana/scenes';
import { getVisualization, hasRounds } from '../../query/metrics';
import type { Aggregation } from '../../query/promql';
import { isLabelName } from '../../query/escape';
import {
  parseEnumList,
  parseStringList,
  parseString,
  formatStringList,
  formatString,
} from '../../platform/links/urlParams';
import { findMetric } from '../../sedna/catalog';
import { findKindByAnyName } from '../../sedna/kinds';
import { METRIC_TARGET_KINDS, type MetricTarget } from '../../sedna/catalog/metricTarget';

/** How the series of a group become one. */
export const AGGREGATIONS = ['avg', 'sum', 'min', 'max', 'count'] as const satisfies readonly Aggregation[];

/** How much earlier the series to compare with are; `range` is the length of the time range. */
export const COMPARISON_OFFSETS = ['range', '1h', '1d', '7d'] as const;
export type ComparisonOffset = (typeof COMPARISON_OFFSETS)[number];

export interface MetricSelection {
  /** Metric name, in the catalog or not; empty: the page shows the catalog. */
  metric: string;
  target: MetricTarget;
  /** Label to group by; empty: no grouping. */
  groupBy: string;
  aggregation: (typeof AGGREGATIONS)[number];
  /** Undefined: no comparison. */
  compareWith?: ComparisonOffset;
  /** Whether the x axis is the round of a job instead of time. */
  byRound: boolean;
}

export const DEFAULT_SELECTION: MetricSelection = {
  metric: '',
  target: { kind: '', namespace: '', names: [] },
  groupBy: '',
  aggregation: 'avg',
  byRound: false,
};

export const SELECTION_KEYS = ['metric', 'kind', 'namespace', 'name', 'by', 'as', 'compare', 'x'];

export const toSelectionParams = ({ metric, target, groupBy, aggregation, compareWith, byRound }: MetricSelection) => ({
  metric: formatString(metric),
  kind: formatString(target.kind),
  namespace: formatString(target.namespace),
  name: formatStringList(target.names),
  by: formatString(groupBy),
  as: aggregation === DEFAULT_SELECTION.aggregation ? null : aggregation,
  compare: compareWith ?? null,
  x: byRound ? 'round' : null,
});

/** A kind of Sedna may have any name of kubectl. */
function parseTargetKind(name: string): MetricTarget['kind'] {
  const kind = findKindByAnyName(name)?.kind ?? name;
  return METRIC_TARGET_KINDS.find((each) => each === kind) ?? '';
}

/** Returns the selection with the fields that the URL has; an unknown value counts as the default. */
export function parseSelection(selection: MetricSelection, values: SceneObjectUrlValues): MetricSelection {
  const target = {
    ...selection.target,
    ...('kind' in values && { kind: parseTargetKind(parseString(values.kind)) }),
    ...('namespace' in values && { namespace: parseString(values.namespace) }),
    ...('name' in values && { names: parseStringList(values.name) }),
  };
  const groupBy = parseString(values.by);
  return {
    ...selection,
    target,
    ...('metric' in values && { metric: parseString(values.metric) }),
    ...('by' in values && { groupBy: isLabelName(groupBy) ? groupBy : '' }),
    ...('as' in values && { aggregation: parseEnumList(values.as, AGGREGATIONS)[0] ?? DEFAULT_SELECTION.aggregation }),
    ...('compare' in values && { compareWith: parseEnumList(values.compare, COMPARISON_OFFSETS)[0] }),
    ...('x' in values && { byRound: parseString(values.x) === 'round' }),
  };
}

/** Resets the options that the metric doesn't support. The page keeps them for the next metric. */
export function getSupportedSelection(selection: MetricSelection): MetricSelection {
  const isSeries = getVisualization(findMetric(selection.metric)) === 'series';
  const byRound = selection.byRound && hasRounds(selection.metric, selection.target);
  return {
    ...selection,
    groupBy: isSeries && !byRound ? selection.groupBy : '',
    compareWith: isSeries && !byRound ? selection.compareWith : undefined,
    byRound,
  };
}

const OFFSET_SECONDS: Record<Exclude<ComparisonOffset, 'range'>, number> = { '1h': 3600, '1d': 86_400, '7d': 604_800 };

/** Returns seconds, at least 1. */
export const getOffsetSeconds = (offset: ComparisonOffset, rangeSeconds: number): number =>
  offset === 'range' ? Math.max(1, Math.round(rangeSeconds)) : OFFSET_SECONDS[offset];
