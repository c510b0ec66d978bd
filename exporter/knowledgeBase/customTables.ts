import type { MetricFamily } from '../exposition';
import { customMetrics, type CustomMetricOptions, type MetricRow, type ValueRow } from './customMetrics';
import type { OpenDatabase, Table } from './database';
import type { Report } from './problems';
import type { SeriesMemory } from './seriesMemory';
import { hasColumns, idColumn, textColumn } from './tables';

export interface CustomTableOptions extends CustomMetricOptions {
  /** Rows of table `metric`. */
  maxMetrics: number;
}

/** Reads `metric` and `metric_value`. Both are optional; one without the other gives no series and is reported. */
export function customTables(
  database: OpenDatabase,
  metrics: Table | undefined,
  values: Table | undefined,
  options: CustomTableOptions,
  report: Report,
  memory?: SeriesMemory
): MetricFamily[] {
  if (!metrics || !values) {
    if (metrics || values) {
      const where = metrics ? 'metric_value' : 'metric';
      report({ cause: 'missing_table', where, detail: 'the other custom table is there, this one is not' });
    }
    return [];
  }
  const complete =
    hasColumns(metrics, ['id', 'name', 'label'], report) &&
    hasColumns(values, ['metric_id', 'label_value', 'value'], report);
  return complete
    ? customMetrics(
        metricRows(database, metrics, options, report),
        valueRows(database, values, options),
        options,
        report,
        memory
      )
    : [];
}

/** Sorted after the limit, so that no table can keep the database busy for long before the first row comes. */
function* metricRows(
  database: OpenDatabase,
  table: Table,
  { maxMetrics, maxText }: CustomTableOptions,
  report: Report
): Generator<MetricRow> {
  const columns = ['name', 'label', 'note'].map((column) => textColumn(table, column, maxText));
  const first = `SELECT id, ${textColumn(table, 'id', ID_LENGTH, 'id_text')}, ${columns.join(', ')} FROM ${table.sql} LIMIT ${maxMetrics + 1}`;
  let count = 0;
  for (const row of database.lists(`SELECT id_text, name, label, note FROM (${first}) ORDER BY id`)) {
    count += 1;
    if (count > maxMetrics) {
      return report({ cause: 'too_many_rows', where: 'metric', detail: `more than ${maxMetrics} rows` });
    }
    const [id, name, label, note] = row as Array<string | null>;
    yield { id, name, label, note };
  }
}

/** Rows as they lie in the table, which is the order in which they were written. */
function valueRows(database: OpenDatabase, table: Table, { maxText }: CustomTableOptions): Iterable<ValueRow> {
  const columns = [
    idColumn(table, 'id', ID_LENGTH),
    idColumn(table, 'metric_id', ID_LENGTH),
    textColumn(table, 'label_value', maxText),
    "CASE typeof(value) WHEN 'integer' THEN CAST(value AS REAL) WHEN 'real' THEN value END",
    textColumn(table, 'last_time', TIME_LENGTH),
  ];
  const rows = database.lists(`SELECT ${columns.join(', ')} FROM ${table.sql} NOT INDEXED`);
  return rows as Iterable<unknown> as Iterable<ValueRow>;
}

const ID_LENGTH = 40;
const TIME_LENGTH = 40;
