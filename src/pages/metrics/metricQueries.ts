/** Queries and panel of one metric as it is looked at. */
import type { Labels } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { SceneQueryRunner, VizPanel } from '@grafana/scenes';
import type { Panel } from '@grafana/schema';
import {
  DRAWN_LINES,
  drawingOf,
  isSparse,
  metricExpression,
  roundsOf,
  sampleCounts,
  stateNumbers,
  type Look,
  watchedExpression,
} from '../../query/metrics';
import { dashboardPanel } from '../../scenes/dashboardPanel';
import { metricPanel, titleOf, unitOf } from '../../scenes/metricPanel';
import { roundsPanel, stateNumbersPanel } from '../../scenes/panels';
import { instantQueries, rangeQueries, runnerOf } from '../../scenes/queries';
import { legendFormat, objectLabels } from '../../scenes/seriesNames';
import { findMetric } from '../../sedna/catalogue';
import { secondsBefore, type Earlier, type MetricLook } from './look';
import { roundFrames } from './rounds';

/** @param lines absent where they could not be counted */
export const isLimited = (lines: number | undefined): boolean => lines !== undefined && lines > DRAWN_LINES;

/** Points of a sparse series at most: a month of one every 20 minutes has 2,160. */
const SPARSE_POINTS = 4000;

export const earlierText = (earlier: Earlier): string =>
  ({
    range: t('metrics.earlier.range', 'the time range before'),
    '1h': t('metrics.earlier.hour', 'an hour before'),
    '1d': t('metrics.earlier.day', 'a day before'),
    '7d': t('metrics.earlier.week', 'a week before'),
  })[earlier];

const lookOf = ({ target, by, aggregation, byRound }: MetricLook, lines: number | undefined): Look => ({
  target,
  by: by === '' ? undefined : by,
  aggregation,
  byRound,
  top: isLimited(lines) ? DRAWN_LINES : undefined,
});

/** What is drawn, as PromQL. */
export const mainQuery = (look: MetricLook, lines?: number): string =>
  metricExpression(look.metric, lookOf(look, lines));

/** What an alert rule over it is to watch. */
export const watchedQuery = (look: MetricLook, lines?: number): string =>
  watchedExpression(look.metric, lookOf(look, lines));

/**
 * The panel of the page as dashboards store it, with names and states of their own; of infos a table of what is current.
 * @param drawn labels of the series that are drawn
 */
export function storedPanel(look: MetricLook, lines: number | undefined, drawn: readonly Labels[]): Panel {
  const { metric } = look;
  const entry = findMetric(metric);
  const range = (expr: string, all: readonly Labels[]) =>
    rangeQueries({ A: expr }).map((query) => ({ ...query, legendFormat: legendFormat(all) }));
  if (entry?.states) {
    const { label, values } = entry.states;
    const objects = drawn.map((labels) => objectLabels(labels, label));
    return dashboardPanel(
      stateNumbersPanel({ title: titleOf(metric), states: values }),
      'prometheus',
      range(stateNumbers(entry, lookOf(look, lines)), objects)
    );
  }
  const expression = mainQuery(look, lines);
  return dashboardPanel(
    metricPanel(metric),
    'prometheus',
    drawingOf(entry) === 'table' ? instantQueries({ A: expression }) : range(expression, drawn)
  );
}

/**
 * @param lines how many there are without a limit
 * @param range length of the time range, s
 */
export function buildQueries(look: MetricLook, { lines, range }: { lines?: number; range: number }): SceneQueryRunner {
  const { metric, earlier, byRound, target } = look;
  const entry = findMetric(metric);
  const isSeldom = drawingOf(entry) === 'series' && isSparse(entry);
  const queries = rangeQueries({
    metric: mainQuery(look, lines),
    ...(earlier && {
      before: metricExpression(metric, { ...lookOf(look, lines), before: secondsBefore(earlier, range) }),
    }),
    ...(byRound && { rounds: roundsOf(target) }),
  });
  const counts =
    isSeldom && look.by === '' ? instantQueries({ samples: sampleCounts(metric, lookOf(look, lines)) }) : [];
  return runnerOf([...queries, ...counts], isSeldom ? SPARSE_POINTS : undefined);
}

/** None for infos, which are a table. */
export function buildPanel({ metric, earlier, byRound }: MetricLook): VizPanel | undefined {
  const entry = findMetric(metric);
  if (drawingOf(entry) === 'table') {
    return undefined;
  }
  return byRound
    ? roundsPanel({
        title: t('metrics.by-round', '{{metric}}, at the end of each round', { metric: titleOf(metric) }),
        unit: unitOf(entry),
        toRounds: roundFrames,
      })
    : metricPanel(metric, {
        refId: 'metric',
        before: earlier && { refId: 'before', suffix: earlierText(earlier) },
      });
}
