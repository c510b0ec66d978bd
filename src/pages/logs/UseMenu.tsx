import React, { lazy, Suspense, useState } from 'react';
import { t } from '@grafana/i18n';
import { Button, Dropdown } from '@grafana/ui';
import { isAppInstalled, LOGS_DRILLDOWN } from '../../platform/installedApps';
import { canCreateAlertRules, canEditDashboards } from '../../platform/permissions';
import type { LogsScene } from './LogsScene';

// Loaded with the first click.
const load = () => import('./UseItems');
const UseItems = lazy(async () => ({ default: (await load()).UseItems }));
const AddSearch = lazy(async () => ({ default: (await load()).AddSearch }));

/** Where a search can be taken; nothing for those who may do nothing of it. */
export function UseMenu({ model }: { model: LogsScene }) {
  const [isAdding, setAdding] = useState(false);
  if (!canCreateAlertRules() && !canEditDashboards() && !isAppInstalled(LOGS_DRILLDOWN)) {
    return null;
  }
  return (
    <>
      <Dropdown
        overlay={
          <Suspense fallback={null}>
            <UseItems model={model} onAdd={() => setAdding(true)} />
          </Suspense>
        }
      >
        <Button size="sm" variant="secondary" fill="outline" icon="angle-down">
          {t('logs.use.button', 'Use')}
        </Button>
      </Dropdown>
      {isAdding && (
        <Suspense fallback={null}>
          <AddSearch model={model} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </>
  );
}
