import { dateMath, dateTimeFormat, rangeUtil } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';

/** Formats a time range as written in the URL: `Last 6 hours`, or its two ends. */
export function formatWrittenRange(range: { from: string; to: string }, timeZone: TimeZone): string {
  const isRelative = (end: string) => dateMath.isMathString(end);
  const { from, to } = range;
  return isRelative(from) && isRelative(to)
    ? rangeUtil.describeTimeRange(range)
    : [from, to].map((end) => (isRelative(end) ? end : dateTimeFormat(end, { timeZone }))).join(' – ');
}
