import { config } from '@grafana/runtime';

/** Returns whether the user may change the configuration and add data sources. */
export const isAdministrator = (): boolean =>
  config.bootData?.user?.isGrafanaAdmin === true || config.bootData?.user?.orgRole === 'Admin';
