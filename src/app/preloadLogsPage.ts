import { getDataSourceSrv } from '@grafana/runtime';

/**
 * The code of the logs page; the entry asks for it together with the app's, not after it. Grafana loads that of a data
 * source when one is first asked for: here before the page is there that asks. Any Loki will do, all have the same.
 */
export function preloadLogsPage() {
  const [loki] = getDataSourceSrv().getList({ type: 'loki' });
  if (loki) {
    getDataSourceSrv()
      .get(loki.uid)
      .catch(() => undefined);
  }
  return import(/* webpackChunkName: "page-logs" */ '../pages/logs/logsPage');
}
