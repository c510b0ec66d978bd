import type { TimeRange } from '@grafana/data';
import { sceneGraph, SceneTimeRange, type SceneObject } from '@grafana/scenes';

/**
 * The time range of one look at logs: it follows that of the page only when the look begins, for a heavy search has to
 * be asked about first. What a panel changes goes to the page.
 */
export class LookRange extends SceneTimeRange {
  /** The page's range as it is now: `now` is the moment of this call. */
  static current(object: SceneObject): TimeRange {
    const { from, to, timeZone } = sceneGraph.getTimeRange(object).state;
    return new SceneTimeRange({ from, to, timeZone }).state.value;
  }

  constructor(private readonly page: SceneObject) {
    super({});
    this.onTimeRangeChange = (range) => sceneGraph.getTimeRange(this.page).onTimeRangeChange(range);
  }

  /** The page's range is in the URL; this one follows it. */
  get urlSync() {
    return undefined;
  }

  take(value: TimeRange) {
    const { from, to, timeZone } = sceneGraph.getTimeRange(this.page).state;
    this.setState({ from, to, timeZone, value });
  }
}
