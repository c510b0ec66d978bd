import { config } from '@grafana/runtime';
import { fetchLogEntries } from '../../../data/logs/lokiApi';
import { getDataSourceRef } from '../../../platform/dataSources';
import type { TailTransport } from './logTail';

/** Loki through Grafana. The tail uses the data source proxy, because its resource API has no WebSockets. */
export const lokiTransport: TailTransport = {
  open: ({ expr, start, limit }) => {
    const { uid } = getDataSourceRef('loki');
    const { protocol, host } = window.location;
    const search = new URLSearchParams({ query: expr, start: String(start), limit: String(limit) });
    return new WebSocket(
      `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}${config.appSubUrl ?? ''}` +
        `/api/datasources/proxy/uid/${encodeURIComponent(uid)}/loki/api/v1/tail?${search}`
    );
  },
  query: fetchLogEntries,
};
