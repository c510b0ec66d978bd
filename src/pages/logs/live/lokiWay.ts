import { config } from '@grafana/runtime';
import { fetchLogEntries } from '../../../data/logs/lokiApi';
import { getDataSourceRef } from '../../../platform/dataSources';
import type { TailWay } from './logTail';

/** Loki through Grafana: queries through the data source's resources, the tail through its proxy, which does sockets. */
export const lokiWay: TailWay = {
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
