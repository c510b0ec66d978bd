import { urlUtil } from '@grafana/data';
import { getDataSourceRef, type DataSourceRole } from '../dataSources';
import type { AbsoluteTimeRange } from './links';

/** Returns the URL that opens a query in Explore. */
export function buildExploreUrl(role: DataSourceRole, expr: string, { from, to }: AbsoluteTimeRange): string {
  const datasource = getDataSourceRef(role);
  const pane = {
    datasource: datasource.uid,
    queries: [{ refId: 'A', expr, datasource, ...(role === 'loki' ? { queryType: 'range' } : { range: true }) }],
    range: { from: String(Math.round(from)), to: String(Math.round(to)) },
  };
  return urlUtil.renderUrl('/explore', { schemaVersion: '1', panes: JSON.stringify({ sedna: pane }) });
}
