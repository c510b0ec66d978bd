import { LoadingState } from '@grafana/data';
import {
  sceneGraph,
  SceneQueryRunner,
  SceneTimeRange,
  type SceneObject,
  type SceneTimeRangeState,
} from '@grafana/scenes';
import { setPageTimeZone } from '../../platform/pageTimeZone';

const isLoading = (object: SceneObject) =>
  object instanceof SceneQueryRunner && object.state.data?.state === LoadingState.Loading;

/**
 * Time range that skips a refresh while a query runs. Otherwise, a data source that needs longer than the refresh interval
 * never responds: each refresh cancels the running query and sends it again. All times of the page have its time zone.
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
    this.addActivationHandler(() => {
      setPageTimeZone(this.getTimeZone());
      this._subs.add(this.subscribeToState(() => setPageTimeZone(this.getTimeZone())));
    });
  }
}
