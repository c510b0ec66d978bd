import { useEffect, useRef, useState } from 'react';
import type { QueryErrorLike } from '../errors/classifyQueryError';
import { toFailedState, type RequestState } from './requestState';
import { RETRY_DELAY_MS } from './retryPolicy';

interface Work<T> {
  fetchValue: (signal: AbortSignal) => Promise<T>;
  isFetching: boolean;
  unmount: AbortController;
  timer?: ReturnType<typeof setTimeout>;
}

/**
 * Sends a request when `fetchValue` changes, and again after it failed. Sends one at a time: if `fetchValue` changes
 * during a request, the next one starts after the response, so that a slow server doesn't get more requests than it
 * can answer.
 * @param fetchValue must be stable (`useCallback`); its signal aborts when the component unmounts
 */
export function useRequest<T>(fetchValue: Work<T>['fetchValue']): RequestState<T> {
  const [request, setRequest] = useState<RequestState<T>>({ state: 'loading' });
  const work = useRef<Work<T>>({ fetchValue, isFetching: false, unmount: new AbortController() });

  useEffect(() => {
    const job = work.current;
    const unmount = (job.unmount = new AbortController());
    return () => {
      unmount.abort();
      job.isFetching = false;
      clearTimeout(job.timer);
    };
  }, []);

  useEffect(() => {
    const job = work.current;
    const run = async () => {
      job.isFetching = true;
      clearTimeout(job.timer);
      const { fetchValue: sent, unmount } = job;
      const result = await sent(unmount.signal).then(
        (value): RequestState<T> => ({ state: 'done', value }),
        (error: QueryErrorLike) => toFailedState<T>(error)
      );
      if (unmount.signal.aborted) {
        return;
      }
      job.isFetching = false;
      setRequest(result);
      if (job.fetchValue !== sent) {
        run();
      } else if (result.state === 'failed') {
        job.timer = setTimeout(run, RETRY_DELAY_MS);
      }
    };
    job.fetchValue = fetchValue;
    if (!job.isFetching) {
      run();
    }
  }, [fetchValue]);

  return request;
}
