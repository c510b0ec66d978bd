/** What else can be made of a search: a rule, panels, a look in another app. */
import { t } from '@grafana/i18n';
import { omit } from 'lodash';
import type { Span } from '../../app/links';
import type { DashboardPanelChoice } from '../../components/AddToDashboard';
import { textFilters } from '../../query/logKeywords';
import { placeMatchers } from '../../query/logLabels';
import { logCount } from '../../query/logCount';
import { LEVEL_LABEL } from '../../query/logql';
import { newAlertRuleUrl } from '../../scenes/alertRule';
import { dashboardPanel } from '../../scenes/dashboardPanel';
import { currentLogLabels } from '../../scenes/logLabels';
import { logsDrilldownUrl } from '../../scenes/logsDrilldown';
import { logsPanel, volumePanel } from '../../scenes/panels';
import { lokiQueries } from '../../scenes/queries';
import { keywordsOf, lineQueries, logSelection, matchersOf, volumeExpression } from './queries';
import type { Selection } from './selection';
import { describe } from './describe';

/** A rule that fires when there is such a line. */
export function alertUrl(selection: Selection): string {
  const what = { what: describe(selection), interpolation: { escapeValue: false } };
  return newAlertRuleUrl({
    role: 'loki',
    expr: logCount(logSelection(selection), '$__auto', currentLogLabels()),
    threshold: 0,
    name: t('logs.use.alert-name', 'Log lines of {{what}}', what),
    summary: t('logs.use.alert-summary', 'Lines were written within five minutes, of {{what}}', what),
  });
}

/** The same search in Logs Drilldown. */
export function drilldownUrl(selection: Selection, span: Span): string {
  const filters = textFilters(keywordsOf(selection), selection.switches.includes('any'));
  return logsDrilldownUrl({ ...placeMatchers(matchersOf(selection), currentLogLabels()), filters, span });
}

/** Of the panel on the page, which a dashboard neither has functions nor a memory for. */
const OF_THE_PAGE = ['logLineMenuCustomItems', 'controlsStorageKey'];

/** Panels of a dashboard that show what the page does. */
export function dashboardPanels(selection: Selection): DashboardPanelChoice[] {
  const title = describe(selection);
  const lines = (): ReturnType<DashboardPanelChoice['build']> => {
    const panel = dashboardPanel(logsPanel({ title, order: selection.order }), 'loki', lineQueries(selection));
    return { ...panel, options: omit(panel.options, OF_THE_PAGE) };
  };
  const counts = () =>
    dashboardPanel(
      volumePanel({ title }),
      'loki',
      lokiQueries([{ refId: 'volume', expr: volumeExpression(selection), legendFormat: `{{${LEVEL_LABEL}}}` }])
    );
  return [
    { label: t('logs.use.lines', 'Lines'), build: lines },
    ...(selection.volume === 'range'
      ? [{ label: t('logs.use.counts', 'Lines by level over time'), build: counts }]
      : []),
  ];
}
