/** What a search becomes elsewhere in Grafana: an alert rule, dashboard panels, a search in Logs Drilldown. */
import { omit } from 'lodash';
import type { AbsoluteTimeRange } from '../../../platform/links/links';
import type { DashboardPanelChoice } from '../../../panels/dashboard/AddToDashboard';
import { buildTextFilters } from '../../../query/logs/logKeywords';
import { buildPlaceMatchers } from '../../../query/logs/logLabels';
import { logCount } from '../../../query/logs/logCount';
import { LEVEL_LABEL } from '../../../query/logs/logql';
import { buildAlertRuleUrl } from '../../../platform/links/alertRuleLink';
import { buildDashboardPanel } from '../../../panels/dashboard/buildDashboardPanel';
import { getCurrentLogLabels } from '../../../data/logs/detectLogLabels';
import { buildLogsDrilldownUrl } from '../../../platform/links/logsDrilldownLink';
import { buildLogsPanel, buildLogVolumePanel } from '../../../panels/builders';
import { buildLokiQueries } from '../../../data/requests/queryRunners';
import { buildLineQueries, buildStreamMatchers, buildVolumeExpression, toKeywords, toLogSelection } from '../queries';
import type { Selection } from '../selection';
import { formatSelection } from './formatSelection';
import { t } from '../../../platform/i18n';

/** Builds the URL of a new alert rule that fires on any matching line. */
export function buildSearchAlertRuleUrl(selection: Selection): string {
  const params = { search: formatSelection(selection) };
  return buildAlertRuleUrl({
    role: 'loki',
    expr: logCount(toLogSelection(selection), '$__auto', getCurrentLogLabels()),
    threshold: 0,
    name: t('logs.actions.alert-name', 'Log lines of {{search}}', params),
    summary: t('logs.actions.alert-summary', 'New log lines in the last 5 minutes: {{search}}', params),
  });
}

export function buildDrilldownUrl(selection: Selection, span: AbsoluteTimeRange): string {
  const filters = buildTextFilters(toKeywords(selection), selection.keywordOptions.includes('any'));
  const { streams, metadata } = buildPlaceMatchers(buildStreamMatchers(selection), getCurrentLogLabels());
  return buildLogsDrilldownUrl({
    streams,
    // Its URL has no alternatives.
    metadata: metadata.flatMap((alternatives) => (alternatives.length === 1 ? alternatives : [])),
    filters,
    span,
  });
}

/** Panel options that a dashboard can't store: functions, and the key of the browser's storage. */
const PAGE_ONLY_OPTIONS = ['logLineMenuCustomItems', 'controlsStorageKey'];

export function buildDashboardPanels(selection: Selection): DashboardPanelChoice[] {
  const title = formatSelection(selection);
  const buildLinesPanel = (): ReturnType<DashboardPanelChoice['build']> => {
    const panel = buildDashboardPanel(
      buildLogsPanel({ title, order: selection.order }),
      'loki',
      buildLineQueries(selection)
    );
    return { ...panel, options: omit(panel.options, PAGE_ONLY_OPTIONS) };
  };
  const buildVolumePanel = () =>
    buildDashboardPanel(
      buildLogVolumePanel({ title }),
      'loki',
      buildLokiQueries([
        { refId: 'volume', expr: buildVolumeExpression(selection), legendFormat: `{{${LEVEL_LABEL}}}` },
      ])
    );
  return [
    { label: t('logs.actions.lines', 'Lines'), build: buildLinesPanel },
    ...(selection.volume === 'range'
      ? [{ label: t('logs.actions.volume', 'Log volume by level'), build: buildVolumePanel }]
      : []),
  ];
}
