import { CUSTOM_METRIC_PREFIX } from '../../src/sedna/catalogue';
import { labelText, toLabelName, toNamePart, type MetricFamily } from '../exposition';
import type { Problem, RowCause } from './problems';

/** A row of table `metric`, in the order of their ids (absent ids first). */
export interface MetricRow {
  /** Absent as upstream's own tool leaves it: then the row's position counts. */
  id: string | null;
  name: string | null;
  /** Label names, separated by commas. */
  label: string | null;
  note: string | null;
}

/** A row of table `metric_value`, in the order in which they were written. */
export interface ValueRow {
  id: string | null;
  metricId: string | null;
  /** Label values in the order of the names, separated by commas. */
  labelValue: string | null;
  /** Null for what is no number. */
  value: number | null;
  /** A time as text, or Unix seconds or milliseconds. */
  lastTime: string | null;
}

export interface CustomMetricLimits {
  /** Longest text that a name, a list of labels or of values may have, in characters. */
  maxText: number;
  /** Series in all. */
  maxSeries: number;
}

interface Definition {
  /** Label names in the alphabet's order. */
  labelNames: string[];
  /** For each of them its place in a row's list of values. */
  places: number[];
  family: Family;
}

interface Value {
  value: number;
  lastTime: string | null;
}

interface Family {
  rawName: string;
  name: string;
  help: string;
  /** By the text of their labels, which is one for all series that Prometheus holds for equal. */
  series: Map<string, Value>;
}

/**
 * The custom metrics that users registered in table `metric` and feed in `metric_value`.
 * A value belongs to the metric with its `metric_id`; where metrics have no id, to the one at that position, from 0.
 * Of several values for the same labels the newest wins: by `last_time` where both have one, else the later row.
 * What does not fit is reported and left out.
 */
export function customMetrics(
  metrics: Iterable<MetricRow>,
  values: Iterable<ValueRow>,
  limits: CustomMetricLimits,
  report: (problem: Problem) => void
): MetricFamily[] {
  const families = new Map<string, Family>();
  const definitions = define(metrics, families, limits, report);
  let count = 0;
  let row = 0;
  for (const value of values) {
    const where = `metric_value ${value.id === null ? `row ${row}` : `id ${value.id}`}`;
    row += 1;
    const refuse = (cause: RowCause, detail: string) => report({ cause, where, detail });
    const definition = value.metricId === null ? undefined : definitions.get(value.metricId);
    if (!definition) {
      refuse('unknown_metric', `metric_id ${value.metricId}`);
      continue;
    }
    const labels = labelsOf(definition, value, limits, refuse);
    if (labels === undefined || !isNumber(value, refuse)) {
      continue;
    }
    const { series } = definition.family;
    const known = series.get(labels);
    if (!known && count >= limits.maxSeries) {
      refuse('too_many_series', `more than ${limits.maxSeries} series`);
    } else if (!known || !isOlder(value, known)) {
      count += known ? 0 : 1;
      series.set(labels, { value: value.value, lastTime: value.lastTime });
    }
  }
  return [...families.values()]
    .filter(({ series }) => series.size > 0)
    .map(({ name, help, series }) => ({ name, help, samples: samplesOf(series) }));
}

function* samplesOf(series: ReadonlyMap<string, Value>) {
  for (const [labels, { value }] of series) {
    yield { labels, value };
  }
}

function define(
  metrics: Iterable<MetricRow>,
  families: Map<string, Family>,
  limits: CustomMetricLimits,
  report: (problem: Problem) => void
): Map<string, Definition> {
  const byId = new Map<string, Definition>();
  const byPosition: Array<{ position: string; where: string; definition: Definition }> = [];
  let position = 0;
  for (const row of metrics) {
    const where = `metric ${row.id === null ? `position ${position}` : `id ${row.id}`}`;
    const definition = toDefinition(row, families, limits, (cause, detail) => report({ cause, where, detail }));
    if (definition && row.id === null) {
      byPosition.push({ position: String(position), where, definition });
    } else if (definition) {
      byId.set(row.id!, definition);
    }
    position += 1;
  }
  for (const { position, where, definition } of byPosition) {
    if (byId.has(position)) {
      report({ cause: 'ambiguous_metric_id', where, detail: `another metric has the id ${position}` });
    } else {
      byId.set(position, definition);
    }
  }
  return byId;
}

type Refuse = (cause: RowCause, detail: string) => void;

function toDefinition(
  { name: nameText, label, note }: MetricRow,
  families: Map<string, Family>,
  { maxText }: CustomMetricLimits,
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
  const name = `${CUSTOM_METRIC_PREFIX}${toNamePart(rawName)}`;
  const family = families.get(name) ?? { rawName, name, help: note || rawName, series: new Map() };
  if (family.rawName !== rawName) {
    const names = `${JSON.stringify(family.rawName)} and ${JSON.stringify(rawName)}`;
    return void refuse('name_collision', `${names} both become ${name}`);
  }
  families.set(name, family);
  const places = labelNames.map((_, place) => place).sort((a, b) => (labelNames[a] < labelNames[b] ? -1 : 1));
  return { labelNames: places.map((place) => labelNames[place]), places, family };
}

function isNumber(row: ValueRow, refuse: Refuse): row is ValueRow & { value: number } {
  if (row.value === null || !Number.isFinite(row.value)) {
    refuse('not_a_number', 'the value is no finite number');
    return false;
  }
  return true;
}

function labelsOf(
  { labelNames, places }: Definition,
  { labelValue }: ValueRow,
  { maxText }: CustomMetricLimits,
  refuse: Refuse
): string | undefined {
  if ((labelValue ?? '').length > maxText) {
    return void refuse('too_long', `more than ${maxText} characters of label values`);
  }
  const none = labelValue === null || (places.length === 0 && labelValue.trim() === '');
  const values = none ? [] : split(labelValue);
  if (values.length !== places.length) {
    return void refuse('label_count', `${values.length} label values for ${places.length} labels`);
  }
  return labelText(
    labelNames,
    places.map((place) => values[place])
  );
}

const split = (list: string) => list.split(',').map((entry) => entry.trim());

/** False where one of the times is not known. */
const isOlder = (row: ValueRow, known: Value) => toTime(row.lastTime) < toTime(known.lastTime);

/** Milliseconds since 1970 of a time as SQLite and its clients write it (UTC unless it has a zone); NaN for others. */
function toTime(time: string | null): number {
  const text = (time ?? '').trim().replace(/(\.\d{3})\d+/, '$1');
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Number(text) < 1e11 ? Number(text) * 1000 : Number(text);
  }
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text.replace(' ', 'T')}Z`);
}
