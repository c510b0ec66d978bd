import { getDataSourceSrv } from '@grafana/runtime';

/**
 * Loads the code of the logs page and of Grafana's Loki data source. The entry calls it while the app loads, not after
 * it. Any Loki data source will do, because all share their code.
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
