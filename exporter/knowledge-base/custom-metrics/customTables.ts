import type { MetricFamily } from '../../http/exposition';
import { toCustomMetricFamilies, type CustomMetricOptions, type MetricRow, type ValueRow } from './customMetrics';
import type { OpenDatabase, Table } from '../database';
import type { ReportIssue } from '../errors';
import type { SeriesCache } from './seriesCache';
import { hasColumns, buildIdColumn, buildTextColumn } from '../databaseColumns';

export interface CustomTableOptions extends CustomMetricOptions {
  /** Maximum number of rows in table `metric`. */
  maxMetrics: number;
}

/** Reads `metric` and `metric_value`. Both are optional; having only one is reported and yields no series. */
export function readCustomTables(
  database: OpenDatabase,
  metrics: Table | undefined,
  values: Table | undefined,
  options: CustomTableOptions,
  reportIssue: ReportIssue,
  cache?: SeriesCache
): MetricFamily[] {
  if (!metrics || !values) {
    if (metrics || values) {
      const where = metrics ? 'metric_value' : 'metric';
      reportIssue({ cause: 'missing_table', where, detail: 'the table is missing, but the other custom table exists' });
    }
    return [];
  }
  const hasAllColumns =
    hasColumns(metrics, ['id', 'name', 'label'], reportIssue) &&
    hasColumns(values, ['metric_id', 'label_value', 'value'], reportIssue);
  return hasAllColumns
    ? toCustomMetricFamilies(
        readMetricRows(database, metrics, options, reportIssue),
        readValueRows(database, values, options),
        options,
        reportIssue,
        cache
      )
    : [];
}

/** Sorts after the limit, so that a huge table can't block writers before its first row arrives. */
function* readMetricRows(
  database: OpenDatabase,
  table: Table,
  { maxMetrics, maxTextLength }: CustomTableOptions,
  reportIssue: ReportIssue
): Generator<MetricRow> {
  const columns = ['name', 'label', 'note'].map((column) => buildTextColumn(table, column, maxTextLength));
  const first = `SELECT id, ${buildTextColumn(table, 'id', MAX_ID_LENGTH, 'id_text')}, ${columns.join(', ')} FROM ${table.sql} LIMIT ${maxMetrics + 1}`;
  let count = 0;
  for (const row of database.selectRowArrays(`SELECT id_text, name, label, note FROM (${first}) ORDER BY id`)) {
    count += 1;
    if (count > maxMetrics) {
      return reportIssue({ cause: 'too_many_rows', where: 'metric', detail: `more than ${maxMetrics} rows` });
    }
    const [id, name, label, note] = row as Array<string | null>;
    yield { id, name, label, note };
  }
}

/** Rows in storage order, which is insertion order. */
function readValueRows(
  database: OpenDatabase,
  table: Table,
  { maxTextLength }: CustomTableOptions
): Iterable<ValueRow> {
  const columns = [
    buildIdColumn(table, 'id', MAX_ID_LENGTH),
    buildIdColumn(table, 'metric_id', MAX_ID_LENGTH),
    buildTextColumn(table, 'label_value', maxTextLength),
    "CASE typeof(value) WHEN 'integer' THEN CAST(value AS REAL) WHEN 'real' THEN value END",
    buildTextColumn(table, 'last_time', MAX_TIME_LENGTH),
  ];
  const rows = database.selectRowArrays(`SELECT ${columns.join(', ')} FROM ${table.sql} NOT INDEXED`);
  return rows as Iterable<unknown> as Iterable<ValueRow>;
}

const MAX_ID_LENGTH = 40;
const MAX_TIME_LENGTH = 40;
