/** Links to Grafana's Explore, where a query is seen and changed. */
import { urlUtil } from '@grafana/data';
import { getDataSourceRef, type DataSourceRole } from '../dataSources';
import type { AbsoluteTimeRange } from './links';

/** Opens a query in Explore over a time range. */
export function buildExploreUrl(role: DataSourceRole, expr: string, { from, to }: AbsoluteTimeRange): string {
  const datasource = getDataSourceRef(role);
  const pane = {
    datasource: datasource.uid,
    queries: [{ refId: 'A', expr, datasource, ...(role === 'loki' ? { queryType: 'range' } : { range: true }) }],
    range: { from: String(Math.round(from)), to: String(Math.round(to)) },
  };
  return urlUtil.renderUrl('/explore', { schemaVersion: '1', panes: JSON.stringify({ sedna: pane }) });
}
