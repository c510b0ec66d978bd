import { LoadingState } from '@grafana/data';
import type { SceneQueryRunner } from '@grafana/scenes';
import { classifyQueryError } from '../errors/classifyQueryError';
import { halveLimit } from '../logs/fewerLines';
import { getQueryError } from './requestState';

/** Returns the smallest line limit of a runner's queries; undefined if none has one. */
export function getLineLimit({ queries }: Pick<SceneQueryRunner['state'], 'queries'>): number | undefined {
  const limits = queries.flatMap(({ maxLines }) => (typeof maxLines === 'number' ? [maxLines] : []));
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** Scene behavior of a runner for log lines: halves the limit while the response is too large to be sent. */
export function reduceLines(runner: SceneQueryRunner) {
  const subscription = runner.subscribeToState(({ data, queries }, before) => {
    const failure = data === before.data ? undefined : getQueryError(data);
    const limit = getLineLimit({ queries });
    const fewer = limit === undefined ? undefined : halveLimit(limit);
    if (
      data?.state === LoadingState.Error &&
      failure &&
      fewer !== undefined &&
      classifyQueryError(failure) === 'too-large'
    ) {
      runner.setState({
        queries: queries.map((query) => (typeof query.maxLines === 'number' ? { ...query, maxLines: fewer } : query)),
      });
      runner.runQueries();
    }
  });
  return () => subscription.unsubscribe();
}
