/**
 * Loki's own HTTP API through the data source, for what a query runner cannot say: nanoseconds, direction, and pages
 * of lines one after another.
 */
import { getDataSourceSrv, type DataSourceWithBackend } from '@grafana/runtime';
import { FieldType, type DataFrame } from '@grafana/data';
import { entryKey } from './entryKey';
import { dataSourceRef } from './queries';

export { entryKey };

/** One line, or several that the collector has joined to one entry. */
export interface LogEntry {
  /** Unix time in nanoseconds. */
  time: bigint;
  text: string;
  /** Labels of the stream, structured metadata, and labels that the query made. */
  labels: Record<string, string>;
}

/** What a query took, as Loki says it. */
export interface QueryCost {
  bytes: number;
  lines: number;
}

export interface LinePage {
  entries: LogEntry[];
  cost: QueryCost;
}

export interface LineRequest {
  expr: string;
  /** Unix time in nanoseconds, inclusive. */
  start: bigint;
  /** Unix time in nanoseconds, exclusive. */
  end: bigint;
  limit: number;
  /** `backward`: the newest first. */
  direction: 'backward' | 'forward';
}

interface LokiStreams {
  data?: {
    result?: Array<{ stream: Record<string, string>; values: Array<[string, string]> }>;
    stats?: { summary?: { totalBytesProcessed?: number; totalLinesProcessed?: number } };
  };
}

/**
 * Asks a path of `/loki/api/v1/`.
 * @param signal ends the request when it aborts, in Grafana and in Loki too
 * @throws what Grafana answers in case of an error, for the caller to show
 */
export async function lokiResource<T>(path: string, params: Record<string, string>, signal?: AbortSignal): Promise<T> {
  const dataSource = (await getDataSourceSrv().get(dataSourceRef('loki'))) as unknown as DataSourceWithBackend;
  return dataSource.getResource<T>(path, params, { abortSignal: signal, showErrorAlert: false });
}

/** Order of two entries in the direction of a request. */
const order = (direction: LineRequest['direction']) =>
  direction === 'forward'
    ? (a: LogEntry, b: LogEntry) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)
    : (a: LogEntry, b: LogEntry) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0);

/** Lines of all streams in one order, at most `limit`; errors as `lokiResource`. */
export async function queryEntries(
  { expr, start, end, limit, direction }: LineRequest,
  signal?: AbortSignal
): Promise<LinePage> {
  const { data } = await lokiResource<LokiStreams>(
    'query_range',
    { query: expr, start: String(start), end: String(end), limit: String(limit), direction },
    signal
  );
  const entries = (data?.result ?? []).flatMap(({ stream, values }) =>
    values.map(([time, text]): LogEntry => ({ time: BigInt(time), text, labels: stream }))
  );
  const { totalBytesProcessed = 0, totalLinesProcessed = 0 } = data?.stats?.summary ?? {};
  return {
    entries: entries.sort(order(direction)),
    cost: { bytes: totalBytesProcessed, lines: totalLinesProcessed },
  };
}

/** In a millisecond. */
const NANOSECONDS = BigInt(1_000_000);

export const toNanoseconds = (ms: number): bigint => BigInt(Math.round(ms)) * NANOSECONDS;
/** Loses what is below a millisecond. */
export const toMilliseconds = (time: bigint): number => Number(time / NANOSECONDS);

/** Entries as the frame that Grafana's Loki data source makes of lines. */
export const entriesFrame = (entries: readonly LogEntry[], refId: string): DataFrame => ({
  refId,
  length: entries.length,
  meta: { preferredVisualisationType: 'logs' },
  fields: [
    { name: 'labels', type: FieldType.other, config: {}, values: entries.map(({ labels }) => labels) },
    { name: 'Time', type: FieldType.time, config: {}, values: entries.map(({ time }) => toMilliseconds(time)) },
    { name: 'Line', type: FieldType.string, config: {}, values: entries.map(({ text }) => text) },
    { name: 'tsNs', type: FieldType.string, config: {}, values: entries.map(({ time }) => String(time)) },
    { name: 'id', type: FieldType.string, config: {}, values: entries.map(entryKey) },
  ],
});
