import { config } from '@grafana/runtime';
import { READ_ACTION, WRITE_ACTION } from '../kubernetes/grafanaClient';

const has = (action: string): boolean => config.bootData?.user?.permissions?.[action] === true;

/** Returns whether the user may read live objects. The server enforces it; checking avoids requests that would fail. */
export const canReadObjects = (): boolean => has(READ_ACTION);

/** Returns whether the user may open Explore; Grafana redirects all others to its start page. */
export const canExplore = (): boolean => config.exploreEnabled && has('datasources:explore');

/** Returns whether the user may create Grafana-managed alert rules in some folder. */
export const canCreateAlertRules = (): boolean => config.unifiedAlertingEnabled && has('alert.rules:create');

/** Returns whether the user may create or edit dashboards in some folder. */
export const canEditDashboards = (): boolean => has('dashboards:create') || has('dashboards:write');

/** Returns whether the user may create, change, and delete objects. */
export const canWriteObjects = (): boolean => has(WRITE_ACTION);
