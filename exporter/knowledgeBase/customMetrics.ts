import { labelText, toLabelName, type MetricFamily } from '../exposition';
import { customMetricName, isReserved, type CustomMetricNames } from './customNames';
import type { Report, RowCause } from './problems';
import { SeriesMemory, type Series } from './seriesMemory';
import { toTime } from './time';

/** A row of table `metric`, in the order of their ids (absent ids first). */
export interface MetricRow {
  /** Absent as upstream's own tool leaves it: then the row's position counts. */
  id: string | null;
  name: string | null;
  /** Label names, separated by commas. */
  label: string | null;
  note: string | null;
}

/**
 * A row of table `metric_value`, in the order in which they were written. A list, because there are very many.
 * The label values are in the order of the names, separated by commas; the value is null for what is no number; the
 * time is text, or Unix seconds or milliseconds.
 */
export type ValueRow = readonly [
  id: string | number | null,
  metricId: string | number | null,
  labelValue: string | null,
  value: number | null,
  lastTime: string | null,
];

export interface CustomMetricOptions {
  customMetricNames: CustomMetricNames;
  /** Longest text that a name, a list of labels or of values may have, in characters. */
  maxText: number;
  /** Series in all. */
  maxSeries: number;
  /** Characters of all labels together, so that few very long ones cannot fill the memory. */
  maxLabelText: number;
}

interface Definition {
  /** Label names in the alphabet's order. */
  labelNames: string[];
  /** What stands before the value of each label, from the second on with a comma. */
  labelHeads: string[];
  /** For each of them its place in a row's list of values. */
  places: number[];
  family: Family;
  /** Series of earlier reads by their list of values. */
  known: Map<string | null, Series>;
}

interface Family {
  rawName: string;
  name: string;
  help: string;
  /** Series that this read saw. */
  series: Series[];
  /** By the text of their labels, which is one for all series that Prometheus holds for equal. */
  byLabels: Map<string, Series>;
}

/**
 * The custom metrics that users registered in table `metric` and feed in `metric_value`.
 * A value belongs to the metric with its `metric_id`; where metrics have no id, to the one at that position, from 0.
 * Of several values for the same labels the newest wins: by `last_time` where both have one, else the later row.
 * What does not fit is reported and left out.
 * @param memory of the reads before; a name's series are then the same objects as before
 */
export function customMetrics(
  metrics: Iterable<MetricRow>,
  values: Iterable<ValueRow>,
  options: CustomMetricOptions,
  report: Report,
  memory = new SeriesMemory()
): MetricFamily[] {
  const families = new Map<string, Family>();
  const read = memory.begin();
  const definitions = define(metrics, families, memory, options, report);
  const { maxSeries, maxLabelText } = options;
  let count = 0;
  let labelLength = 0;
  let position = -1;
  let lastTime: string | null = null;
  for (const row of values) {
    position += 1;
    const [, metricId, labelValue, value, time] = row;
    // Rows that are written together have the same time; one text of it is kept.
    lastTime = time === lastTime ? lastTime : time;
    const definition = metricId === null ? undefined : definitions.get(metricId);
    const series = definition && (definition.known.get(labelValue) ?? findSeries(definition, row, options));
    if (!series || Array.isArray(series) || value === null || !Number.isFinite(value)) {
      const refusal = series ?? (['unknown_metric', `metric_id ${metricId}`] satisfies Refusal);
      reportRow(row, position, Array.isArray(refusal) ? refusal : NOT_A_NUMBER, report);
    } else if (series.read !== read) {
      if (count >= maxSeries || labelLength + series.labels.length > maxLabelText) {
        const detail = `more than ${maxSeries} series or ${maxLabelText} characters of labels`;
        reportRow(row, position, ['too_many_series', detail], report);
        continue;
      }
      count += 1;
      labelLength += series.labels.length;
      series.read = read;
      series.value = value;
      series.lastTime = lastTime;
      definition!.family.series.push(series);
      definition!.family.byLabels.set(series.labels, series);
      definition!.known.set(labelValue, series);
    } else if (!isOlder(lastTime, series.lastTime)) {
      series.value = value;
      series.lastTime = lastTime;
    }
  }
  memory.end(new Map([...families.values()].map(({ name, series }) => [name, series.length])));
  return [...families.values()]
    .filter(({ series }) => series.length > 0)
    .map(({ name, help, series }) => ({ name, help, samples: series }));
}

/** Why a row is left out, and the details. */
type Refusal = [cause: RowCause, detail: string];

const NOT_A_NUMBER: Refusal = ['not_a_number', 'the value is no finite number'];

function reportRow([id]: ValueRow, position: number, [cause, detail]: Refusal, report: Report): void {
  report({ cause, where: `metric_value ${id === null ? `row ${position}` : `id ${id}`}`, detail });
}

/** The series with the labels of a row, which may be a new one, or why there is none. */
function findSeries(definition: Definition, row: ValueRow, options: CustomMetricOptions): Series | Refusal {
  const labels = labelsOf(definition, row, options);
  return typeof labels !== 'string'
    ? labels
    : (definition.family.byLabels.get(labels) ?? { labels, value: 0, lastTime: null, read: 0 });
}

