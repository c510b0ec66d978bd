/** Deleted objects, which only the journal remembers. */
import { fetchLogEntries, toNanoseconds } from '../logs/lokiApi';
import { deletedObjects } from '../../query/journal';
import { findKind } from '../../sedna/kinds';
import { parseJournal } from '../../sedna/journal';
import type { ObjectRef } from '../../sedna/objectRef';
import { splitWords } from '../../sedna/search';

/** Days that one search covers. Loki refuses longer queries by default. */
const SEARCH_DAYS = 30;
const SEARCH_MS = SEARCH_DAYS * 24 * 3_600_000;

/** Lines of one search; more objects need a longer name. */
const MAX_LINES = 500;

export interface DeletedObject {
  /** With the uid, which tells objects of one name apart. */
  ref: ObjectRef;
  /** Unix time in seconds. */
  deleted: number;
  /** Whether it was deleted while the exporter was away, so that `deleted` is when that was noticed. */
  deletedWhileAway: boolean;
}

export interface DeletedObjects {
  /** Newest first. */
  objects: readonly DeletedObject[];
  skipped: number;
  /** Whether there are more objects than one search returns. */
  isTruncated: boolean;
  /** Start of the search, Unix time in ms. */
  from: number;
}

/**
 * Finds objects that were deleted in the days before a time, by words in their name.
 * @param text - words
 * @param namespace - empty for all
 * @param kind - empty for all
 * @param to - Unix time in ms
 * @throws FetchError
 */
export async function fetchDeletedObjects(
  text: string,
  namespace: string,
  kind: string,
  to: number,
  signal?: AbortSignal
): Promise<DeletedObjects> {
  const from = to - SEARCH_MS;
  const words = splitWords(text);
  const expr = deletedObjects(words, namespace, kind);
  const { entries, limit = MAX_LINES } = await fetchLogEntries(
    { expr, start: toNanoseconds(from), end: toNanoseconds(to), limit: MAX_LINES, direction: 'backward' },
    signal
  );
  const parsed = parseJournal(entries.map((entry) => entry.text));
  const objects = parsed.entries.flatMap((entry): DeletedObject[] => {
    const found = findKind(entry.kind)?.kind;
    const hasWords = words.every((word) => entry.name.toLowerCase().includes(word));
    return found && (kind === '' || found === kind) && hasWords && entry.what === 'deleted'
      ? [
          {
            ref: { kind: found, namespace: entry.namespace, name: entry.name, uid: entry.uid },
            deleted: Date.parse(entry.time) / 1000,
            deletedWhileAway: entry.away === true,
          },
        ]
      : [];
  });
  return {
    objects: objects.sort((a, b) => b.deleted - a.deleted),
    skipped: Object.values(parsed.skipped).reduce((sum, count) => sum + count, 0),
    isTruncated: entries.length >= limit,
    from,
  };
}
