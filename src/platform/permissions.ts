import { config } from '@grafana/runtime';
import { READ_ACTION, WRITE_ACTION } from '../kubernetes/grafanaClient';

const has = (action: string): boolean => config.bootData?.user?.permissions?.[action] === true;

/** Whether the person may see live objects; Grafana's server decides, this only spares a request that it would refuse. */
export const canReadObjects = (): boolean => has(READ_ACTION);

/** Whether the person may create alert rules of Grafana's own, in some folder. */
export const canCreateAlertRules = (): boolean => config.unifiedAlertingEnabled && has('alert.rules:create');

/** Whether the person may create or change dashboards, in some folder. */
export const canEditDashboards = (): boolean => has('dashboards:create') || has('dashboards:write');

/** Whether the person may create, change and delete objects. */
export const canWriteObjects = (): boolean => has(WRITE_ACTION);
