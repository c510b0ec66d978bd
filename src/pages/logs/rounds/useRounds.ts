import { useEffect, useRef, useState } from 'react';
import type { QueryErrorLike } from '../../../data/errors/classifyQueryError';
import { fetchRounds, type RoundsResult } from '../../../data/rounds/fetchRounds';

const DAY_MS = 24 * 3_600_000;

/** How far back rounds are searched at least, then at most if the first search finds none. */
export const LOOKBACK_MS = [DAY_MS, 30 * DAY_MS] as const;

/** The only kind of job that has rounds. */
export const JOB_KIND = 'LifelongLearningJob';

/**
 * Fetches the rounds of a job on demand and keeps the response.
 * @param from start of the page's time range (Unix, ms); an earlier start extends the search
 */
export function useRounds(name: string, namespace: string, from: number) {
  const [rounds, setRounds] = useState<RoundsResult>();
  const [error, setError] = useState<QueryErrorLike>();
  const response = useRef<Promise<RoundsResult | undefined>>(undefined);
  const unmount = useRef<AbortController>(undefined);
  useEffect(() => {
    const controller = (unmount.current = new AbortController());
    return () => controller.abort();
  }, []);

  const sendRequests = async (): Promise<RoundsResult | undefined> => {
    const signal = unmount.current?.signal ?? AbortSignal.abort();
    const fetchSince = (ageMs: number) => fetchRounds({ kind: JOB_KIND, namespace, name }, Date.now() - ageMs, signal);
    try {
      const rangeAge = Date.now() - from;
      const recent = await fetchSince(Math.max(LOOKBACK_MS[0], rangeAge));
      const found = recent.rounds.length > 0 || rangeAge >= LOOKBACK_MS[1] ? recent : await fetchSince(LOOKBACK_MS[1]);
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
  const loadRounds = (isForced: boolean): Promise<RoundsResult | undefined> =>
    isForced || !response.current ? (response.current = sendRequests()) : response.current;
  return { loadRounds, rounds, error };
}
