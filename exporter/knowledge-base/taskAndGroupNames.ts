import type { OpenDatabase, Table } from './database';
import type { ReportIssue, RowCause } from './errors';
import { hasColumns, buildTextColumn } from './databaseColumns';

export interface NameLimits {
  /** Maximum length of a label value in characters. */
  maxTextLength: number;
  /** Maximum number of tasks, and of groups, that get series. All are counted. */
  maxTasks: number;
}

/** Names in a table of tasks or groups. */
export interface NameTable {
  /** Number of rows. */
  count: number;
  /** Names by id; undefined for a row that was skipped and reported. */
  nameById: Map<string, string | undefined>;
  /** Whether `byId` contains every row. */
  isComplete: boolean;
  table: string;
}

/** Reports an issue with one row. */
export type ReportRow = (cause: RowCause, detail: string) => void;

/**
 * Reads ids and names in table order. Reports missing, overlong, and duplicate names.
 * @param detailColumn column passed to `onName` with each valid name
 */
export function readNameTable(
  database: OpenDatabase,
  table: Table,
  { maxTextLength, maxTasks }: NameLimits,
  reportIssue: ReportIssue,
  detailColumn?: string,
  onName?: (name: string, detail: string | null, reportRow: ReportRow) => void
): NameTable {
  const names: NameTable = { count: 0, nameById: new Map(), isComplete: true, table: table.name };
  if (!hasColumns(table, ['id', 'name'], reportIssue)) {
    for (const _ of database.selectRowArrays(`SELECT 1 FROM ${table.sql} NOT INDEXED`)) {
      names.count += 1;
    }
    return { ...names, isComplete: false };
  }
  const usedNames = new Set<string>();
  const columns = ['id', 'name', ...(detailColumn ? [detailColumn] : [])].map((name) =>
    buildTextColumn(table, name, maxTextLength)
  );
  for (const row of database.selectRowArrays(`SELECT ${columns.join(', ')} FROM ${table.sql} NOT INDEXED`)) {
    names.count += 1;
    if (names.count > maxTasks) {
      names.isComplete = false;
      continue;
    }
    const [id, name, detail = null] = row as Array<string | null>;
    const reportRow = createRowReporter(reportIssue, table, id, names.count);
    const reason =
      id !== null && names.nameById.has(id) ? 'the same id' : usedNames.has(name ?? '') ? 'the same name' : undefined;
    if (reason) {
      reportRow('duplicate_row', `another row has ${reason}`);
    }
    const isValid = !reason && isValidLabelText(name, 'name', maxTextLength, reportRow);
    if (id !== null && !names.nameById.has(id)) {
      names.nameById.set(id, isValid ? name : undefined);
    }
    if (isValid) {
      usedNames.add(name);
      onName?.(name, detail, reportRow);
    }
  }
  if (!names.isComplete) {
    reportIssue({ cause: 'too_many_rows', where: table.name, detail: `more than ${maxTasks} rows` });
  }
  return names;
}

/** Returns the name for a foreign key, or undefined after reporting it if there is none. */
export function findName(names: NameTable, id: string | null, reportRow: ReportRow): string | undefined {
  if (names.isComplete && !(id !== null && names.nameById.has(id))) {
    reportRow('dangling_id', `${names.table} has no row with the id ${id}`);
  }
  return id === null ? undefined : names.nameById.get(id);
}

/** Returns whether text can be a label value, and reports the row if not. */
export function isValidLabelText(
  text: string | null,
  columnName: string,
  maxTextLength: number,
  reportRow: ReportRow
): text is string {
  if (text === null || text === '') {
    reportRow(columnName === 'name' ? 'invalid_name' : 'missing_value', `no ${columnName}`);
    return false;
  }
  if (text.length > maxTextLength) {
    reportRow('too_long', `a ${columnName} of more than ${maxTextLength} characters`);
    return false;
  }
  return true;
}

/** Creates a function that reports issues of one row. @param position used to identify rows without an id */
export const createRowReporter =
  (reportIssue: ReportIssue, { name }: Table, id: string | null, position: number): ReportRow =>
  (cause, detail) =>
    reportIssue({ cause, where: id === null ? `${name} row ${position}` : `${name} id ${id.slice(0, 40)}`, detail });
