import React from 'react';
import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Menu } from '@grafana/ui';
import { mayCreateAlertRules, mayEditDashboards } from '../../app/permissions';
import { AddToDashboard, useHasDashboardForm } from '../../components/AddToDashboard';
import { drawingOf } from '../../query/metrics';
import { newAlertRuleUrl } from '../../scenes/alertRule';
import { dashboardPanel } from '../../scenes/dashboardPanel';
import { metricPanel } from '../../scenes/metricPanel';
import { instantQueries, rangeQueries } from '../../scenes/queries';
import { findMetric } from '../../sedna/catalogue';
import type { MetricLook } from './look';
import { mainQuery } from './metricQueries';

interface Props {
  look: MetricLook;
  lines?: number;
}

const aboutText = ({ metric, target }: MetricLook): string =>
  [metric, target.names.join(', ') || target.namespace].filter(Boolean).join(' · ');

/** A rule over what is shown; its threshold is to be set in the form. */
const alertUrl = (look: MetricLook, lines?: number): string =>
  newAlertRuleUrl({
    role: 'prometheus',
    expr: mainQuery(look, lines),
    threshold: 0,
    name: aboutText(look),
    summary: t('metrics.alert-summary', '{{what}} is above its threshold', {
      what: aboutText(look),
      interpolation: { escapeValue: false },
    }),
  });

/** What can be made of a metric, as far as this Grafana and the person's permissions allow it. */
export function UseItems({ look, lines, onAdd }: Props & { onAdd: () => void }) {
  const hasForm = useHasDashboardForm();
  return (
    <Menu>
      {mayCreateAlertRules() && (
        <Menu.Item icon="bell" label={t('metrics.create-alert', 'Create alert rule')} url={alertUrl(look, lines)} />
      )}
      {mayEditDashboards() && hasForm && (
        <Menu.Item icon="apps" label={t('metrics.add', 'Add to dashboard')} onClick={onAdd} />
      )}
    </Menu>
  );
}

/** The panel of the page as dashboards store it; of infos a table of what is current. */
export function AddMetric({ look, lines, timeRange, onClose }: Props & { timeRange: TimeRange; onClose: () => void }) {
  const expression = { A: mainQuery(look, lines) };
  const isTable = drawingOf(findMetric(look.metric)) === 'table';
  const build = () =>
    dashboardPanel(
      metricPanel(look.metric),
      'prometheus',
      isTable ? instantQueries(expression) : rangeQueries(expression)
    );
  return (
    <AddToDashboard
      title={t('metrics.add', 'Add to dashboard')}
      panels={[{ label: look.metric, build }]}
      timeRange={timeRange}
      onClose={onClose}
    />
  );
}
