import type { VizPanel } from '@grafana/scenes';
import type { DataQuery, Panel } from '@grafana/schema';
import type { DataSourceRole } from '../app/dataSources';
import { dataSourceRef } from './queries';

/** A panel of this app as dashboards store it, asking by itself; options that only this app knows must be gone. */
export function dashboardPanel(
  { state: { pluginId, title, options, fieldConfig } }: VizPanel,
  role: DataSourceRole,
  queries: readonly DataQuery[]
): Panel {
  const datasource = dataSourceRef(role);
  return {
    type: pluginId,
    title,
    datasource,
    targets: queries.map((query) => ({ ...query, datasource })),
    options: { ...options },
    fieldConfig: fieldConfig as Panel['fieldConfig'],
  };
}
