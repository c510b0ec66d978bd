import React from 'react';
import type { Labels, TimeRange } from '@grafana/data';
import { Menu } from '@grafana/ui';
import { toHref } from '../../../platform/links/links';
import { canCreateAlertRules, canEditDashboards } from '../../../platform/permissions';
import { AddToDashboard, useHasDashboardForm } from '../../../panels/dashboard/AddToDashboard';
import { buildAlertRuleUrl } from '../../../platform/links/alertRuleLink';
import type { MetricSelection } from '../selection';
import { buildSelectionDashboardPanel } from './panels';
import { buildAlertQuery } from './queries';
import { t } from '../../../platform/i18n';

interface Props {
  selection: MetricSelection;
  seriesCount?: number;
}

const formatSelection = ({ metric, target }: MetricSelection): string =>
  [metric, target.names.join(', ') || target.namespace].filter(Boolean).join(' · ');

/** Builds a link to Grafana's form, in which the user sets the threshold. */
const buildSelectionAlertRuleUrl = (selection: MetricSelection, seriesCount?: number): string =>
  buildAlertRuleUrl({
    role: 'prometheus',
    expr: buildAlertQuery(selection, seriesCount),
    threshold: 0,
    name: formatSelection(selection),
    summary: t('metrics.alert-summary', '{{metric}} is above its threshold', {
      metric: formatSelection(selection),
    }),
  });

/** Shows the actions that the user's permissions and this version of Grafana allow. */
export function ActionsMenuItems({
  selection,
  seriesCount,
  onAddToDashboard,
}: Props & { onAddToDashboard: () => void }) {
  const hasForm = useHasDashboardForm();
  return (
    <Menu>
      {canCreateAlertRules() && (
        <Menu.Item
          icon="bell"
          label={t('metrics.create-alert', 'Create alert rule')}
          url={toHref(buildSelectionAlertRuleUrl(selection, seriesCount))}
        />
      )}
      {canEditDashboards() && hasForm && (
        <Menu.Item icon="apps" label={t('metrics.add-to-dashboard', 'Add to dashboard')} onClick={onAddToDashboard} />
      )}
    </Menu>
  );
}

interface AddProps extends Props {
  /** Labels of the series that the page shows. */
  shownLabels: readonly Labels[];
  timeRange: TimeRange;
  onClose: () => void;
}

export function AddMetricToDashboard({ selection, seriesCount, shownLabels, timeRange, onClose }: AddProps) {
  return (
    <AddToDashboard
      title={t('metrics.add-to-dashboard', 'Add to dashboard')}
      panels={[
        { label: selection.metric, build: () => buildSelectionDashboardPanel(selection, seriesCount, shownLabels) },
      ]}
      timeRange={timeRange}
      onClose={onClose}
    />
  );
}
