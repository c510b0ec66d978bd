/** Entries of the journal, from Loki. */
import { fetchLogEntries, toNanoseconds } from '../logs/lokiApi';
import { journalEntries } from '../../query/journal';
import { parseJournal, type JournalEntry, type JournalSubject, type ParsedJournal } from '../../sedna/journal';

/** Lines of a page. Below the limit that Loki has by default (5,000). */
export const PAGE_LINES = 1000;

/** Lines may arrive this much later than newer ones, when a collector catches up. A refresh reads that far back. */
const LATE_MS = 10 * 60_000;

/** How far before the range the state at its start is looked for. Loki refuses longer queries by default. */
const LOOKBACK_MS = 30 * 24 * 3_600_000;
/** Lines before the range: enough for the round that it begins in. */
const LOOKBACK_LINES = 100;

/** Unix time in ms. */
export interface JournalRange {
  from: number;
  to: number;
}

export interface ObjectJournal {
  /** About objects of the name, in the order in which they were seen. */
  entries: readonly JournalEntry[];
  /** Number of lines that are no entries, such as those of a newer exporter. */
  skipped: number;
  range: JournalRange;
  /** Whether the range has no older lines. */
  isComplete: boolean;
  pages: number;
  /** Whether the lines just before the range were fetched, too. */
  hasLookback: boolean;
  /** Time of the oldest line in nanoseconds, to which older pages connect. */
  oldest?: bigint;
  /** Lines by time and text: pages overlap. */
  lines: ReadonlyMap<string, string>;
}

/** Returns whether the journal of an earlier time range only lacks what happened since. */
const canExtend = (known: ObjectJournal, { from, to }: JournalRange) =>
  known.range.from <= from && known.range.to <= to && to - known.range.to < LATE_MS;

/** Returns whether the entries go back to when the object was created. */
const reachesCreation = ({ entries }: ParsedJournal) =>
  entries.some((entry) => entry.what === 'created' || (entry.what === 'condition' && entry.condition.index === 0));

/**
 * Fetches the newest lines about an object, as many older pages as asked for, and then the newest lines before the range,
 * which tell its state at the start. The knowledge base has many rows instead of one state, so these aren't fetched.
 * @param pages - maximum number of pages
 * @param known - journal of the same object that was fetched before; only what it lacks is fetched
 * @throws FetchError
 */
export async function fetchObjectJournal(
  ref: JournalSubject,
  range: JournalRange,
  { pages, known }: { pages: number; known?: ObjectJournal },
  signal?: AbortSignal
): Promise<ObjectJournal> {
  const expr = journalEntries(ref);
  const lines = new Map<string, string>();
  const fetchPage = async (from: number, end: bigint, limit = PAGE_LINES) => {
    const request = { expr, start: toNanoseconds(from), end, limit, direction: 'backward' } as const;
    const { entries, limit: answered = limit } = await fetchLogEntries(request, signal);
    entries.forEach(({ time, text }) => lines.set(`${time} ${text}`, text));
    return { isLast: entries.length < answered, oldest: entries.at(-1)?.time };
  };
  const base = known && canExtend(known, range) ? known : undefined;
  const newest = await fetchPage(base ? base.range.to - LATE_MS : range.from, toNanoseconds(range.to));
  // With more new lines than a page has, the known ones would no longer connect.
  const isExtended = base !== undefined && newest.isLast;
  if (isExtended) {
    base.lines.forEach((text, key) => lines.set(key, text));
  }
  let loaded = isExtended ? base.pages : 1;
  let oldest = isExtended ? (base.oldest ?? newest.oldest) : newest.oldest;
  // A narrower range may be complete although the known one isn't.
  const coversStart = oldest !== undefined && oldest < toNanoseconds(range.from);
  let isComplete = isExtended ? base.isComplete || coversStart : newest.isLast;
  while (!isComplete && loaded < pages && oldest !== undefined) {
    // The end is exclusive, and several lines may have the same time.
    const page = await fetchPage(range.from, oldest + BigInt(1));
    isComplete = page.isLast || page.oldest === oldest;
    oldest = page.oldest ?? oldest;
    loaded += 1;
  }
  let hasLookback = isExtended && (base.hasLookback || coversStart);
  let parsed = parseJournal(lines.values());
  if (isComplete && !hasLookback && ref.kind !== 'KnowledgeBase' && !reachesCreation(parsed)) {
    await fetchPage(range.from - LOOKBACK_MS, toNanoseconds(range.from), LOOKBACK_LINES);
    hasLookback = true;
    parsed = parseJournal(lines.values());
  }
  return {
    entries: parsed.entries.filter(
      ({ cluster, kind, namespace, name }) =>
        kind === ref.kind &&
        namespace === ref.namespace &&
        name === ref.name &&
        (ref.cluster === undefined || cluster === undefined || cluster === ref.cluster)
    ),
    skipped: Object.values(parsed.skipped).reduce((sum, count) => sum + count, 0),
    range,
    isComplete,
    pages: loaded,
    hasLookback,
    oldest,
    lines,
  };
}
