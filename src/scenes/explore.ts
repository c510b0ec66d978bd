/** Links to Grafana's Explore, where a query is seen and changed. */
import { urlUtil } from '@grafana/data';
import type { DataSourceRole } from '../app/dataSources';
import type { Span } from '../app/links';
import { dataSourceRef } from './queries';

/** Opens a query in Explore over a time range. */
export function exploreUrl(role: DataSourceRole, expr: string, { from, to }: Span): string {
  const datasource = dataSourceRef(role);
  const pane = {
    datasource: datasource.uid,
    queries: [{ refId: 'A', expr, datasource, ...(role === 'loki' ? { queryType: 'range' } : { range: true }) }],
    range: { from: String(Math.round(from)), to: String(Math.round(to)) },
  };
  return urlUtil.renderUrl('/explore', { schemaVersion: '1', panes: JSON.stringify({ sedna: pane }) });
}
