import { useEffect, useRef, useState } from 'react';
import type { QueryErrorLike } from './explainError';

export type Answer<T> = { state: 'loading' } | { state: 'done'; value: T } | { state: 'error'; error: QueryErrorLike };

/** A server that is away is asked again, so that a page recovers by itself. */
const RETRY_AFTER = 5000;

/**
 * Runs a request when `ask` changes, and again a while after it failed. One request at a time: where `ask` changes
 * while one is awaited, its answer is shown first, so that a slow server is not asked faster than it answers.
 * @param ask must be stable (useCallback); its rejections are shown, not thrown
 */
export function useAnswer<T>(ask: () => Promise<T>): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ state: 'loading' });
  const work = useRef<{ ask: () => Promise<T>; asking: boolean; timer?: ReturnType<typeof setTimeout> }>({
    ask,
    asking: false,
  });
  const mounted = useRef(true);

  useEffect(() => {
    const job = work.current;
    mounted.current = true;
    return () => {
      mounted.current = false;
      clearTimeout(job.timer);
    };
  }, []);

  useEffect(() => {
    const job = work.current;
    const run = async () => {
      job.asking = true;
      clearTimeout(job.timer);
      const asked = job.ask;
      const result: Answer<T> = await asked().then(
        (value) => ({ state: 'done', value }),
        (error: QueryErrorLike) => ({ state: 'error', error })
      );
      job.asking = false;
      if (!mounted.current) {
        return;
      }
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
