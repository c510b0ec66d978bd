import type { TimeRange } from '@grafana/data';
import { sceneGraph, SceneTimeRange, type SceneObject } from '@grafana/scenes';

/**
 * Time range of one search. It takes over the page's range only when the search starts, which may be after the
 * preflight or a confirmation. Changes made in a panel go to the page.
 */
export class SearchTimeRange extends SceneTimeRange {
  /** Evaluates the page's range: `now` becomes the moment of this call. */
  static getCurrent(object: SceneObject): TimeRange {
    const { from, to, timeZone } = sceneGraph.getTimeRange(object).state;
    return new SceneTimeRange({ from, to, timeZone }).state.value;
  }

  constructor(private readonly page: SceneObject) {
    super({});
    this.onTimeRangeChange = (range) => sceneGraph.getTimeRange(this.page).onTimeRangeChange(range);
  }

  // The URL holds the page's range; a second range with the same keys would overwrite it.
  get urlSync() {
    return undefined;
  }

  apply(value: TimeRange) {
    const { from, to, timeZone } = sceneGraph.getTimeRange(this.page).state;
    this.setState({ from, to, timeZone, value });
  }
}
