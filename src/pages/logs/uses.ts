/** What else can be made of a search: a rule, panels, a look in another app. */
import { t } from '@grafana/i18n';
import { omit } from 'lodash';
import type { AbsoluteTimeRange } from '../../platform/links/links';
import type { DashboardPanelChoice } from '../../panels/dashboard/AddToDashboard';
import { buildTextFilters } from '../../query/logs/logKeywords';
import { buildPlaceMatchers } from '../../query/logs/logLabels';
import { logCount } from '../../query/logs/logCount';
import { LEVEL_LABEL } from '../../query/logs/logql';
import { buildAlertRuleUrl } from '../../platform/links/alertRuleLink';
import { buildDashboardPanel } from '../../panels/dashboard/buildDashboardPanel';
import { getCurrentLogLabels } from '../../data/logs/detectLogLabels';
import { buildLogsDrilldownUrl } from '../../platform/links/logsDrilldownLink';
import { buildLogsPanel, buildLogVolumePanel } from '../../panels/panels';
import { buildLokiQueries } from '../../data/requests/queryRunners';
import { keywordsOf, lineQueries, logSelection, matchersOf, volumeExpression } from './queries';
import type { Selection } from './selection';
import { describe } from './describe';

/** A rule that fires when there is such a line. */
export function alertUrl(selection: Selection): string {
  const what = { what: describe(selection), interpolation: { escapeValue: false } };
  return buildAlertRuleUrl({
    role: 'loki',
    expr: logCount(logSelection(selection), '$__auto', getCurrentLogLabels()),
    threshold: 0,
    name: t('logs.use.alert-name', 'Log lines of {{what}}', what),
    summary: t('logs.use.alert-summary', 'Lines were written within five minutes, of {{what}}', what),
  });
}

/** The same search in Logs Drilldown. */
export function drilldownUrl(selection: Selection, span: AbsoluteTimeRange): string {
  const filters = buildTextFilters(keywordsOf(selection), selection.switches.includes('any'));
  return buildLogsDrilldownUrl({ ...buildPlaceMatchers(matchersOf(selection), getCurrentLogLabels()), filters, span });
}

/** Of the panel on the page, which a dashboard neither has functions nor a memory for. */
const OF_THE_PAGE = ['logLineMenuCustomItems', 'controlsStorageKey'];

/** Panels of a dashboard that show what the page does. */
export function dashboardPanels(selection: Selection): DashboardPanelChoice[] {
  const title = describe(selection);
  const lines = (): ReturnType<DashboardPanelChoice['build']> => {
    const panel = buildDashboardPanel(
      buildLogsPanel({ title, order: selection.order }),
      'loki',
      lineQueries(selection)
    );
    return { ...panel, options: omit(panel.options, OF_THE_PAGE) };
  };
  const counts = () =>
    buildDashboardPanel(
      buildLogVolumePanel({ title }),
      'loki',
      buildLokiQueries([{ refId: 'volume', expr: volumeExpression(selection), legendFormat: `{{${LEVEL_LABEL}}}` }])
    );
  return [
    { label: t('logs.use.lines', 'Lines'), build: lines },
    ...(selection.volume === 'range'
      ? [{ label: t('logs.use.counts', 'Lines by level over time'), build: counts }]
      : []),
  ];
}
