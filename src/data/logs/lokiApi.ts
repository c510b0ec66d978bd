/**
 * Loki's HTTP API through the resource calls of its data source. Query runners have neither nanoseconds nor paging.
 */
import { getDataSourceSrv, type DataSourceWithBackend } from '@grafana/runtime';
import { FieldType, type DataFrame } from '@grafana/data';
import {
  getEntryKey,
  toLinePage,
  buildRangeParams,
  toMilliseconds,
  type LinePage,
  type LineRequest,
  type LogEntry,
  type LokiStreams,
} from './logEntries';
import { withFewerLines } from './fewerLines';
import { getDataSourceRef } from '../../platform/dataSources';

export * from './logEntries';

/**
 * Fetches a path below `/loki/api/v1/`.
 * @param signal cancels the request, also in Grafana and Loki
 * @param loki the app's data source if absent
 * @throws FetchError
 */
export async function fetchLokiResource<T>(
  path: string,
  params: Record<string, string>,
  signal?: AbortSignal,
  loki: { uid: string } = getDataSourceRef('loki')
): Promise<T> {
  const dataSource = (await getDataSourceSrv().get(loki)) as unknown as DataSourceWithBackend;
  const response = await dataSource.getResource<T>(path, params, { abortSignal: signal, showErrorAlert: false });
  if (typeof response !== 'object') {
    // The login page of a proxy comes as a success.
    throw { status: 200, data: response };
  }
  return response;
}

async function fetchPage(request: LineRequest, signal?: AbortSignal): Promise<LinePage> {
  const response = await fetchLokiResource<LokiStreams>('query_range', buildRangeParams(request), signal);
  return toLinePage(response, request.direction);
}

/**
 * Fetches at most `limit` lines, sorted by time; fewer if they are too large for one response.
 * @throws FetchError
 */
export const fetchLogEntries = withFewerLines(fetchPage);

/** Converts entries to a frame like those of Grafana's Loki data source. */
export const toLogsFrame = (entries: readonly LogEntry[], refId: string): DataFrame => ({
  refId,
  length: entries.length,
  meta: { preferredVisualisationType: 'logs' },
  fields: [
    { name: 'labels', type: FieldType.other, config: {}, values: entries.map(({ labels }) => labels) },
    { name: 'Time', type: FieldType.time, config: {}, values: entries.map(({ time }) => toMilliseconds(time)) },
    { name: 'Line', type: FieldType.string, config: {}, values: entries.map(({ text }) => text) },
    { name: 'tsNs', type: FieldType.string, config: {}, values: entries.map(({ time }) => String(time)) },
    { name: 'id', type: FieldType.string, config: {}, values: entries.map(getEntryKey) },
  ],
});
