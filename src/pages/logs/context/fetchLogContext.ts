/** Fetches the lines before and after a line. Has no browser imports, so that tests can query a real Loki. */
import { excludeSeenEntries, type FetchLogLines, type LineRequest, type LogEntry } from '../../../data/logs/logEntries';
import { parseLogOrigin } from '../../../sedna/logs';

/** Lines on one side of the line. */
export interface ContextSide {
  direction: LineRequest['direction'];
  /** Nearest first; without the line itself. */
  entries: LogEntry[];
  /** Where the next request starts (Unix, ns): exclusive backward, inclusive forward. */
  edge: bigint;
  /** Fetched entries that the next request returns again. */
  border: LogEntry[];
  /** The line itself, until a request has returned it. */
  line?: LogEntry;
  /** Time that the next request covers at most (ns). */
  span: bigint;
}

interface ContextRequest {
  fetchLines: FetchLogLines;
  expr: string;
  /**
   * Entries to add to a side. A request adds fewer if its span has fewer, and one more if it expected the line and
   * didn't find it.
   */
  count: number;
  signal?: AbortSignal;
}

const FIRST_SPAN_NS = BigInt(6 * 3600) * BigInt(1_000_000_000);
/** Factor of the span after a request that found too little. */
const SPAN_GROWTH = BigInt(4);

const isSameOrigin = (a: LogEntry, b: LogEntry) => {
  const [first, second] = [parseLogOrigin(a.labels), parseLogOrigin(b.labels)];
  return first.pod === second.pod && first.container === second.container;
};

/** Removes the line from a side. A panel may have changed its text, so one entry at its time is taken for it. */
function removeLine(side: ContextSide): ContextSide {
  const { line, entries, edge } = side;
  if (!line) {
    return side;
  }
  const candidates = entries.filter((entry) => entry.time === line.time && isSameOrigin(entry, line));
  const isPast = edge > line.time;
  const self =
    candidates.find(({ text }) => text === line.text) ??
    (isPast && candidates.length === 1 ? candidates[0] : undefined);
  return {
    ...side,
    entries: entries.filter((entry) => entry !== self),
    line: self || isPast ? undefined : line,
  };
}

/**
 * Fetches more lines of a side, away from the line.
 * @throws as `fetchLines`
 */
export async function fetchMoreContext(
  side: ContextSide,
  { fetchLines, expr, count, signal }: ContextRequest
): Promise<ContextSide> {
  const { direction, edge, border, span, line } = side;
  const isBackward = direction === 'backward';
  const far = isBackward ? edge - span : edge + span;
  const requested = count + border.length + (line ? 1 : 0);
  const { entries, limit = requested } = await fetchLines(
    { expr, direction, limit: requested, start: isBackward ? far : edge, end: isBackward ? edge : far },
    signal
  );
  const newEntries = excludeSeenEntries(entries, border);
  const extended = { ...side, entries: [...side.entries, ...newEntries] };
  if (entries.length < limit) {
    return removeLine({ ...extended, edge: far, border: [], span: span * SPAN_GROWTH });
  }
  // The last timestamp may have more lines, so the next request covers it again.
  const last = entries[entries.length - 1].time;
  return removeLine({
    ...extended,
    edge: isBackward ? last + BigInt(1) : last,
    border: border[0]?.time === last ? [...border, ...newEntries] : entries.filter(({ time }) => time === last),
  });
}

/**
 * Fetches the first lines of both sides. Other lines with the timestamp of the line are in `after`.
 * @throws as `fetchLines`
 */
export async function fetchLogContext(
  line: LogEntry,
  request: ContextRequest
): Promise<Record<'before' | 'after', ContextSide>> {
  const empty = { entries: [], edge: line.time, border: [], span: FIRST_SPAN_NS };
  const [before, after] = await Promise.all([
    fetchMoreContext({ ...empty, direction: 'backward' }, request),
    fetchMoreContext({ ...empty, direction: 'forward', line }, request),
  ]);
  return { before, after };
}
