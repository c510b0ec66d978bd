import { LoadingState } from '@grafana/data';
import {
  sceneGraph,
  SceneQueryRunner,
  SceneTimeRange,
  type SceneObject,
  type SceneTimeRangeState,
} from '@grafana/scenes';

const isAsking = (object: SceneObject) =>
  object instanceof SceneQueryRunner && object.state.data?.state === LoadingState.Loading;

/**
 * A time range that skips a refresh while an answer is awaited. Without it, a server that needs longer than the
 * refresh interval never gets to answer: each refresh drops the query under way and sends it again.
 */
export class RefreshGuardTimeRange extends SceneTimeRange {
  constructor(state: Partial<SceneTimeRangeState>) {
    super(state);
    const refresh = this.onRefresh;
    this.onRefresh = () => {
      if (sceneGraph.findAllObjects(this.getRoot(), isAsking).length === 0) {
        refresh();
      }
    };
  }
}
