/**
 * Loki's own HTTP API through the data source, for what a query runner cannot say: nanoseconds, direction, and pages
 * of lines one after another.
 */
import { getDataSourceSrv, type DataSourceWithBackend } from '@grafana/runtime';
import { FieldType, type DataFrame } from '@grafana/data';
import {
  getEntryKey,
  toLinePage,
  rangeParams,
  toMilliseconds,
  type LinePage,
  type LineRequest,
  type LogEntry,
  type LokiStreams,
} from './logEntries';
import { getDataSourceRef } from '../../platform/dataSources';

export * from './logEntries';

/**
 * Asks a path of `/loki/api/v1/`.
 * @param signal ends the request when it aborts, in Grafana and in Loki too
 * @param loki another one than the app's
 * @throws what Grafana answers in case of an error, for the caller to show
 */
export async function fetchLokiResource<T>(
  path: string,
  params: Record<string, string>,
  signal?: AbortSignal,
  loki: { uid: string } = getDataSourceRef('loki')
): Promise<T> {
  const dataSource = (await getDataSourceSrv().get(loki)) as unknown as DataSourceWithBackend;
  return dataSource.getResource<T>(path, params, { abortSignal: signal, showErrorAlert: false });
}

/** Lines of all streams in one order, at most `limit`; errors as `lokiResource`. */
export async function fetchLogEntries(request: LineRequest, signal?: AbortSignal): Promise<LinePage> {
  const answer = await fetchLokiResource<LokiStreams>('query_range', rangeParams(request), signal);
  return toLinePage(answer, request.direction);
}

/** Entries as the frame that Grafana's Loki data source makes of lines. */
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
