/** Reads the lines around a line. Runs where no browser is. */
import { excludeSeenEntries, type FetchLogLines, type LineRequest, type LogEntry } from '../../../data/logs/logEntries';
import { parseLogOrigin } from '../../../sedna/logs';

/** What was read on one side of the line. */
export interface ContextSide {
  direction: LineRequest['direction'];
  /** From the line outwards; without the line itself. */
  entries: LogEntry[];
  /** Where the next reading starts (Unix, ns): exclusive backward, inclusive forward. */
  edge: bigint;
  /** Entries that were read already, of those that the next reading meets again. */
  border: LogEntry[];
  /** The line, while it is still to be met among them. */
  line?: LogEntry;
  /** How far the next reading looks at most (ns). */
  span: bigint;
}

interface Reading {
  ask: FetchLogLines;
  expr: string;
  /** Entries to add to a side; fewer where there are no more within its span, one more where the line was expected. */
  count: number;
  signal?: AbortSignal;
}

const FIRST_SPAN = BigInt(6 * 3600) * BigInt(1_000_000_000);
/** Each reading that found too little looks so much further. */
const GROWTH = BigInt(4);

const isSameOrigin = (a: LogEntry, b: LogEntry) => {
  const [one, other] = [parseLogOrigin(a.labels), parseLogOrigin(b.labels)];
  return one.pod === other.pod && one.container === other.container;
};

/** Takes the line itself out of a side when it is met; a panel may show its text otherwise than Loki has it. */
function withoutLine(side: ContextSide): ContextSide {
  const { line, entries, edge } = side;
  if (!line) {
    return side;
  }
  const alike = entries.filter((entry) => entry.time === line.time && isSameOrigin(entry, line));
  const isPast = edge > line.time;
  const self = alike.find(({ text }) => text === line.text) ?? (isPast && alike.length === 1 ? alike[0] : undefined);
  return {
    ...side,
    entries: entries.filter((entry) => entry !== self),
    line: self || isPast ? undefined : line,
  };
}

/** Reads on, away from the line; errors as `ask`. */
export async function readOn(side: ContextSide, { ask, expr, count, signal }: Reading): Promise<ContextSide> {
  const { direction, edge, border, span, line } = side;
  const isBackward = direction === 'backward';
  const far = isBackward ? edge - span : edge + span;
  const limit = count + border.length + (line ? 1 : 0);
  const { entries } = await ask(
    { expr, direction, limit, start: isBackward ? far : edge, end: isBackward ? edge : far },
    signal
  );
  const fresh = excludeSeenEntries(entries, border);
  const read = { ...side, entries: [...side.entries, ...fresh] };
  if (entries.length < limit) {
    return withoutLine({ ...read, edge: far, border: [], span: span * GROWTH });
  }
  // The last time may hold more lines, so it is read again with the next ones.
  const last = entries[entries.length - 1].time;
  return withoutLine({
    ...read,
    edge: isBackward ? last + BigInt(1) : last,
    border: border[0]?.time === last ? [...border, ...fresh] : entries.filter(({ time }) => time === last),
  });
}

/** Reads both sides of a line for the first time; what has its own time stands behind it. Errors as `ask`. */
export async function readAround(line: LogEntry, reading: Reading): Promise<Record<'before' | 'after', ContextSide>> {
  const unread = { entries: [], edge: line.time, border: [], span: FIRST_SPAN };
  const [before, after] = await Promise.all([
    readOn({ ...unread, direction: 'backward' }, reading),
    readOn({ ...unread, direction: 'forward', line }, reading),
  ]);
  return { before, after };
}
