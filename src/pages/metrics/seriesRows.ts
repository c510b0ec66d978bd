/** Rows of the tables under a graph, from the series that it draws. */
import type { Labels } from '@grafana/data';
import { getObjectLabels, getSeriesNames, SCRAPE_LABELS } from '../../panels/seriesNames';
import type { Series } from '../../sedna/learning/roundStats';

export interface NumberRow {
  key: string;
  name: string;
  last: number;
  min: number;
  mean: number;
  max: number;
  /** Within the whole time range, as Prometheus has them; absent where they were not counted. */
  samples?: number;
}

const keyOf = (labels: Labels): string =>
  JSON.stringify(
    Object.entries(labels)
      .filter(([label, value]) => label !== '__name__' && value !== '')
      .sort()
  );

/** Statistics of each series, over the points that are drawn. */
export function numberRows(
  series: readonly Series[],
  counts: ReadonlyArray<{ labels: Labels; value: number }>
): NumberRow[] {
  const names = getSeriesNames(series.map(({ labels }) => labels));
  const samples = new Map(counts.map(({ labels, value }) => [keyOf(labels), value]));
  return series.flatMap(({ labels, points }, index) => {
    const values = points.map(([, value]) => value).filter((value) => !Number.isNaN(value));
    return values.length === 0
      ? []
      : {
          key: keyOf(labels),
          name: names[index],
          last: values[values.length - 1],
          min: values.reduce((a, b) => Math.min(a, b)),
          mean: values.reduce((a, b) => a + b, 0) / values.length,
          max: values.reduce((a, b) => Math.max(a, b)),
          samples: samples.get(keyOf(labels)),
        };
  });
}

/** A time during which a series had samples, or was on. Unix time, s. */
interface Run {
  from: number;
  to: number;
}

/** More than two steps without a sample end a run. */
const GAP = 2.5;

function runsOf(times: readonly number[], step: number): Run[] {
  const runs: Run[] = [];
  for (const time of times) {
    const last = runs[runs.length - 1];
    if (last && time - last.to <= step * GAP) {
      last.to = time;
    } else {
      runs.push({ from: time, to: time });
    }
  }
  return runs;
}

/** The time range that was asked for, and the time between two samples; s. */
export interface Asked {
  from: number;
  to: number;
  step: number;
}

export interface StateRow {
  key: string;
  name: string;
  /** What is on at the newest sample of the object. */
  state: string;
  /** Absent where it was so when the time range began. */
  since?: number;
  /** Whether the object still has samples at the end. */
  isNow: boolean;
  changes: number;
}

/** Of each object the state that is on, from the series of a state set that are on. */
export function stateRows(series: readonly Series[], label: string, { from, to, step }: Asked): StateRow[] {
  const objects = new Map<string, { labels: Labels; samples: Map<number, string> }>();
  for (const { labels, points } of series) {
    const own = getObjectLabels(labels, label);
    const object = objects.get(keyOf(own)) ?? { labels: own, samples: new Map<number, string>() };
    objects.set(keyOf(own), object);
    const state = [labels.stage, labels[label]].filter(Boolean).join(' ');
    points.filter(([, value]) => value === 1).forEach(([time]) => object.samples.set(time, state));
  }
  const found = [...objects].filter(([, { samples }]) => samples.size > 0);
  const names = getSeriesNames(found.map(([, { labels }]) => labels));
  return found.map(([key, { samples }], index) => {
    const ordered = [...samples].sort(([a], [b]) => a - b);
    const changed = ordered.filter(([, state], at) => at > 0 && state !== ordered[at - 1][1]);
    const [newest, state] = ordered[ordered.length - 1];
    const [first] = ordered[0];
    const since = changed.length > 0 ? changed[changed.length - 1][0] : first;
    return {
      key,
      name: names[index],
      state,
      since: changed.length === 0 && first - from <= step * GAP ? undefined : since,
      isNow: to - newest <= step * GAP,
      changes: changed.length,
    };
  });
}

export interface InfoRow {
  key: string;
  labels: Labels;
  /** Absent where it was so when the time range began. */
  from?: number;
  /** Absent where it is so at its end. */
  to?: number;
}

/** What each info series told and when, newest first. */
export function infoRows(series: readonly Series[], { from, to, step }: Asked): InfoRow[] {
  return series
    .flatMap(({ labels, points }) =>
      runsOf(
        points.map(([time]) => time),
        step
      ).map((run) => ({
        key: `${keyOf(labels)} ${run.from}`,
        labels,
        from: run.from - from <= step * GAP ? undefined : run.from,
        to: to - run.to <= step * GAP ? undefined : run.to,
      }))
    )
    .sort((a, b) => (b.to ?? Infinity) - (a.to ?? Infinity) || (b.from ?? 0) - (a.from ?? 0));
}

/** Labels that rows have, without those that tell only how they were scraped. */
export const labelsOf = (rows: readonly InfoRow[]): string[] =>
  [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))].filter((label) => !SCRAPE_LABELS.has(label));
