import React, { lazy, Suspense, useState } from 'react';
import type { TimeRange } from '@grafana/data';
import { Button, Dropdown } from '@grafana/ui';
import { isAppInstalled, LOGS_DRILLDOWN } from '../../../platform/installedApps';
import { canCreateAlertRules, canEditDashboards } from '../../../platform/permissions';
import type { Selection } from '../selection';
import { t } from '../../../platform/i18n';

// Loaded on the first click.
const loadItems = () => import('./ActionsMenuItems');
const ActionsMenuItems = lazy(async () => ({ default: (await loadItems()).ActionsMenuItems }));
const AddSearchToDashboard = lazy(async () => ({ default: (await loadItems()).AddSearchToDashboard }));

interface Props {
  selection: Selection;
  range: TimeRange;
}

/** Menu that takes a search to other parts of Grafana; renders nothing if the user may do none of it. */
export function ActionsMenu({ selection, range }: Props) {
  const [isAdding, setIsAdding] = useState(false);
  if (!canCreateAlertRules() && !canEditDashboards() && !isAppInstalled(LOGS_DRILLDOWN)) {
    return null;
  }
  return (
    <>
      <Dropdown
        overlay={
          <Suspense fallback={null}>
            <ActionsMenuItems {...{ selection, range }} onAddToDashboard={() => setIsAdding(true)} />
          </Suspense>
        }
      >
        <Button size="sm" variant="secondary" fill="outline" icon="angle-down">
          {t('logs.actions.button', 'Actions')}
        </Button>
      </Dropdown>
      {isAdding && (
        <Suspense fallback={null}>
          <AddSearchToDashboard {...{ selection, range }} onClose={() => setIsAdding(false)} />
        </Suspense>
      )}
    </>
  );
}
