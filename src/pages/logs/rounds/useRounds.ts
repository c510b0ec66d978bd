import { useEffect, useRef, useState } from 'react';
import type { QueryErrorLike } from '../../../data/errors/classifyQueryError';
import type { JournalRange } from '../../../data/journal/fetchJournal';
import { fetchRounds, type RoundsResult } from '../../../data/rounds/fetchRounds';
import { LOG_PADDING_MS } from '../../../data/rounds/roundHistory';
import type { ObjectRef } from '../../../sedna/objectRef';

const DAY_MS = 24 * 3_600_000;

/** How far back rounds are searched at least, then at most if the first search finds none. */
export const LOOKBACK_MS = [DAY_MS, 30 * DAY_MS] as const;

/**
 * Fetches the rounds of a job on demand and keeps the response: the newest ones and, if these don't reach back to the time
 * range of the page, those up to its end.
 * @param range - the page's time range (Unix, ms); an earlier start extends the search
 */
export function useRounds(ref: ObjectRef, range: JournalRange) {
  /** Newest first. */
  const [rounds, setRounds] = useState<readonly RoundsResult[]>();
  const [error, setError] = useState<QueryErrorLike>();
  const response = useRef<Promise<readonly RoundsResult[] | undefined>>(undefined);
  const unmount = useRef<AbortController>(undefined);
  useEffect(() => {
    const controller = (unmount.current = new AbortController());
    return () => controller.abort();
  }, []);

  const fetchAll = async (signal: AbortSignal): Promise<readonly RoundsResult[]> => {
    const now = Date.now();
    const fetchSince = (ageMs: number) => fetchRounds(ref, { from: now - ageMs, to: now }, signal);
    const rangeAge = now - range.from;
    const recent = await fetchSince(Math.max(LOOKBACK_MS[0], rangeAge));
    if (recent.rounds.length === 0 && rangeAge < LOOKBACK_MS[1]) {
      return [await fetchSince(LOOKBACK_MS[1])];
    }
    const end = Math.min(range.to + LOG_PADDING_MS, recent.from);
    return recent.isTruncated && range.from < recent.from
      ? [recent, await fetchRounds(ref, { from: end - LOOKBACK_MS[1], to: end }, signal)]
      : [recent];
  };
  const sendRequests = async (): Promise<readonly RoundsResult[] | undefined> => {
    try {
      const found = await fetchAll(unmount.current?.signal ?? AbortSignal.abort());
      setRounds(found);
      setError(undefined);
      return found;
    } catch (thrown) {
      setError(thrown as QueryErrorLike);
      return undefined;
    }
  };
  /**
   * Never rejects: resolves with undefined after an error, which is in `error`.
   * @param isForced sends a request even if there is a response, which may lack a round that has started since
   */
  const loadRounds = (isForced: boolean): Promise<readonly RoundsResult[] | undefined> =>
    isForced || !response.current ? (response.current = sendRequests()) : response.current;
  return { loadRounds, rounds, error };
}
