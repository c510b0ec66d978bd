import { useEffect, useRef, useState } from 'react';
import type { QueryErrorLike } from '../errors/describeQueryError';

export type RequestState<T> =
  { state: 'loading' } | { state: 'done'; value: T } | { state: 'error'; error: QueryErrorLike };

/** A server that is away is asked again, so that a page recovers by itself. */
const RETRY_AFTER = 5000;

interface Work<T> {
  ask: (signal: AbortSignal) => Promise<T>;
  asking: boolean;
  leaving: AbortController;
  timer?: ReturnType<typeof setTimeout>;
}

/**
 * Runs a request when `ask` changes, and again a while after it failed. One request at a time: where `ask` changes
 * while one is awaited, its answer is shown first, so that a slow server is not asked faster than it answers.
 * @param ask must be stable (useCallback); its rejections are shown, not thrown; its signal aborts when the page is left
 */
export function useRequest<T>(ask: Work<T>['ask']): RequestState<T> {
  const [answer, setAnswer] = useState<RequestState<T>>({ state: 'loading' });
  const work = useRef<Work<T>>({ ask, asking: false, leaving: new AbortController() });

  useEffect(() => {
    const job = work.current;
    const leaving = (job.leaving = new AbortController());
    return () => {
      leaving.abort();
      job.asking = false;
      clearTimeout(job.timer);
    };
  }, []);

  useEffect(() => {
    const job = work.current;
    const run = async () => {
      job.asking = true;
      clearTimeout(job.timer);
      const { ask: asked, leaving } = job;
      const result: RequestState<T> = await asked(leaving.signal).then(
        (value) => ({ state: 'done', value }),
        (error: QueryErrorLike) => ({ state: 'error', error })
      );
      if (leaving.signal.aborted) {
        return;
      }
      job.asking = false;
      setAnswer(result);
      if (job.ask !== asked) {
        run();
      } else if (result.state === 'error') {
        job.timer = setTimeout(run, RETRY_AFTER);
      }
    };
    job.ask = ask;
    if (!job.asking) {
      run();
    }
  }, [ask]);

  return answer;
}
