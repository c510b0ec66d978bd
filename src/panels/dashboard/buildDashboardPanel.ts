import { SceneDataTransformer, type VizPanel } from '@grafana/scenes';
import type { DataQuery, Panel } from '@grafana/schema';
import { getDataSourceRef, type DataSourceRole } from '../../platform/dataSources';

/**
 * Converts a panel to the dashboard model with its own queries. Drops transformations that are functions, because a
 * dashboard stores only those with an `id`. The panel must not have options that need this app.
 */
export function buildDashboardPanel(
  { state: { pluginId, title, options, fieldConfig, $data } }: VizPanel,
  role: DataSourceRole,
  queries: readonly DataQuery[]
): Panel {
  const datasource = getDataSourceRef(role);
  return {
    type: pluginId,
    title,
    datasource,
    targets: queries.map((query) => ({ ...query, datasource })),
    options: { ...options },
    transformations:
      $data instanceof SceneDataTransformer ? $data.state.transformations.filter((each) => 'id' in each) : [],
    fieldConfig: fieldConfig as Panel['fieldConfig'],
  };
}
