/** What is asked before Loki searches: whether it can read the patterns, and how much it would read. */
import type { TimeRange } from '@grafana/data';
import { getLargeSearchBytes } from '../../platform/settings/currentSettings';
import { buildPatternCheck } from '../../query/logs/logKeywords';
import { fetchLokiResource, toNanoseconds } from '../../data/logs/lokiApi';
import type { QueryErrorLike } from '../../data/errors/describeQueryError';
import { keywordsOf, searchedStreams } from './queries';
import { hasPatterns, type Selection } from './selection';

export type Obstacle =
  /** Loki cannot read a keyword as a pattern. */
  | { kind: 'pattern'; keyword: string; message: string }
  /** It would read this many bytes. */
  | { kind: 'heavy'; bytes: number };

/** A longer time range (ms), or one without pods, may be heavy. */
const LONG_RANGE = 6 * 3_600_000;

/** Whether Loki has to read more than the lines that are shown: it stops at the newest only where all lines count. */
const searches = ({ view, include, exclude, levels, volume }: Selection) =>
  view === 'scores' ||
  (view === 'lines' && (include.length + exclude.length + levels.length > 0 || volume === 'range'));

const mayBeHeavy = (selection: Selection, { from, to }: TimeRange) =>
  searches(selection) &&
  (to.valueOf() - from.valueOf() > LONG_RANGE || (selection.pods.length === 0 && selection.job === ''));

/** Whether there is anything to ask; where not, a search starts at once. */
export const needsCheck = (selection: Selection, range: TimeRange): boolean =>
  hasPatterns(selection) || mayBeHeavy(selection, range);

/** A refusal of the query itself, not of the server or of its proxies. */
const isRefused = ({ status }: QueryErrorLike) => status === 400 || status === 422;

async function patternObstacle(selection: Selection, signal: AbortSignal): Promise<Obstacle | undefined> {
  for (const keyword of hasPatterns(selection) ? keywordsOf(selection) : []) {
    try {
      // Nothing is read: no stream has the label. Loki's own check of queries (`format_query`) takes any pattern.
      const now = String(toNanoseconds(Date.now()));
      await fetchLokiResource(
        'query_range',
        { query: buildPatternCheck(keyword), start: now, end: now, limit: '1' },
        signal
      );
    } catch (thrown) {
      const error = thrown as QueryErrorLike;
      if (isRefused(error)) {
        return { kind: 'pattern', keyword: keyword.text, message: error.data?.error ?? error.data?.message ?? '' };
      }
    }
  }
  return undefined;
}

async function weightObstacle(
  selection: Selection,
  range: TimeRange,
  signal: AbortSignal
): Promise<Obstacle | undefined> {
  if (!mayBeHeavy(selection, range)) {
    return undefined;
  }
  const { bytes = 0 } = await fetchLokiResource<{ bytes?: number }>(
    'index/stats',
    {
      query: searchedStreams(selection),
      start: String(toNanoseconds(range.from.valueOf())),
      end: String(toNanoseconds(range.to.valueOf())),
    },
    signal
    // A Loki that cannot tell is asked without.
  ).catch(() => ({ bytes: 0 }));
  return bytes > getLargeSearchBytes() ? { kind: 'heavy', bytes } : undefined;
}

/** What stands in the way of a search; undefined where it may start. */
export async function findObstacle(
  selection: Selection,
  range: TimeRange,
  signal: AbortSignal
): Promise<Obstacle | undefined> {
  return (await patternObstacle(selection, signal)) ?? weightObstacle(selection, range, signal);
}
