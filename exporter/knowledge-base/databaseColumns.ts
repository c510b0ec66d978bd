import type { Table } from './database';
import type { ReportIssue } from './errors';

/**
 * Builds the SQL that selects a column as text. Binary data and missing columns become NULL. Text that is too long is
 * replaced by a filler, so that a huge cell is never loaded.
 * @param maxLength in characters; longer text becomes one character longer, so that the caller can reject it
 */
export function buildTextColumn({ columns }: Table, column: string, maxLength: number, alias = column): string {
  // A UTF-16 code unit takes at most three bytes in UTF-8.
  const isTooLong = `octet_length(${column}) > ${3 * maxLength}`;
  const filler = `'${'x'.repeat(maxLength + 1)}'`;
  const cell = `CASE WHEN typeof(${column}) = 'blob' THEN NULL WHEN ${isTooLong} THEN ${filler} ELSE CAST(${column} AS TEXT) END`;
  return `${columns.has(column) ? cell : 'NULL'} AS ${alias}`;
}

/** Like {@link buildTextColumn}, for ids in large tables: safe integers stay numbers, which is faster. */
export function buildIdColumn(table: Table, column: string, maxLength: number): string {
  const isSmall = `typeof(${column}) = 'integer' AND ${column} BETWEEN -${MAX_SAFE_INTEGER} AND ${MAX_SAFE_INTEGER}`;
  const text = buildTextColumn(table, column, maxLength, 'id');
  return table.columns.has(column)
    ? `CASE WHEN ${isSmall} THEN ${column} ELSE ${text.replace(/ AS id$/, '')} END`
    : text;
}

const MAX_SAFE_INTEGER = Number.MAX_SAFE_INTEGER;

/** Returns whether a table has the columns, and reports it if not. */
export function hasColumns({ name, columns }: Table, required: readonly string[], reportIssue: ReportIssue): boolean {
  const missing = required.filter((column) => !columns.has(column));
  if (missing.length > 0) {
    reportIssue({ cause: 'foreign_schema', where: name, detail: `missing column ${missing.join(', ')}` });
  }
  return missing.length === 0;
}
