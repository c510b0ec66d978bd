/** What is looked at on the page, as its URL has it. */
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
import { METRIC_TARGET_KINDS, type MetricTarget } from '../../sedna/catalog/metricTarget';

/** How lines are made one where a metric is broken down by a label. */
export const AGGREGATIONS = ['avg', 'sum', 'min', 'max', 'count'] as const satisfies readonly Aggregation[];

/** Earlier times to compare with; `range` is the time range before. */
export const EARLIER = ['range', '1h', '1d', '7d'] as const;
export type Earlier = (typeof EARLIER)[number];

export interface MetricLook {
  /** Name of a metric, of the catalogue or not; empty shows the catalogue. */
  metric: string;
  target: MetricTarget;
  /** Label to break down by; empty is none. */
  by: string;
  aggregation: (typeof AGGREGATIONS)[number];
  earlier?: Earlier;
  /** Whether the x axis is the round of a job. */
  byRound: boolean;
}

export const NO_LOOK: MetricLook = {
  metric: '',
  target: { kind: '', namespace: '', names: [] },
  by: '',
  aggregation: 'avg',
  byRound: false,
};

export const LOOK_KEYS = ['metric', 'kind', 'namespace', 'name', 'by', 'as', 'compare', 'x'];

export const lookToUrl = ({ metric, target, by, aggregation, earlier, byRound }: MetricLook) => ({
  metric: formatString(metric),
  kind: formatString(target.kind),
  namespace: formatString(target.namespace),
  name: formatStringList(target.names),
  by: formatString(by),
  as: aggregation === NO_LOOK.aggregation ? null : aggregation,
  compare: earlier ?? null,
  x: byRound ? 'round' : null,
});

/** Changes a look by what of it is in the URL; what is none of ours counts as not there. */
export function lookFromUrl(look: MetricLook, values: SceneObjectUrlValues): MetricLook {
  const target = {
    ...look.target,
    ...('kind' in values && { kind: parseEnumList(values.kind, METRIC_TARGET_KINDS)[0] ?? ('' as const) }),
    ...('namespace' in values && { namespace: parseString(values.namespace) }),
    ...('name' in values && { names: parseStringList(values.name) }),
  };
  const by = parseString(values.by);
  return {
    ...look,
    target,
    ...('metric' in values && { metric: parseString(values.metric) }),
    ...('by' in values && { by: isLabelName(by) ? by : '' }),
    ...('as' in values && { aggregation: parseEnumList(values.as, AGGREGATIONS)[0] ?? NO_LOOK.aggregation }),
    ...('compare' in values && { earlier: parseEnumList(values.compare, EARLIER)[0] }),
    ...('x' in values && { byRound: parseString(values.x) === 'round' }),
  };
}

/** What of a look a metric can be given; the rest is kept for another one. */
export function fittingLook(look: MetricLook): MetricLook {
  const isSeries = getVisualization(findMetric(look.metric)) === 'series';
  const byRound = look.byRound && hasRounds(look.metric, look.target);
  return {
    ...look,
    by: isSeries && !byRound ? look.by : '',
    earlier: isSeries && !byRound ? look.earlier : undefined,
    byRound,
  };
}

const SECONDS: Record<Exclude<Earlier, 'range'>, number> = { '1h': 3600, '1d': 86_400, '7d': 604_800 };

/** How many seconds earlier, given the length of the time range (s). */
export const secondsBefore = (earlier: Earlier, range: number): number =>
  earlier === 'range' ? Math.max(1, Math.round(range)) : SECONDS[earlier];
