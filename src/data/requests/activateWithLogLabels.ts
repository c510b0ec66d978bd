import type { SceneDataQuery, SceneQueryRunner } from '@grafana/scenes';
import { withLogLabels } from '../logs/detectLogLabels';

/**
 * Activates a runner once its queries can be built, because they depend on the log labels. A runner without queries would
 * be done at once, and its empty response would look like one of Loki.
 * @returns a function that deactivates it
 */
export function activateWithLogLabels(
  runner: SceneQueryRunner,
  buildQueries: () => SceneDataQuery[] | undefined
): () => void {
  let isOver = false;
  let deactivate: (() => void) | undefined;
  withLogLabels(() => {
    const queries = isOver ? undefined : buildQueries();
    if (queries) {
      runner.setState({ queries });
      if (deactivate) {
        runner.runQueries();
      } else {
        deactivate = runner.activate();
      }
    }
  });
  return () => {
    isOver = true;
    deactivate?.();
  };
}
