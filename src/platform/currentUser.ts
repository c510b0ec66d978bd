import { config } from '@grafana/runtime';

/** Whether the person who looks may change the configuration and add data sources. */
export const isAdministrator = (): boolean =>
  config.bootData?.user?.isGrafanaAdmin === true || config.bootData?.user?.orgRole === 'Admin';
