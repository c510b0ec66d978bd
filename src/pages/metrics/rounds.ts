/** What a metric said in each round of its job: rounds in place of times. */
import { FieldType, type DataFrame, type Field, type PanelData } from '@grafana/data';
import { ROUND_FIELD } from '../../panels/panels';
import { getSeriesNames } from '../../panels/seriesNames';
import { toSeries } from '../../data/series';
import type { Series } from '../../sedna/learning/roundStats';

type Point = Series['points'][number];

const jobOf = ({ cluster = '', namespace, name }: Series['labels']) => `${cluster}/${namespace}/${name}`;

/** Rounds begin at 1 again when the local controller restarts: those since then. */
function sinceRestart(points: readonly Point[]): readonly Point[] {
  const restart = points.reduce((at, [, round], index) => (index > 0 && round < points[index - 1][1] ? index : at), 0);
  return points.slice(restart);
}

/** The last value within each round. */
function lastByRound(points: readonly Point[], rounds: readonly Point[]): Map<number, number> {
  const byRound = new Map<number, number>();
  let at = -1;
  for (const [time, value] of points) {
    while (at + 1 < rounds.length && rounds[at + 1][0] <= time) {
      at++;
    }
    if (at >= 0) {
      byRound.set(rounds[at][1], value);
    }
  }
  return byRound;
}

interface Line {
  labels: Series['labels'];
  values: Map<number, number>;
}

/** A pod works in one round: what its series have in common but for it is one line. */
function mergePods(lines: readonly Line[]): Line[] {
  const merged = new Map<string, Line>();
  for (const { labels, values } of lines) {
    const own = Object.fromEntries(Object.entries(labels).filter(([label]) => label !== 'pod'));
    const key = JSON.stringify(Object.entries(own).sort());
    const line = merged.get(key) ?? { labels: own, values: new Map<number, number>() };
    values.forEach((value, round) => line.values.set(round, value));
    merged.set(key, line);
  }
  return [...merged.values()];
}

/** What a metric said last in each round: rounds in place of times; none of jobs without a round. */
export function roundLines(series: readonly Series[], rounds: readonly Series[]): Series[] {
  const roundsOfJob = new Map<string, Point[]>();
  for (const { labels, points } of rounds) {
    // Two exporters, one after the other, give the rounds of a job in two series.
    roundsOfJob.set(
      jobOf(labels),
      [...(roundsOfJob.get(jobOf(labels)) ?? []), ...points].sort(([a], [b]) => a - b)
    );
  }
  // A pod that ends with a round may be seen into the next one: what began later counts there.
  const inOrder = [...series].sort((a, b) => (a.points[0]?.[0] ?? 0) - (b.points[0]?.[0] ?? 0));
  return mergePods(
    inOrder.map(({ labels, points }) => ({
      labels,
      values: lastByRound(points, sinceRestart(roundsOfJob.get(jobOf(labels)) ?? [])),
    }))
  )
    .filter(({ values }) => values.size > 0)
    .map(({ labels, values }) => ({ labels, points: [...values].sort(([a], [b]) => a - b) }));
}

/** The lines of an answer. */
export const linesOf = (data: Pick<PanelData, 'series'>): Series[] =>
  roundLines(toSeries(data, 'metric'), toSeries(data, 'rounds'));

/** The same as one frame: rounds, and the values of each line. */
export function roundFrames(frames: DataFrame[]): DataFrame[] {
  const lines = linesOf({ series: frames });
  const names = getSeriesNames(lines.map(({ labels }) => labels));
  const all = [...new Set(lines.flatMap(({ points }) => points.map(([round]) => round)))].sort((a, b) => a - b);
  if (all.length === 0) {
    return [];
  }
  const fields: Field[] = [
    { name: ROUND_FIELD, type: FieldType.number, config: { unit: 'none' }, values: all },
    ...lines.map(({ points }, index) => {
      const values = new Map(points);
      return {
        name: names[index],
        type: FieldType.number,
        config: {},
        values: all.map((round) => values.get(round) ?? null),
      };
    }),
  ];
  return [{ fields, length: all.length }];
}
