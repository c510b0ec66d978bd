import React from 'react';
import type { Labels, TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Menu } from '@grafana/ui';
import { canCreateAlertRules, canEditDashboards } from '../../platform/permissions';
import { AddToDashboard, useHasDashboardForm } from '../../panels/dashboard/AddToDashboard';
import { buildAlertRuleUrl } from '../../platform/links/alertRuleLink';
import type { MetricLook } from './look';
import { storedPanel, watchedQuery } from './metricQueries';

interface Props {
  look: MetricLook;
  lines?: number;
}

const aboutText = ({ metric, target }: MetricLook): string =>
  [metric, target.names.join(', ') || target.namespace].filter(Boolean).join(' · ');

/** A rule over what is shown; its threshold is to be set in the form. */
const alertUrl = (look: MetricLook, lines?: number): string =>
  buildAlertRuleUrl({
    role: 'prometheus',
    expr: watchedQuery(look, lines),
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
      {canCreateAlertRules() && (
        <Menu.Item icon="bell" label={t('metrics.create-alert', 'Create alert rule')} url={alertUrl(look, lines)} />
      )}
      {canEditDashboards() && hasForm && (
        <Menu.Item icon="apps" label={t('metrics.add', 'Add to dashboard')} onClick={onAdd} />
      )}
    </Menu>
  );
}

interface AddProps extends Props {
  /** Labels of the series that are drawn. */
  drawn: readonly Labels[];
  timeRange: TimeRange;
  onClose: () => void;
}

/** Puts what the page shows on a dashboard. */
export function AddMetric({ look, lines, drawn, timeRange, onClose }: AddProps) {
  return (
    <AddToDashboard
      title={t('metrics.add', 'Add to dashboard')}
      panels={[{ label: look.metric, build: () => storedPanel(look, lines, drawn) }]}
      timeRange={timeRange}
      onClose={onClose}
    />
  );
}
