import React from 'react';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Menu } from '@grafana/ui';
import { isAppInstalled, LOGS_DRILLDOWN } from '../../platform/installedApps';
import { canCreateAlertRules, canEditDashboards } from '../../platform/permissions';
import { AddToDashboard, useHasDashboardForm } from '../../panels/dashboard/AddToDashboard';
import type { LogsScene } from './LogsScene';
import { alertUrl, dashboardPanels, drilldownUrl } from './uses';

/** What can be made of a search, as far as this Grafana and the person's permissions allow it. */
export function UseItems({ model, onAdd }: { model: LogsScene; onAdd: () => void }) {
  const selection = model.useState();
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const hasForm = useHasDashboardForm();
  return (
    <Menu>
      {canCreateAlertRules() && (
        <Menu.Item icon="bell" label={t('logs.use.alert', 'Create alert rule')} url={alertUrl(selection)} />
      )}
      {canEditDashboards() && hasForm && (
        <Menu.Item icon="apps" label={t('logs.use.dashboard', 'Add to dashboard')} onClick={onAdd} />
      )}
      {isAppInstalled(LOGS_DRILLDOWN) && (
        <Menu.Item
          icon="gf-logs"
          label={t('logs.use.drilldown', 'Open in Logs Drilldown')}
          url={drilldownUrl(selection, { from: range.from.valueOf(), to: range.to.valueOf() })}
        />
      )}
    </Menu>
  );
}

/** Puts what the page shows on a dashboard. */
export function AddSearch({ model, onClose }: { model: LogsScene; onClose: () => void }) {
  return (
    <AddToDashboard
      title={t('logs.use.dashboard', 'Add to dashboard')}
      panels={dashboardPanels(model.state)}
      timeRange={sceneGraph.getTimeRange(model).state.value}
      onClose={onClose}
    />
  );
}
