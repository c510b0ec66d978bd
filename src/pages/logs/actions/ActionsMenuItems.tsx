import React from 'react';
import type { TimeRange } from '@grafana/data';
import { Menu } from '@grafana/ui';
import { toHref } from '../../../platform/links/links';
import { isAppInstalled, LOGS_DRILLDOWN } from '../../../platform/installedApps';
import { canCreateAlertRules, canEditDashboards } from '../../../platform/permissions';
import { AddToDashboard, useHasDashboardForm } from '../../../panels/dashboard/AddToDashboard';
import type { Selection } from '../selection';
import { buildSearchAlertRuleUrl, buildDashboardPanels, buildDrilldownUrl } from './actions';
import { t } from '../../../platform/i18n';

interface Props {
  selection: Selection;
  range: TimeRange;
}

/** Items that this Grafana has and the user has permissions for. */
export function ActionsMenuItems({ selection, range, onAddToDashboard }: Props & { onAddToDashboard: () => void }) {
  const hasForm = useHasDashboardForm();
  return (
    <Menu>
      {canCreateAlertRules() && (
        <Menu.Item
          icon="bell"
          label={t('logs.actions.alert', 'Create alert rule')}
          url={toHref(buildSearchAlertRuleUrl(selection))}
        />
      )}
      {canEditDashboards() && hasForm && (
        <Menu.Item icon="apps" label={t('logs.actions.dashboard', 'Add to dashboard')} onClick={onAddToDashboard} />
      )}
      {isAppInstalled(LOGS_DRILLDOWN) && (
        <Menu.Item
          icon="gf-logs"
          label={t('logs.actions.drilldown', 'Open in Logs Drilldown')}
          url={toHref(buildDrilldownUrl(selection, { from: range.from.valueOf(), to: range.to.valueOf() }))}
        />
      )}
    </Menu>
  );
}

export function AddSearchToDashboard({ selection, range, onClose }: Props & { onClose: () => void }) {
  return (
    <AddToDashboard
      title={t('logs.actions.dashboard', 'Add to dashboard')}
      panels={buildDashboardPanels(selection)}
      timeRange={range}
      onClose={onClose}
    />
  );
}
