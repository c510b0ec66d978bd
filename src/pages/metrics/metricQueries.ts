/** Queries and panel of one metric as it is looked at. */
import type { Labels } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { SceneQueryRunner, VizPanel } from '@grafana/scenes';
import type { Panel } from '@grafana/schema';
import {
  MAX_DRAWN_SERIES,
  getVisualization,
  isSparse,
  buildMetricExpression,
  roundNumbers,
  sampleCounts,
  stateNumbers,
  type MetricQueryOptions,
  buildAlertExpression,
} from '../../query/metrics';
import { buildDashboardPanel } from '../../panels/dashboard/buildDashboardPanel';
import { buildMetricPanel, getMetricTitle, getMetricUnit } from '../../panels/metricPanel';
import { buildRoundsPanel, buildStateNumbersPanel } from '../../panels/panels';
import { buildInstantQueries, buildRangeQueries, createQueryRunner } from '../../data/requests/queryRunners';
import { buildLegendFormat, getObjectLabels } from '../../panels/seriesNames';
import { findMetric } from '../../sedna/catalog';
import { secondsBefore, type Earlier, type MetricLook } from './look';
import { roundFrames } from './rounds';

/** @param lines absent where they could not be counted */
export const isLimited = (lines: number | undefined): boolean => lines !== undefined && lines > MAX_DRAWN_SERIES;

/** Points of a sparse series at most: a month of one every 20 minutes has 2,160. */
const SPARSE_POINTS = 4000;

export const earlierText = (earlier: Earlier): string =>
  ({
    range: t('metrics.earlier.range', 'the time range before'),
    '1h': t('metrics.earlier.hour', 'an hour before'),
    '1d': t('metrics.earlier.day', 'a day before'),
    '7d': t('metrics.earlier.week', 'a week before'),
  })[earlier];

const lookOf = ({ target, by, aggregation, byRound }: MetricLook, lines: number | undefined): MetricQueryOptions => ({
  target,
  by: by === '' ? undefined : by,
  aggregation,
  byRound,
  top: isLimited(lines) ? MAX_DRAWN_SERIES : undefined,
});

/** What is drawn, as PromQL. */
export const mainQuery = (look: MetricLook, lines?: number): string =>
  buildMetricExpression(look.metric, lookOf(look, lines));

/** What an alert rule over it is to watch. */
export const watchedQuery = (look: MetricLook, lines?: number): string =>
  buildAlertExpression(look.metric, lookOf(look, lines));

/**
 * The panel of the page as dashboards store it, with names and states of their own; of infos a table of what is current.
 * @param drawn labels of the series that are drawn
 */
export function storedPanel(look: MetricLook, lines: number | undefined, drawn: readonly Labels[]): Panel {
  const { metric } = look;
  const entry = findMetric(metric);
  const range = (expr: string, all: readonly Labels[]) =>
    buildRangeQueries({ A: expr }).map((query) => ({ ...query, legendFormat: buildLegendFormat(all) }));
  if (entry?.states) {
    const { label, values } = entry.states;
    const objects = drawn.map((labels) => getObjectLabels(labels, label));
    return buildDashboardPanel(
      buildStateNumbersPanel({ title: getMetricTitle(metric), states: values }),
      'prometheus',
      range(stateNumbers(entry, lookOf(look, lines)), objects)
    );
  }
  const expression = mainQuery(look, lines);
  return buildDashboardPanel(
    buildMetricPanel(metric),
    'prometheus',
    getVisualization(entry) === 'table' ? buildInstantQueries({ A: expression }) : range(expression, drawn)
  );
}

/**
 * @param lines how many there are without a limit
 * @param range length of the time range, s
 */
export function buildQueries(look: MetricLook, { lines, range }: { lines?: number; range: number }): SceneQueryRunner {
  const { metric, earlier, byRound, target } = look;
  const entry = findMetric(metric);
  const isSeldom = getVisualization(entry) === 'series' && isSparse(entry);
  const queries = buildRangeQueries({
    metric: mainQuery(look, lines),
    ...(earlier && {
      before: buildMetricExpression(metric, { ...lookOf(look, lines), before: secondsBefore(earlier, range) }),
    }),
    ...(byRound && { rounds: roundNumbers(target) }),
  });
  const counts =
    isSeldom && look.by === '' ? buildInstantQueries({ samples: sampleCounts(metric, lookOf(look, lines)) }) : [];
  return createQueryRunner([...queries, ...counts], isSeldom ? SPARSE_POINTS : undefined);
}

/** None for infos, which are a table. */
export function buildPanel({ metric, earlier, byRound }: MetricLook): VizPanel | undefined {
  const entry = findMetric(metric);
  if (getVisualization(entry) === 'table') {
    return undefined;
  }
  return byRound
    ? buildRoundsPanel({
        title: t('metrics.by-round', '{{metric}}, at the end of each round', { metric: getMetricTitle(metric) }),
        unit: getMetricUnit(entry),
        toRounds: roundFrames,
      })
    : buildMetricPanel(metric, {
        refId: 'metric',
        before: earlier && { refId: 'before', suffix: earlierText(earlier) },
      });
}
