import { formatLabels, toLabelName, type MetricFamily } from '../../http/exposition';
import { toCustomMetricName, isReservedName, type CustomMetricNaming } from './naming';
import type { ReportIssue, RowCause } from '../errors';
import { SeriesCache, type CachedSeries } from './seriesCache';
import { parseSqliteTime } from '../sqliteTime';

/** A row of table `metric`, ordered by id with NULL first. */
export interface MetricRow {
  /** Null if written by Sedna's own tool; the position of the row is then its id. */
  id: string | null;
  name: string | null;
  /** Label names, separated by commas. */
  label: string | null;
  note: string | null;
}

/**
 * A row of table `metric_value`, in insertion order. A tuple because there can be 200,000. Label values are in the
 * order of the label names, separated by commas. The value is null if it isn't a number. The time is text, Unix
 * seconds, or Unix milliseconds.
 */
export type ValueRow = readonly [
  id: string | number | null,
  metricId: string | number | null,
  labelValue: string | null,
  value: number | null,
  lastTime: string | null,
];

export interface CustomMetricOptions {
  customMetricNaming: CustomMetricNaming;
  /** Maximum length of a name and of a list of label names or values, in characters. */
  maxTextLength: number;
  /** Maximum number of series in total. */
  maxSeries: number;
  /** Maximum number of characters of all labels together, so that a few long ones can't exhaust the memory. */
  maxTotalLabelLength: number;
}

interface Definition {
  /** Label names in alphabetical order. */
  labelNames: string[];
  /** Text before each label value, with a comma from the second one on. */
  labelPrefixes: string[];
  /** Index of each label in the list of values of a row. */
  valueIndexes: number[];
  family: Family;
  /** Series of earlier reads by list of label values. */
  seriesByLabelValue: Map<string | null, CachedSeries>;
}

interface Family {
  rawName: string;
  name: string;
  help: string;
  /** Series seen in this read. */
  series: CachedSeries[];
  /** By formatted labels, which are equal exactly if Prometheus considers the series equal. */
  seriesByLabels: Map<string, CachedSeries>;
}

/**
 * Converts the tables `metric` and `metric_value` to metric families. A value belongs to the metric with the id in
 * `metric_id`, or at that position (from 0) if metrics have no ids. The newest value for a label set wins: by
 * `last_time` if both have one, otherwise by row order. Rows that aren't valid are reported and skipped.
 * @param cache series of earlier reads, which are reused and updated in place
 */
export function toCustomMetricFamilies(
  metrics: Iterable<MetricRow>,
  values: Iterable<ValueRow>,
  options: CustomMetricOptions,
  reportIssue: ReportIssue,
  cache = new SeriesCache()
): MetricFamily[] {
  const familyByName = new Map<string, Family>();
  const read = cache.beginRead();
  const definitions = parseDefinitions(metrics, familyByName, cache, options, reportIssue);
  const { maxSeries, maxTotalLabelLength } = options;
  let count = 0;
  let labelLength = 0;
  let position = -1;
  let lastTime: string | null = null;
  for (const row of values) {
    position += 1;
    const [, metricId, labelValue, value, time] = row;
    // Rows written together share their time; keep only one string for it.
    lastTime = time === lastTime ? lastTime : time;
    const definition = metricId === null ? undefined : definitions.get(metricId);
    const series =
      definition && (definition.seriesByLabelValue.get(labelValue) ?? findOrCreateSeries(definition, row, options));
    if (!series || Array.isArray(series) || value === null || !Number.isFinite(value)) {
      const rejection = series ?? (['unknown_metric', `no metric has the id ${metricId}`] satisfies Rejection);
      reportRow(row, position, Array.isArray(rejection) ? rejection : NOT_A_NUMBER_REJECTION, reportIssue);
    } else if (series.lastRead !== read) {
      if (count >= maxSeries || labelLength + series.labels.length > maxTotalLabelLength) {
        const detail = `more than ${maxSeries} series or ${maxTotalLabelLength} characters of labels`;
        reportRow(row, position, ['too_many_series', detail], reportIssue);
        continue;
      }
      count += 1;
      labelLength += series.labels.length;
      series.lastRead = read;
      series.value = value;
      series.lastTime = lastTime;
      definition!.family.series.push(series);
      definition!.family.seriesByLabels.set(series.labels, series);
      definition!.seriesByLabelValue.set(labelValue, series);
    } else if (!isOlder(lastTime, series.lastTime)) {
      series.value = value;
      series.lastTime = lastTime;
    }
  }
  cache.endRead(new Map([...familyByName.values()].map(({ name, series }) => [name, series.length])));
  return [...familyByName.values()]
    .filter(({ series }) => series.length > 0)
    .map(({ name, help, series }) => ({ name, help, samples: series }));
}

/** Why a row is skipped, with details. */
type Rejection = [cause: RowCause, detail: string];

const NOT_A_NUMBER_REJECTION: Rejection = ['not_a_number', "the value isn't a finite number"];

function reportRow([id]: ValueRow, position: number, [cause, detail]: Rejection, reportIssue: ReportIssue): void {
  reportIssue({ cause, where: `metric_value ${id === null ? `row ${position}` : `id ${id}`}`, detail });
}

/** Returns the series for the labels of a row, which may be new, or why there is none. */
function findOrCreateSeries(
  definition: Definition,
  row: ValueRow,
  options: CustomMetricOptions
): CachedSeries | Rejection {
  const labels = formatRowLabels(definition, row, options);
  return typeof labels !== 'string'
    ? labels
    : (definition.family.seriesByLabels.get(labels) ?? { labels, value: 0, lastTime: null, lastRead: 0 });
}

