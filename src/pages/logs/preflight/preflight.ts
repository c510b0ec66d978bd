/** Requests before a search: whether Loki can parse its regular expressions, and how much it would read. */
import type { TimeRange } from '@grafana/data';
import { getLargeSearchBytes } from '../../../platform/settings/currentSettings';
import { parseServerMessage, type QueryErrorLike } from '../../../data/errors/serverMessage';
import { buildPatternCheck } from '../../../query/logs/logKeywords';
import { fetchLokiResource, toNanoseconds } from '../../../data/logs/lokiApi';
import { buildSearchStreamSelector, toKeywords } from '../queries';
import { hasRegexKeywords, type Selection } from '../selection';

export type SearchBlocker =
  /** Loki can't parse a keyword as a regular expression; `message` is Loki's own. */
  | { kind: 'regex'; keyword: string; message: string }
  /** The search reads this many bytes, more than the settings allow without a confirmation. */
  | { kind: 'large'; bytes: number };

/** A longer time range, or a search without pods, may be large. */
const LONG_RANGE_MS = 6 * 3_600_000;

/**
 * Whether Loki reads more than the lines that are shown. It stops at the newest lines only if nothing filters them
 * and nothing counts the whole range.
 */
const readsWholeRange = ({ view, include, exclude, levels, volume }: Selection) =>
  view === 'scores' ||
  (view === 'lines' && (include.length + exclude.length + levels.length > 0 || volume === 'range'));

const mayBeLarge = (selection: Selection, { from, to }: TimeRange) =>
  readsWholeRange(selection) &&
  (to.valueOf() - from.valueOf() > LONG_RANGE_MS || (selection.pods.length === 0 && selection.job === ''));

/** Whether a search has anything to check; if not, it starts at once. */
export const needsPreflight = (selection: Selection, range: TimeRange): boolean =>
  hasRegexKeywords(selection) || mayBeLarge(selection, range);

/** Whether Loki rejected the query itself, as opposed to an error of the server or a proxy. */
const isQueryRejected = ({ status }: QueryErrorLike) => status === 400 || status === 422;

async function findRegexError(selection: Selection, signal: AbortSignal): Promise<SearchBlocker | undefined> {
  for (const keyword of hasRegexKeywords(selection) ? toKeywords(selection) : []) {
    try {
      // A query that matches no stream, so it reads nothing. Loki's `format_query` accepts any pattern.
      const now = String(toNanoseconds(Date.now()));
      await fetchLokiResource(
        'query_range',
        { query: buildPatternCheck(keyword), start: now, end: now, limit: '1' },
        signal
      );
    } catch (thrown) {
      const error = thrown as QueryErrorLike;
      if (isQueryRejected(error)) {
        return { kind: 'regex', keyword: keyword.text, message: parseServerMessage(error).text };
      }
    }
  }
  return undefined;
}

async function findLargeSearch(
  selection: Selection,
  range: TimeRange,
  signal: AbortSignal
): Promise<SearchBlocker | undefined> {
  if (!mayBeLarge(selection, range)) {
    return undefined;
  }
  const { bytes = 0 } = await fetchLokiResource<{ bytes?: number }>(
    'index/stats',
    {
      query: buildSearchStreamSelector(selection),
      start: String(toNanoseconds(range.from.valueOf())),
      end: String(toNanoseconds(range.to.valueOf())),
    },
    signal
    // A Loki without this endpoint is searched unchecked.
  ).catch(() => ({ bytes: 0 }));
  return bytes > getLargeSearchBytes() ? { kind: 'large', bytes } : undefined;
}

/** Returns what keeps a search from starting, a regular expression first; undefined if it may start. Never throws. */
export async function findSearchBlocker(
  selection: Selection,
  range: TimeRange,
  signal: AbortSignal
): Promise<SearchBlocker | undefined> {
  return (await findRegexError(selection, signal)) ?? findLargeSearch(selection, range, signal);
}
