/** Values of a metric by round of its job instead of by time. */
import { FieldType, type DataFrame, type Field, type PanelData } from '@grafana/data';
import { ROUND_FIELD } from '../../../panels/builders';
import { getSeriesNames } from '../../../panels/seriesNames';
import { toSeries } from '../../../data/series';
import type { Series } from '../../../sedna/learning/roundStats';

type Point = Series['points'][number];

const getJobKey = ({ cluster = '', namespace, name }: Series['labels']) => `${cluster}/${namespace}/${name}`;

/** Drops the points before the last restart of the local controller, which counts rounds from 1 again. */
function dropBeforeRestart(points: readonly Point[]): readonly Point[] {
  const restart = points.reduce((at, [, round], index) => (index > 0 && round < points[index - 1][1] ? index : at), 0);
  return points.slice(restart);
}

/** Returns the last value in each round. */
function getLastByRound(points: readonly Point[], rounds: readonly Point[]): Map<number, number> {
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

interface RoundValues {
  labels: Series['labels'];
  values: Map<number, number>;
}

/** Joins series that differ only in the pod, because each round has a pod of its own. */
function mergePods(all: readonly RoundValues[]): RoundValues[] {
  const merged = new Map<string, RoundValues>();
  for (const { labels, values } of all) {
    const withoutPod = Object.fromEntries(Object.entries(labels).filter(([label]) => label !== 'pod'));
    const key = JSON.stringify(Object.entries(withoutPod).sort());
    const series = merged.get(key) ?? { labels: withoutPod, values: new Map<number, number>() };
    values.forEach((value, round) => series.values.set(round, value));
    merged.set(key, series);
  }
  return [...merged.values()];
}

/**
 * Returns the last value of each series in each round, with rounds in place of times.
 * @param rounds series of `sedna_job_round`; series of jobs without one are left out
 */
export function toRoundSeries(series: readonly Series[], rounds: readonly Series[]): Series[] {
  const roundsByJob = new Map<string, Point[]>();
  for (const { labels, points } of rounds) {
    // A restart of the exporter splits the rounds of a job into two series.
    roundsByJob.set(
      getJobKey(labels),
      [...(roundsByJob.get(getJobKey(labels)) ?? []), ...points].sort(([a], [b]) => a - b)
    );
  }
  // The pod of a round may still have samples in the next one: the pod that started later must win there.
  const byStart = [...series].sort((a, b) => (a.points[0]?.[0] ?? 0) - (b.points[0]?.[0] ?? 0));
  return mergePods(
    byStart.map(({ labels, points }) => ({
      labels,
      values: getLastByRound(points, dropBeforeRestart(roundsByJob.get(getJobKey(labels)) ?? [])),
    }))
  )
    .filter(({ values }) => values.size > 0)
    .map(({ labels, values }) => ({ labels, points: [...values].sort(([a], [b]) => a - b) }));
}

/** Joins the responses with the refIds `metric` and `rounds`. */
export const getRoundSeries = (data: Pick<PanelData, 'series'>): Series[] =>
  toRoundSeries(toSeries(data, 'metric'), toSeries(data, 'rounds'));

/** Returns one frame with a field of rounds and a field for each series, or none without rounds. */
export function toRoundFrames(frames: DataFrame[]): DataFrame[] {
  const series = getRoundSeries({ series: frames });
  const names = getSeriesNames(series.map(({ labels }) => labels));
  const rounds = [...new Set(series.flatMap(({ points }) => points.map(([round]) => round)))].sort((a, b) => a - b);
  if (rounds.length === 0) {
    return [];
  }
  const fields: Field[] = [
    { name: ROUND_FIELD, type: FieldType.number, config: { unit: 'none' }, values: rounds },
    ...series.map(({ points }, index) => {
      const values = new Map(points);
      return {
        name: names[index],
        type: FieldType.number,
        config: {},
        values: rounds.map((round) => values.get(round) ?? null),
      };
    }),
  ];
  return [{ fields, length: rounds.length }];
}
