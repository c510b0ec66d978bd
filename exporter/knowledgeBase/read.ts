import { findMetric } from '../../src/sedna/catalogue';
import { exposition, type MetricFamily } from '../exposition';
import { customMetrics, type CustomMetricLimits, type MetricRow, type ValueRow } from './customMetrics';
import { readDatabase, type OpenDatabase, type ReadLimits, type Table } from './database';
import type { Problem } from './problems';

/** What one read of the knowledge base gave. */
export interface Reading {
  /** Series in Prometheus' text format. */
  text: string;
  /** What was left out; the first of them, where there are very many. */
  problems: Problem[];
}

export interface KnowledgeBaseLimits extends ReadLimits, CustomMetricLimits {
  /** Rows of table `metric`. */
  maxMetrics: number;
}

/** Sized for 100,000 series in less than a second. */
export const LIMITS: KnowledgeBaseLimits = {
  budgetMs: 3_000,
  busyMs: 500,
  maxText: 4_096,
  maxSeries: 200_000,
  maxMetrics: 10_000,
};

const MAX_PROBLEMS = 10_000;
const KNOWN_TASKS = 'sedna_knowledge_base_known_tasks';

/**
 * Reads the knowledge base: known tasks and custom metrics.
 * Tables that are not there give no series; `ll_tasks` is missed, the custom tables are optional.
 * @throws ReadError when nothing could be read
 */
export function readKnowledgeBase(file: string, limits: KnowledgeBaseLimits = LIMITS): Reading {
  const problems: Problem[] = [];
  const report = (problem: Problem) => void (problems.length < MAX_PROBLEMS && problems.push(problem));
  const families = readDatabase(file, limits, (database) => [
    ...knownTasks(database, report),
    ...customFamilies(database, limits, report),
  ]);
  return { text: exposition(families), problems };
}

function knownTasks(database: OpenDatabase, report: (problem: Problem) => void): MetricFamily[] {
  const table = database.table('ll_tasks');
  if (!table) {
    report({ cause: 'missing_table', where: 'll_tasks', detail: 'the table is not there' });
    return [];
  }
  const [row] = [...database.rows(`SELECT count(*) AS tasks FROM ${table.sql}`)];
  const sample = { labels: '', value: Number(row.tasks) };
  return [{ name: KNOWN_TASKS, help: findMetric(KNOWN_TASKS)?.help ?? KNOWN_TASKS, samples: [sample] }];
}

function customFamilies(
  database: OpenDatabase,
  limits: KnowledgeBaseLimits,
  report: (problem: Problem) => void
): MetricFamily[] {
  const metrics = database.table('metric');
  const values = database.table('metric_value');
  if (!metrics || !values) {
    return [];
  }
  const complete =
    hasColumns('metric', metrics, ['id', 'name', 'label'], report) &&
    hasColumns('metric_value', values, ['metric_id', 'label_value', 'value'], report);
  if (!complete) {
    return [];
  }
  return customMetrics(metricRows(database, metrics, limits, report), valueRows(database, values), limits, report);
}

function hasColumns(name: string, { columns }: Table, needed: string[], report: (problem: Problem) => void): boolean {
  const missing = needed.filter((column) => !columns.has(column));
  if (missing.length > 0) {
    report({ cause: 'foreign_schema', where: name, detail: `no column ${missing.join(', ')}` });
  }
  return missing.length === 0;
}

/** Text of a column, cut to one character more than allowed; binary data is none. */
function text({ columns }: Table, column: string, length: number): string {
  const cut = `CASE WHEN typeof(${column}) <> 'blob' THEN substr(CAST(${column} AS TEXT), 1, ${length + 1}) END`;
  return `${columns.has(column) ? cut : 'NULL'} AS ${column}`;
}

function* metricRows(
  database: OpenDatabase,
  table: Table,
  { maxMetrics, maxText }: KnowledgeBaseLimits,
  report: (problem: Problem) => void
): Generator<MetricRow> {
  const columns = ['id', 'name', 'label', 'note'].map((column) => text(table, column, maxText)).join(', ');
  let count = 0;
  for (const row of database.rows(`SELECT ${columns} FROM ${table.sql} AS m ORDER BY m.id LIMIT ${maxMetrics + 1}`)) {
    count += 1;
    if (count > maxMetrics) {
      return report({ cause: 'too_many_metrics', where: 'metric', detail: `more than ${maxMetrics} rows` });
    }
    yield row as unknown as MetricRow;
  }
}

/** Rows as they lie in the table, which is the order in which they were written. */
function* valueRows(database: OpenDatabase, table: Table): Generator<ValueRow> {
  const number = "CASE typeof(value) WHEN 'integer' THEN CAST(value AS REAL) WHEN 'real' THEN value END AS value";
  const columns = [
    text(table, 'id', 40),
    text(table, 'metric_id', 40),
    text(table, 'label_value', LIMITS.maxText),
    number,
    text(table, 'last_time', 40),
  ];
  for (const row of database.lists(`SELECT ${columns.join(', ')} FROM ${table.sql} NOT INDEXED`)) {
    const [id, metricId, labelValue, value, lastTime] = row as [Text, Text, Text, number | null, Text];
    yield { id, metricId, labelValue, value, lastTime };
  }
}

type Text = string | null;