function parseDefinitions(
  metrics: Iterable<MetricRow>,
  familyByName: Map<string, Family>,
  cache: SeriesCache,
  options: CustomMetricOptions,
  reportIssue: ReportIssue
): Map<string | number, Definition> {
  const byId = new Map<string | number, Definition>();
  const byPosition: Array<{ position: string; where: string; definition: Definition }> = [];
  let position = 0;
  for (const row of metrics) {
    const where = `metric ${row.id === null ? `position ${position}` : `id ${row.id}`}`;
    const definition = parseDefinition(row, familyByName, cache, options, (cause, detail) =>
      reportIssue({ cause, where, detail })
    );
    if (definition && row.id === null) {
      byPosition.push({ position: String(position), where, definition });
    } else if (definition && byId.has(row.id!)) {
      reportIssue({ cause: 'ambiguous_metric_id', where, detail: `another metric has the id ${row.id}` });
    } else if (definition) {
      toKeys(row.id!).forEach((key) => byId.set(key, definition));
    }
    position += 1;
  }
  for (const { position, where, definition } of byPosition) {
    if (byId.has(position)) {
      reportIssue({ cause: 'ambiguous_metric_id', where, detail: `another metric has the id ${position}` });
    } else {
      toKeys(position).forEach((key) => byId.set(key, definition));
    }
  }
  return byId;
}

/** Returns an id as text and, if it is one, as a number. */
const toKeys = (id: string): Array<string | number> => (String(Number(id)) === id ? [id, Number(id)] : [id]);

type RejectRow = (cause: RowCause, detail: string) => void;

function parseDefinition(
  { name: nameText, label, note }: MetricRow,
  familyByName: Map<string, Family>,
  cache: SeriesCache,
  { maxTextLength, customMetricNaming }: CustomMetricOptions,
  reject: RejectRow
): Definition | undefined {
  const rawName = (nameText ?? '').trim();
  if (rawName === '') {
    return void reject('invalid_name', 'the name is empty');
  }
  if (rawName.length > maxTextLength || (label ?? '').length > maxTextLength) {
    return void reject('too_long', `more than ${maxTextLength} characters`);
  }
  const labelNames = label?.trim() ? splitList(label).map(toLabelName) : [];
  if (labelNames.includes('')) {
    return void reject('invalid_name', `an empty label name in ${JSON.stringify(label)}`);
  }
  if (new Set(labelNames).size < labelNames.length) {
    return void reject('label_collision', `two labels have the same name after sanitizing: ${JSON.stringify(label)}`);
  }
  const name = toCustomMetricName(rawName, customMetricNaming);
  if (isReservedName(name)) {
    return void reject('reserved_name', `${name} is reserved for the exporter or Prometheus`);
  }
  if ((note ?? '').length > maxTextLength) {
    reject('too_long', `the note has more than ${maxTextLength} characters; the name is used instead`);
  }
  const help = note && note.length <= maxTextLength ? note : rawName;
  const { byLabels: seriesByLabels, byLabelValues } = cache.family(name);
  const family = familyByName.get(name) ?? { rawName, name, help, series: [], seriesByLabels };
  if (family.rawName !== rawName) {
    const names = `${JSON.stringify(family.rawName)} and ${JSON.stringify(rawName)}`;
    return void reject('name_collision', `${names} both become ${name}`);
  }
  familyByName.set(name, family);
  const valueIndexes = labelNames.map((_, place) => place).sort((a, b) => (labelNames[a] < labelNames[b] ? -1 : 1));
  const sorted = valueIndexes.map((place) => labelNames[place]);
  const labelPrefixes = sorted.map((label, index) => `${index === 0 ? '' : ','}${label}="`);
  const list = labelNames.join();
  const seriesByLabelValue = byLabelValues.get(list) ?? new Map<string | null, CachedSeries>();
  byLabelValues.set(list, seriesByLabelValue);
  return { labelNames: sorted, labelPrefixes, valueIndexes, family, seriesByLabelValue };
}

/** Returns the formatted labels, or why they aren't valid. */
function formatRowLabels(
  { labelNames, labelPrefixes, valueIndexes }: Definition,
  [, , labelValue]: ValueRow,
  { maxTextLength }: CustomMetricOptions
): string | Rejection {
  if (labelValue !== null && labelValue.length > maxTextLength) {
    return ['too_long', `more than ${maxTextLength} characters of label values`];
  }
  const hasNoValues = labelValue === null || (valueIndexes.length === 0 && labelValue.trim() === '');
  const values = hasNoValues ? [] : splitList(labelValue);
  if (values.length !== valueIndexes.length) {
    return ['label_count', `${values.length} label values for ${valueIndexes.length} labels`];
  }
  if (hasNoValues || values.includes('') || NEEDS_ESCAPE.test(labelValue)) {
    return formatLabels(
      labelNames,
      valueIndexes.map((place) => values[place])
    );
  }
  // Fast path without checking each value. Joined, because V8 would keep a concatenated string as a tree of its parts
  // for as long as the text is cached.
  const parts: string[] = [];
  for (let index = 0; index < valueIndexes.length; index++) {
    parts.push(labelPrefixes[index], values[valueIndexes[index]], '"');
  }
  return parts.join('');
}

const NEEDS_ESCAPE = /[\\"\n]/;

const splitList = (list: string) => list.split(',').map(trimEntry);
const trimEntry = (entry: string) => entry.trim();

/** Returns false if either time is unknown. */
const isOlder = (time: string | null, seriesByLabelValue: string | null) =>
  parseSqliteTime(time) < parseSqliteTime(seriesByLabelValue);
