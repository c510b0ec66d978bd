import { LoadingState } from '@grafana/data';
import type { SceneQueryRunner } from '@grafana/scenes';
import { classifyQueryError } from '../errors/describeQueryError';
import { getQueryError } from './requestState';

/** Milliseconds until a server that is away is asked again. */
const RETRY_AFTER = 5000;

/** A behaviour of a query runner on pages without a refresh of their own: they recover when the server is back. */
export function retryUnreachable(runner: SceneQueryRunner) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const subscription = runner.subscribeToState(({ data }) => {
    const failure = getQueryError(data);
    clearTimeout(timer);
    if (data?.state === LoadingState.Error && failure && classifyQueryError(failure) === 'unreachable') {
      timer = setTimeout(() => runner.runQueries(), RETRY_AFTER);
    }
  });
  return () => {
    clearTimeout(timer);
    subscription.unsubscribe();
  };
}
