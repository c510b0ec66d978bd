/** Rows of the tables below the graph. */
import type { Labels } from '@grafana/data';
import { getObjectLabels, getSeriesNames, SCRAPE_LABELS } from '../../../../panels/seriesNames';
import type { Series } from '../../../../sedna/learning/roundStats';

export interface NumberRow {
  key: string;
  name: string;
  last: number;
  min: number;
  mean: number;
  max: number;
  /** Number of samples in the time range, of which the graph may show fewer points; undefined: not counted. */
  samples?: number;
}

const getLabelsKey = (labels: Labels): string =>
  JSON.stringify(
    Object.entries(labels)
      .filter(([label, value]) => label !== '__name__' && value !== '')
      .sort()
  );

/**
 * Returns the statistics of each series that has a value.
 * @param counts number of samples by labels
 */
export function toNumberRows(
  series: readonly Series[],
  counts: ReadonlyArray<{ labels: Labels; value: number }>
): NumberRow[] {
  const names = getSeriesNames(series.map(({ labels }) => labels));
  const samples = new Map(counts.map(({ labels, value }) => [getLabelsKey(labels), value]));
  return series.flatMap(({ labels, points }, index) => {
    const values = points.map(([, value]) => value).filter((value) => !Number.isNaN(value));
    return values.length === 0
      ? []
      : {
          key: getLabelsKey(labels),
          name: names[index],
          last: values[values.length - 1],
          min: values.reduce((a, b) => Math.min(a, b)),
          mean: values.reduce((a, b) => a + b, 0) / values.length,
          max: values.reduce((a, b) => Math.max(a, b)),
          samples: samples.get(getLabelsKey(labels)),
        };
  });
}

/** A period in which a series had samples, as Unix times in seconds. */
interface Period {
  from: number;
  to: number;
}

/** Steps without a sample that end a period: scrapes may be one step late. */
const MAX_GAP_STEPS = 2.5;

function toPeriods(times: readonly number[], step: number): Period[] {
  const periods: Period[] = [];
  for (const time of times) {
    const last = periods[periods.length - 1];
    if (last && time - last.to <= step * MAX_GAP_STEPS) {
      last.to = time;
    } else {
      periods.push({ from: time, to: time });
    }
  }
  return periods;
}

/** Time range of the response as Unix times, and its step; in seconds. */
export interface SampledRange {
  from: number;
  to: number;
  step: number;
}

export interface StateRow {
  key: string;
  name: string;
  /** Stage and state at the newest sample. */
  state: string;
  /** Start of the state as Unix time in seconds; undefined: before the time range. */
  since?: number;
  /** Whether there are samples at the end of the time range. */
  isCurrent: boolean;
  changes: number;
}

/**
 * Returns the newest state of each object.
 * @param series series of a state set with the value 1
 * @param label label that has the state
 */
export function toStateRows(series: readonly Series[], label: string, { from, to, step }: SampledRange): StateRow[] {
  const objects = new Map<string, { labels: Labels; samples: Map<number, string> }>();
  for (const { labels, points } of series) {
    const identity = getObjectLabels(labels, label);
    const object = objects.get(getLabelsKey(identity)) ?? { labels: identity, samples: new Map<number, string>() };
    objects.set(getLabelsKey(identity), object);
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
      since: changed.length === 0 && first - from <= step * MAX_GAP_STEPS ? undefined : since,
      isCurrent: to - newest <= step * MAX_GAP_STEPS,
      changes: changed.length,
    };
  });
}

export interface InfoRow {
  key: string;
  labels: Labels;
  /** Unix time in seconds; undefined: before the time range. */
  from?: number;
  /** Unix time in seconds; undefined: still there at the end of the time range. */
  to?: number;
}

/** Returns a row for each period of each info series, newest first. */
export function toInfoRows(series: readonly Series[], { from, to, step }: SampledRange): InfoRow[] {
  return series
    .flatMap(({ labels, points }) =>
      toPeriods(
        points.map(([time]) => time),
        step
      ).map((period) => ({
        key: `${getLabelsKey(labels)} ${period.from}`,
        labels,
        from: period.from - from <= step * MAX_GAP_STEPS ? undefined : period.from,
        to: to - period.to <= step * MAX_GAP_STEPS ? undefined : period.to,
      }))
    )
    .sort((a, b) => (b.to ?? Infinity) - (a.to ?? Infinity) || (b.from ?? 0) - (a.from ?? 0));
}

/** Returns the labels of the rows without those of the scrape, such as `instance`. */
export const getLabelNames = (rows: readonly InfoRow[]): string[] =>
  [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))].filter((label) => !SCRAPE_LABELS.has(label));
