import { makeTimeRange } from '@grafana/data';
import { linesFrame } from '../../test/mockGrafana';
import { countByLevel } from './countByLevel';

const FROM = Date.UTC(2026, 10, 23, 7);
const range = makeTimeRange(new Date(FROM).toISOString(), new Date(FROM + 3_600_000).toISOString());
const line = (minute: number, detected_level?: string) => ({
  time: FROM / 1000 + minute * 60,
  text: 'a',
  labels: detected_level ? { detected_level } : ({} as Record<string, string>),
});
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

describe('countByLevel', () => {
  it('counts every line once by level, most severe first', () => {
    const frames = countByLevel(
      [linesFrame([line(1, 'info'), line(1.1, 'info'), line(59, 'info')]), linesFrame([line(30, 'error'), line(31)])],
      range
    );
    expect(frames.map(({ fields }) => [fields[1].name, total(fields[1].values)])).toEqual([
      ['error', 1],
      ['info', 3],
      ['unknown', 1],
    ]);
  });

  it('counts a line in the bar of its time', () => {
    const [{ fields }] = countByLevel([linesFrame([line(30, 'error')])], range);
    const [time, count] = fields;
    const bar = count.values.indexOf(1);
    const step = time.config.interval!;
    expect(time.values[bar]).toBeLessThanOrEqual(FROM + 30 * 60_000);
    expect(time.values[bar] + step).toBeGreaterThan(FROM + 30 * 60_000);
  });

  it('has bars for the whole range, and not too many', () => {
    const [{ fields, length }] = countByLevel([linesFrame([line(30, 'error')])], range);
    const [time] = fields;
    expect(time.values[0]).toBeLessThanOrEqual(FROM);
    expect(time.values.at(-1)! + time.config.interval!).toBeGreaterThan(FROM + 3_600_000);
    expect(length).toBeGreaterThan(20);
    expect(length).toBeLessThanOrEqual(241);
  });

  it('ignores lines outside of the range', () => {
    const [{ fields }] = countByLevel([linesFrame([line(-10, 'error'), line(30, 'error'), line(90, 'error')])], range);
    expect(total(fields[1].values)).toBe(1);
  });
});
