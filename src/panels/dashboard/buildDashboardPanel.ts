import { SceneDataTransformer, type VizPanel } from '@grafana/scenes';
import type { DataQuery, Panel } from '@grafana/schema';
import { getDataSourceRef, type DataSourceRole } from '../../platform/dataSources';

/**
 * A panel of this app as dashboards store it, asking by itself; options that only this app knows must be gone, and
 * transformations that only it knows are.
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
