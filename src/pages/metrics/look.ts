/** What is looked at on the page, as its URL has it. */
import type { SceneObjectUrlValues } from '@grafana/scenes';
import { drawingOf, hasRounds } from '../../query/metrics';
import type { Aggregation } from '../../query/promql';
import { isLabelName } from '../../query/text';
import { manyOf, manyTexts, oneText, textsToUrl, textToUrl } from '../../scenes/urlText';
import { findMetric } from '../../sedna/catalogue';
import { TARGET_KINDS, type Target } from '../../sedna/targets';

/** How lines are made one where a metric is broken down by a label. */
export const AGGREGATIONS = ['avg', 'sum', 'min', 'max', 'count'] as const satisfies readonly Aggregation[];

/** Earlier times to compare with; `range` is the time range before. */
export const EARLIER = ['range', '1h', '1d', '7d'] as const;
export type Earlier = (typeof EARLIER)[number];

export interface MetricLook {
  /** Name of a metric, of the catalogue or not; empty shows the catalogue. */
  metric: string;
  target: Target;
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
  metric: textToUrl(metric),
  kind: textToUrl(target.kind),
  namespace: textToUrl(target.namespace),
  name: textsToUrl(target.names),
  by: textToUrl(by),
  as: aggregation === NO_LOOK.aggregation ? null : aggregation,
  compare: earlier ?? null,
  x: byRound ? 'round' : null,
});

/** Changes a look by what of it is in the URL; what is none of ours counts as not there. */
export function lookFromUrl(look: MetricLook, values: SceneObjectUrlValues): MetricLook {
  const target = {
    ...look.target,
    ...('kind' in values && { kind: manyOf(values.kind, TARGET_KINDS)[0] ?? ('' as const) }),
    ...('namespace' in values && { namespace: oneText(values.namespace) }),
    ...('name' in values && { names: manyTexts(values.name) }),
  };
  const by = oneText(values.by);
  return {
    ...look,
    target,
    ...('metric' in values && { metric: oneText(values.metric) }),
    ...('by' in values && { by: isLabelName(by) ? by : '' }),
    ...('as' in values && { aggregation: manyOf(values.as, AGGREGATIONS)[0] ?? NO_LOOK.aggregation }),
    ...('compare' in values && { earlier: manyOf(values.compare, EARLIER)[0] }),
    ...('x' in values && { byRound: oneText(values.x) === 'round' }),
  };
}

/** What of a look a metric can be given; the rest is kept for another one. */
export function fittingLook(look: MetricLook): MetricLook {
  const isSeries = drawingOf(findMetric(look.metric)) === 'series';
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
