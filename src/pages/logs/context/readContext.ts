/** Reads the lines around a line. Runs where no browser is. */
import { withoutRead, type AskForLines, type LineRequest, type LogEntry } from '../../../scenes/logEntries';
import { originOf } from '../../../sedna/logs';

/** What was read on one side of the line. */
export interface ContextSide {
  direction: LineRequest['direction'];
  /** From the line outwards; without the line itself. */
  entries: LogEntry[];
  /** Where the next reading starts (Unix, ns): exclusive backward, inclusive forward. */
  edge: bigint;
  /** Entries that were read already, of those that the next reading meets again. */
  border: LogEntry[];
  /** How far the next reading looks at most (ns). */
  span: bigint;
}

interface Reading {
  ask: AskForLines;
  expr: string;
  /** Entries to add to a side; fewer where there are no more within its span. */
  count: number;
  signal?: AbortSignal;
}

const FIRST_SPAN = BigInt(6 * 3600) * BigInt(1_000_000_000);
/** Each reading that found too little looks so much further. */
const GROWTH = BigInt(4);

/** Both sides of a line before anything is read: what has the line's own time stands behind it. */
export const unreadSides = ({ time }: LogEntry): Record<'before' | 'after', ContextSide> => ({
  before: { direction: 'backward', entries: [], edge: time, border: [], span: FIRST_SPAN },
  after: { direction: 'forward', entries: [], edge: time, border: [], span: FIRST_SPAN },
});

/** Reads on, away from the line; errors as `ask`. */
export async function readOn(side: ContextSide, { ask, expr, count, signal }: Reading): Promise<ContextSide> {
  const { direction, edge, border, span } = side;
  const isBackward = direction === 'backward';
  const far = isBackward ? edge - span : edge + span;
  const limit = count + border.length;
  const { entries } = await ask(
    { expr, direction, limit, start: isBackward ? far : edge, end: isBackward ? edge : far },
    signal
  );
  const fresh = withoutRead(entries, border);
  const last = entries[entries.length - 1]?.time;
  if (entries.length < limit) {
    return { ...side, entries: [...side.entries, ...fresh], edge: far, border: [], span: span * GROWTH };
  }
  const stillAtBorder = border.length > 0 && border[0].time === last;
  return {
    ...side,
    entries: [...side.entries, ...fresh],
    // The last time may hold more lines, so it is read again with the next ones.
    edge: isBackward ? last + BigInt(1) : last,
    border: stillAtBorder ? [...border, ...fresh] : entries.filter(({ time }) => time === last),
  };
}

const isSameOrigin = (a: LogEntry, b: LogEntry) => {
  const [one, other] = [originOf(a.labels), originOf(b.labels)];
  return one.pod === other.pod && one.container === other.container;
};

/** Takes the line itself out of what follows it. A panel may show its text otherwise than Loki has it. */
export function withoutLine(entries: readonly LogEntry[], line: LogEntry): LogEntry[] {
  const candidates = entries.filter((entry) => entry.time === line.time && isSameOrigin(entry, line));
  const self =
    candidates.find(({ text }) => text === line.text) ?? (candidates.length === 1 ? candidates[0] : undefined);
  return entries.filter((entry) => entry !== self);
}

/**
 * Reads both sides of a line for the first time; errors as `ask`.
 */
export async function readAround(line: LogEntry, reading: Reading): Promise<Record<'before' | 'after', ContextSide>> {
  const sides = unreadSides(line);
  const [before, after] = await Promise.all([
    readOn(sides.before, reading),
    // The line itself is among them.
    readOn(sides.after, { ...reading, count: reading.count + 1 }),
  ]);
  return { before, after: { ...after, entries: withoutLine(after.entries, line) } };
}
