import { LoadingState } from '@grafana/data';
import {
  sceneGraph,
  SceneQueryRunner,
  SceneTimeRange,
  type SceneObject,
  type SceneTimeRangeState,
} from '@grafana/scenes';

const isLoading = (object: SceneObject) =>
  object instanceof SceneQueryRunner && object.state.data?.state === LoadingState.Loading;

/**
 * Time range that skips a refresh while a query runs. Otherwise, a data source that needs longer than the refresh interval
 * never responds: each refresh cancels the running query and sends it again.
 */
export class RefreshGuardTimeRange extends SceneTimeRange {
  constructor(state: Partial<SceneTimeRangeState>) {
    super(state);
    const refresh = this.onRefresh;
    this.onRefresh = () => {
      if (sceneGraph.findAllObjects(this.getRoot(), isLoading).length === 0) {
        refresh();
      }
    };
  }
}
