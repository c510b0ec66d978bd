import { LoadingState } from '@grafana/data';
import type { SceneQueryRunner } from '@grafana/scenes';
import { troubleOf } from '../components/explainError';
import { failureOf } from '../components/useLastAnswer';

/** Milliseconds until a server that is away is asked again. */
const RETRY_AFTER = 5000;

/** A behaviour of a query runner on pages without a refresh of their own: they recover when the server is back. */
export function retryUnreachable(runner: SceneQueryRunner) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const subscription = runner.subscribeToState(({ data }) => {
    const failure = failureOf(data);
    clearTimeout(timer);
    if (data?.state === LoadingState.Error && failure && troubleOf(failure) === 'unreachable') {
      timer = setTimeout(() => runner.runQueries(), RETRY_AFTER);
    }
  });
  return () => {
    clearTimeout(timer);
    subscription.unsubscribe();
  };
}
