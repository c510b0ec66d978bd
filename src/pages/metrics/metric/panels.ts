/** Panels of the selected metric, on the page and for dashboards. */
import type { Labels } from '@grafana/data';
import type { VizPanel } from '@grafana/scenes';
import type { Panel } from '@grafana/schema';
import { getVisualization, stateNumbers } from '../../../query/metrics';
import { buildDashboardPanel } from '../../../panels/dashboard/buildDashboardPanel';
import { buildMetricPanel, getMetricTitle, getMetricUnit } from '../../../panels/builders/metricPanel';
import { buildRoundsPanel, buildStateNumbersPanel } from '../../../panels/builders';
import { buildInstantQueries, buildRangeQueries } from '../../../data/requests/queryRunners';
import { buildLegendFormat, getObjectLabels } from '../../../panels/seriesNames';
import { findMetric } from '../../../sedna/catalog';
import { formatOffset } from '../format';
import type { MetricSelection } from '../selection';
import { buildMetricQuery, toQueryOptions } from './queries';
import { toRoundFrames } from './rounds';
import { t } from '../../../platform/i18n';

/** Returns undefined for an info metric, which the page shows as a table only. */
export function buildSelectionPanel({ metric, compareWith, byRound }: MetricSelection): VizPanel | undefined {
  const entry = findMetric(metric);
  if (getVisualization(entry) === 'table') {
    return undefined;
  }
  return byRound
    ? buildRoundsPanel({
        title: t('metrics.by-round', '{{metric}} at the end of each round', { metric: getMetricTitle(metric) }),
        unit: getMetricUnit(entry),
        toRounds: toRoundFrames,
      })
    : buildMetricPanel(metric, {
        refId: 'metric',
        before: compareWith && { refId: 'comparison', suffix: formatOffset(compareWith) },
      });
}

/**
 * Builds a panel that needs nothing of the app: series names and states are in its legend and mappings. An info metric
 * becomes a table of its current series.
 * @param shownLabels labels of the series that the page shows
 */
export function buildSelectionDashboardPanel(
  selection: MetricSelection,
  seriesCount: number | undefined,
  shownLabels: readonly Labels[]
): Panel {
  const { metric } = selection;
  const entry = findMetric(metric);
  const buildNamedQueries = (expr: string, labels: readonly Labels[]) =>
    buildRangeQueries({ A: expr }).map((query) => ({ ...query, legendFormat: buildLegendFormat(labels) }));
  if (entry?.states) {
    const { label, values } = entry.states;
    return buildDashboardPanel(
      buildStateNumbersPanel({ title: getMetricTitle(metric), states: values }),
      'prometheus',
      buildNamedQueries(
        stateNumbers(entry, toQueryOptions(selection, seriesCount)),
        shownLabels.map((labels) => getObjectLabels(labels, label))
      )
    );
  }
  const expression = buildMetricQuery(selection, seriesCount);
  return buildDashboardPanel(
    buildMetricPanel(metric),
    'prometheus',
    getVisualization(entry) === 'table'
      ? buildInstantQueries({ A: expression })
      : buildNamedQueries(expression, shownLabels)
  );
}