function define(
  metrics: Iterable<MetricRow>,
  families: Map<string, Family>,
  memory: SeriesMemory,
  options: CustomMetricOptions,
  report: Report
): Map<string | number, Definition> {
  const byId = new Map<string | number, Definition>();
  const byPosition: Array<{ position: string; where: string; definition: Definition }> = [];
  let position = 0;
  for (const row of metrics) {
    const where = `metric ${row.id === null ? `position ${position}` : `id ${row.id}`}`;
    const definition = toDefinition(row, families, memory, options, (cause, detail) =>
      report({ cause, where, detail })
    );
    if (definition && row.id === null) {
      byPosition.push({ position: String(position), where, definition });
    } else if (definition && byId.has(row.id!)) {
      report({ cause: 'ambiguous_metric_id', where, detail: `another metric has the id ${row.id}` });
    } else if (definition) {
      keysOf(row.id!).forEach((key) => byId.set(key, definition));
    }
    position += 1;
  }
  for (const { position, where, definition } of byPosition) {
    if (byId.has(position)) {
      report({ cause: 'ambiguous_metric_id', where, detail: `another metric has the id ${position}` });
    } else {
      keysOf(position).forEach((key) => byId.set(key, definition));
    }
  }
  return byId;
}

/** An id as text, and as the number that it is. */
const keysOf = (id: string): Array<string | number> => (String(Number(id)) === id ? [id, Number(id)] : [id]);

type Refuse = (cause: RowCause, detail: string) => void;

function toDefinition(
  { name: nameText, label, note }: MetricRow,
  families: Map<string, Family>,
  memory: SeriesMemory,
  { maxText, customMetricNames }: CustomMetricOptions,
  refuse: Refuse
): Definition | undefined {
  const rawName = (nameText ?? '').trim();
  if (rawName === '') {
    return void refuse('invalid_name', 'the name is empty');
  }
  if (rawName.length > maxText || (label ?? '').length > maxText) {
    return void refuse('too_long', `more than ${maxText} characters`);
  }
  const labelNames = label?.trim() ? split(label).map(toLabelName) : [];
  if (labelNames.includes('')) {
    return void refuse('invalid_name', `an empty label name in ${JSON.stringify(label)}`);
  }
  if (new Set(labelNames).size < labelNames.length) {
    return void refuse('label_collision', `two labels become the same name: ${JSON.stringify(label)}`);
  }
  const name = customMetricName(rawName, customMetricNames);
  if (isReserved(name)) {
    return void refuse('reserved_name', `${name} is a name of the exporter's own or of Prometheus`);
  }
  if ((note ?? '').length > maxText) {
    refuse('too_long', `a note of more than ${maxText} characters, the name is shown in its place`);
  }
  const help = note && note.length <= maxText ? note : rawName;
  const { byLabels, byValues } = memory.family(name);
  const family = families.get(name) ?? { rawName, name, help, series: [], byLabels };
  if (family.rawName !== rawName) {
    const names = `${JSON.stringify(family.rawName)} and ${JSON.stringify(rawName)}`;
    return void refuse('name_collision', `${names} both become ${name}`);
  }
  families.set(name, family);
  const places = labelNames.map((_, place) => place).sort((a, b) => (labelNames[a] < labelNames[b] ? -1 : 1));
  const sorted = places.map((place) => labelNames[place]);
  const labelHeads = sorted.map((label, index) => `${index === 0 ? '' : ','}${label}="`);
  const list = labelNames.join();
  const known = byValues.get(list) ?? new Map<string | null, Series>();
  byValues.set(list, known);
  return { labelNames: sorted, labelHeads, places, family, known };
}

/** The labels as they stand between braces, or why there are none. */
function labelsOf(
  { labelNames, labelHeads, places }: Definition,
  [, , labelValue]: ValueRow,
  { maxText }: CustomMetricOptions
): string | Refusal {
  if (labelValue !== null && labelValue.length > maxText) {
    return ['too_long', `more than ${maxText} characters of label values`];
  }
  const none = labelValue === null || (places.length === 0 && labelValue.trim() === '');
  const values = none ? [] : split(labelValue);
  if (values.length !== places.length) {
    return ['label_count', `${values.length} label values for ${places.length} labels`];
  }
  if (none || values.includes('') || NEEDS_ESCAPE.test(labelValue)) {
    return labelText(
      labelNames,
      places.map((place) => values[place])
    );
  }
  // The common case, without a look at each value. Joined and not added up: what is added up stays a tree of its parts,
  // and this text is kept.
  const parts: string[] = [];
  for (let index = 0; index < places.length; index++) {
    parts.push(labelHeads[index], values[places[index]], '"');
  }
  return parts.join('');
}

const NEEDS_ESCAPE = /[\\"\n]/;

const split = (list: string) => list.split(',').map(trim);
const trim = (entry: string) => entry.trim();

/** False where one of the times is not known. */
const isOlder = (time: string | null, known: string | null) => toTime(time) < toTime(known);
