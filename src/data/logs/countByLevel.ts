import { FieldType, rangeUtil, type DataFrame, type TimeRange } from '@grafana/data';
import { LEVEL_LABEL } from '../../query/logs/logql';
import { LOG_LEVELS } from '../../sedna/logs';
import { toLogLines } from './logRows';

const MAX_BARS = 120;

/** Counts log lines over the time range: one frame per level that occurs, most severe first; times in ms. */
export function countByLevel(frames: readonly DataFrame[], { from, to, raw }: TimeRange): DataFrame[] {
  const step = rangeUtil.calculateInterval({ from, to, raw }, MAX_BARS).intervalMs;
  const first = Math.floor(from.valueOf() / step) * step;
  const times = Array.from({ length: Math.floor((to.valueOf() - first) / step) + 1 }, (_, bar) => first + bar * step);
  const counts = new Map<string, number[]>();
  for (const { time, labels } of toLogLines(frames)) {
    const level = labels[LEVEL_LABEL] ?? 'unknown';
    const bars = counts.get(level) ?? times.map(() => 0);
    counts.set(level, bars);
    const bar = Math.floor((time - first) / step);
    if (bar >= 0 && bar < bars.length) {
      bars[bar]++;
    }
  }
  return LOG_LEVELS.filter((level) => counts.has(level)).map((level) => ({
    length: times.length,
    fields: [
      { name: 'Time', type: FieldType.time, config: { interval: step }, values: times },
      { name: level, type: FieldType.number, config: {}, values: counts.get(level)! },
    ],
  }));
}
