/** Changes of the page's time range that do not come from its picker. */
import { dateTime } from '@grafana/data';
import { sceneGraph, type SceneObject } from '@grafana/scenes';

/** An end of a time range: Unix time in ms, or as Grafana writes relative times. */
export type RangeEnd = number | string;

/** How the page's time range is written now: what is absolute stays so, what is relative too. */
export function writtenRange(object: SceneObject): { from: string; to: string } {
  const { from, to } = sceneGraph.getTimeRange(object).state;
  return { from, to };
}

/** Sets the page's time range. */
export function setPageRange(object: SceneObject, from: RangeEnd, to: RangeEnd): void {
  const range = sceneGraph.getTimeRange(object);
  const raw = (end: RangeEnd) => (typeof end === 'number' ? dateTime(Math.round(end)) : end);
  range.onTimeRangeChange({ ...range.state.value, raw: { from: raw(from), to: raw(to) } });
}
