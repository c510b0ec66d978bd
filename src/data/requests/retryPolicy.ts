import { LoadingState } from '@grafana/data';
import type { SceneQueryRunner } from '@grafana/scenes';
import { classifyQueryError, isTransient } from '../errors/classifyQueryError';
import { getQueryError } from './requestState';

/** Delay before a failed request is retried, so that pages recover without a reload. */
export const RETRY_DELAY_MS = 5000;

/** Scene behavior of a query runner on a page without auto-refresh: retries while the server is unreachable or not ready. */
export function retryUnreachable(runner: SceneQueryRunner) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const subscription = runner.subscribeToState(({ data }) => {
    const failure = getQueryError(data);
    clearTimeout(timer);
    if (data?.state === LoadingState.Error && failure && isTransient(classifyQueryError(failure))) {
      timer = setTimeout(() => runner.runQueries(), RETRY_DELAY_MS);
    }
  });
  return () => {
    clearTimeout(timer);
    subscription.unsubscribe();
  };
}
