/** The page's time range for views, and changes to it that don't come from its picker. */
import { dateTime, type TimeRange } from '@grafana/data';
import { sceneGraph, type SceneObject } from '@grafana/scenes';
import type { TimeZone } from '@grafana/schema';

/** Unix time in ms, or a relative time such as `now-6h`. */
export type RangeEnd = number | string;

export interface PageTimeRange {
  /** As written in the URL: relative times stay relative. */
  written: { from: string; to: string };
  value: TimeRange;
  timeZone: TimeZone;
}

/** Renders again when the time range or its zone changes. */
export function usePageTimeRange(object: SceneObject): PageTimeRange {
  const timeRange = sceneGraph.getTimeRange(object);
  const { from, to, value } = timeRange.useState();
  return { written: { from, to }, value, timeZone: timeRange.getTimeZone() };
}

export function setPageTimeRange(object: SceneObject, from: RangeEnd, to: RangeEnd): void {
  const timeRange = sceneGraph.getTimeRange(object);
  const toRaw = (end: RangeEnd) => (typeof end === 'number' ? dateTime(Math.round(end)) : end);
  timeRange.onTimeRangeChange({ ...timeRange.state.value, raw: { from: toRaw(from), to: toRaw(to) } });
}
