import React from 'react';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { AddToDashboard } from '../../../components/AddToDashboard';
import type { LogsScene } from '../LogsScene';
import { dashboardPanels } from './uses';

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
