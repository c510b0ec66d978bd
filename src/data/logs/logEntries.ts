/** Log entries of Loki's HTTP API. Imports types only, so that it runs without a browser. */

/** A log line, or several that the log collector joined. */
export interface LogEntry {
  /** Unix time in nanoseconds. */
  time: bigint;
  text: string;
  /** Stream labels, structured metadata, and labels that the query parsed. */
  labels: Record<string, string>;
}

/** Cost of a query from Loki's statistics. */
export interface QueryCost {
  bytes: number;
  lines: number;
}

export interface LinePage {
  entries: LogEntry[];
  cost: QueryCost;
  /** Maximum number of lines, if fewer than requested because Loki couldn't send more. */
  limit?: number;
}

export interface LineRequest {
  expr: string;
  /** Unix time in nanoseconds, inclusive. */
  start: bigint;
  /** Unix time in nanoseconds, exclusive. */
  end: bigint;
  limit: number;
  /** `backward`: newest first. */
  direction: 'backward' | 'forward';
}

/**
 * Fetches one page of lines.
 * @throws FetchError
 */
export type FetchLogLines = (request: LineRequest, signal?: AbortSignal) => Promise<LinePage>;

/** Response of `query_range` for a log query. */
export interface LokiStreams {
  data?: {
    result?: Array<{ stream: Record<string, string>; values: Array<[string, string]> }>;
    stats?: { summary?: { totalBytesProcessed?: number; totalLinesProcessed?: number } };
  };
}

/** Builds the parameters of `query_range`. */
export const buildRangeParams = ({ expr, start, end, limit, direction }: LineRequest): Record<string, string> => ({
  query: expr,
  start: String(start),
  end: String(end),
  limit: String(limit),
  direction,
});

const compareTimes = (direction: LineRequest['direction']) =>
  direction === 'forward'
    ? (a: LogEntry, b: LogEntry) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)
    : (a: LogEntry, b: LogEntry) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0);

/** Merges the streams of a response, sorted by time in the direction of the request. */
export function toLinePage({ data }: LokiStreams, direction: LineRequest['direction']): LinePage {
  const entries = (data?.result ?? []).flatMap(({ stream, values }) =>
    values.map(([time, text]): LogEntry => ({ time: BigInt(time), text, labels: stream }))
  );
  const { totalBytesProcessed = 0, totalLinesProcessed = 0 } = data?.stats?.summary ?? {};
  return {
    entries: entries.sort(compareTimes(direction)),
    cost: { bytes: totalBytesProcessed, lines: totalLinesProcessed },
  };
}

/** Formatted labels by object: the lines of a stream share one. */
const labelTexts = new WeakMap<LogEntry['labels'], string>();

function formatLabels(labels: LogEntry['labels']): string {
  let text = labelTexts.get(labels);
  if (text === undefined) {
    text = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    labelTexts.set(labels, text);
  }
  return text;
}

/** Identifies an entry. Loki, too, treats entries with the same stream, time, and text as one. */
export const getEntryKey = ({ time, text, labels }: LogEntry) => `${time} ${formatLabels(labels)} ${text}`;

/**
 * Removes entries that were seen before, as many times as each was seen: several lines have the same key if they differ
 * only in what the query removes.
 */
export function excludeSeenEntries(entries: readonly LogEntry[], seen: readonly LogEntry[]): LogEntry[] {
  if (seen.length === 0) {
    return [...entries];
  }
  const times = new Set(seen.map(({ time }) => time));
  const counts = new Map<string, number>();
  for (const key of seen.map(getEntryKey)) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return entries.filter((entry) => {
    const key = times.has(entry.time) ? getEntryKey(entry) : '';
    const count = counts.get(key) ?? 0;
    if (count > 0) {
      counts.set(key, count - 1);
    }
    return count === 0;
  });
}

const NANOSECONDS_PER_MS = BigInt(1_000_000);

export const toNanoseconds = (ms: number): bigint => BigInt(Math.round(ms)) * NANOSECONDS_PER_MS;
/** Rounds down to milliseconds. */
export const toMilliseconds = (time: bigint): number => Number(time / NANOSECONDS_PER_MS);

/** Returns the six digits below a millisecond. */
export const getNanosecondRemainder = (time: bigint): string => String(time % NANOSECONDS_PER_MS).padStart(6, '0');

/** Formats a time as RFC 3339 in UTC with nanoseconds. */
export const toRfc3339 = (time: bigint): string =>
  new Date(toMilliseconds(time)).toISOString().replace('Z', `${getNanosecondRemainder(time)}Z`);
