import type { Table } from './database';
import type { Report } from './problems';

/**
 * SQL of a column as text; binary data and columns that are not there are NULL. Text that is too long is not even
 * loaded, so that one cell of many megabytes costs nothing: a filler stands for it.
 * @param maxLength in characters; what is longer comes longer, for the caller to refuse
 */
export function textColumn({ columns }: Table, column: string, maxLength: number, as = column): string {
  // A UTF-16 unit takes at most three bytes.
  const isTooLong = `octet_length(${column}) > ${3 * maxLength}`;
  const filler = `'${'x'.repeat(maxLength + 1)}'`;
  const cell = `CASE WHEN typeof(${column}) = 'blob' THEN NULL WHEN ${isTooLong} THEN ${filler} ELSE CAST(${column} AS TEXT) END`;
  return `${columns.has(column) ? cell : 'NULL'} AS ${as}`;
}

/** As {@link textColumn} for ids in large tables: what JavaScript can hold comes as a number, which is cheaper. */
export function idColumn(table: Table, column: string, maxLength: number): string {
  const isSmall = `typeof(${column}) = 'integer' AND ${column} BETWEEN -${MAX_SAFE} AND ${MAX_SAFE}`;
  const text = textColumn(table, column, maxLength, 'id');
  return table.columns.has(column)
    ? `CASE WHEN ${isSmall} THEN ${column} ELSE ${text.replace(/ AS id$/, '')} END`
    : text;
}

const MAX_SAFE = Number.MAX_SAFE_INTEGER;

/** Whether a table has the columns; if not, the table is reported. */
export function hasColumns({ name, columns }: Table, needed: readonly string[], report: Report): boolean {
  const missing = needed.filter((column) => !columns.has(column));
  if (missing.length > 0) {
    report({ cause: 'foreign_schema', where: name, detail: `no column ${missing.join(', ')}` });
  }
  return missing.length === 0;
}
