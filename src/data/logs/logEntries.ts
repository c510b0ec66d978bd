/** Entries of Loki's HTTP API as plain data. Imports types only, so that it runs where no browser is. */

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

/**
 * Gives one page of lines.
 * @throws what the server or Grafana answers in case of an error
 */
export type FetchLogLines = (request: LineRequest, signal?: AbortSignal) => Promise<LinePage>;

/** What `query_range` answers for lines. */
export interface LokiStreams {
  data?: {
    result?: Array<{ stream: Record<string, string>; values: Array<[string, string]> }>;
    stats?: { summary?: { totalBytesProcessed?: number; totalLinesProcessed?: number } };
  };
}

/** Parameters of `query_range`. */
export const rangeParams = ({ expr, start, end, limit, direction }: LineRequest): Record<string, string> => ({
  query: expr,
  start: String(start),
  end: String(end),
  limit: String(limit),
  direction,
});

/** Order of two entries in the direction of a request. */
const order = (direction: LineRequest['direction']) =>
  direction === 'forward'
    ? (a: LogEntry, b: LogEntry) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)
    : (a: LogEntry, b: LogEntry) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0);

/** Lines of all streams of an answer in one order. */
export function toLinePage({ data }: LokiStreams, direction: LineRequest['direction']): LinePage {
  const entries = (data?.result ?? []).flatMap(({ stream, values }) =>
    values.map(([time, text]): LogEntry => ({ time: BigInt(time), text, labels: stream }))
  );
  const { totalBytesProcessed = 0, totalLinesProcessed = 0 } = data?.stats?.summary ?? {};
  return {
    entries: entries.sort(order(direction)),
    cost: { bytes: totalBytesProcessed, lines: totalLinesProcessed },
  };
}

/** Lines of one stream share their labels: written once, not for each line. */
const written = new WeakMap<LogEntry['labels'], string>();

function writeLabels(labels: LogEntry['labels']): string {
  let text = written.get(labels);
  if (text === undefined) {
    text = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    written.set(labels, text);
  }
  return text;
}

/** Tells entries apart: two of one stream at one time with one text are the same, for Loki too. */
export const getEntryKey = ({ time, text, labels }: LogEntry) => `${time} ${writeLabels(labels)} ${text}`;

/**
 * Entries without those that were read before, once for each time that one was: lines may differ only in what the
 * query takes away.
 */
export function excludeSeenEntries(entries: readonly LogEntry[], read: readonly LogEntry[]): LogEntry[] {
  if (read.length === 0) {
    return [...entries];
  }
  const times = new Set(read.map(({ time }) => time));
  const counts = new Map<string, number>();
  for (const key of read.map(getEntryKey)) {
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

/** In a millisecond. */
const NANOSECONDS = BigInt(1_000_000);

export const toNanoseconds = (ms: number): bigint => BigInt(Math.round(ms)) * NANOSECONDS;
/** Loses what is below a millisecond. */
export const toMilliseconds = (time: bigint): number => Number(time / NANOSECONDS);

/** The six digits below a millisecond. */
export const getNanosecondRemainder = (time: bigint): string => String(time % NANOSECONDS).padStart(6, '0');

/** RFC 3339 in UTC with nanoseconds. */
export const toRfc3339 = (time: bigint): string =>
  new Date(toMilliseconds(time)).toISOString().replace('Z', `${getNanosecondRemainder(time)}Z`);
