import type { OpenDatabase, Table } from './database';
import type { Report, RowCause } from './problems';
import { hasColumns, textColumn } from './tables';

export interface NameLimits {
  /** Longest text that a label may have, in characters. */
  maxText: number;
  /** Tasks, and groups, that get series; all are counted. */
  maxTasks: number;
}

/** What a table of tasks or groups holds. */
export interface Names {
  /** Rows of the table. */
  count: number;
  /** By id; undefined for a row that was left out and reported. */
  byId: Map<string, string | undefined>;
  /** Whether every row is in `byId`. */
  complete: boolean;
  table: string;
}

/** Reports about one row. */
export type Refuse = (cause: RowCause, detail: string) => void;

/**
 * Reads ids and names, in the order of the table. Names that are missing, too long or given twice are reported.
 * @param detailColumn a column to hand to `onName` with each row that has a name of its own
 */
export function readNames(
  database: OpenDatabase,
  table: Table,
  { maxText, maxTasks }: NameLimits,
  report: Report,
  detailColumn?: string,
  onName?: (name: string, detail: string | null, refuse: Refuse) => void
): Names {
  const names: Names = { count: 0, byId: new Map(), complete: true, table: table.name };
  if (!hasColumns(table, ['id', 'name'], report)) {
    for (const _ of database.lists(`SELECT 1 FROM ${table.sql} NOT INDEXED`)) {
      names.count += 1;
    }
    return { ...names, complete: false };
  }
  const taken = new Set<string>();
  const columns = ['id', 'name', ...(detailColumn ? [detailColumn] : [])].map((name) =>
    textColumn(table, name, maxText)
  );
  for (const row of database.lists(`SELECT ${columns.join(', ')} FROM ${table.sql} NOT INDEXED`)) {
    names.count += 1;
    if (names.count > maxTasks) {
      names.complete = false;
      continue;
    }
    const [id, name, detail = null] = row as Array<string | null>;
    const refuse = refuseRow(report, table, id, names.count);
    const reason =
      id !== null && names.byId.has(id) ? 'the same id' : taken.has(name ?? '') ? 'the same name' : undefined;
    if (reason) {
      refuse('duplicate_row', `another row has ${reason}`);
    }
    const isGood = !reason && isUsable(name, 'name', maxText, refuse);
    if (id !== null && !names.byId.has(id)) {
      names.byId.set(id, isGood ? name : undefined);
    }
    if (isGood) {
      taken.add(name);
      onName?.(name, detail, refuse);
    }
  }
  if (!names.complete) {
    report({ cause: 'too_many_rows', where: table.name, detail: `more than ${maxTasks} rows` });
  }
  return names;
}

/** The name of a row that another refers to; undefined and reported where there is none. */
export function nameOf(names: Names, id: string | null, refuse: Refuse): string | undefined {
  if (names.complete && !(id !== null && names.byId.has(id))) {
    refuse('dangling_id', `${names.table} has no row with the id ${id}`);
  }
  return id === null ? undefined : names.byId.get(id);
}

/** Whether text can be a label's value; if not, the row is reported. */
export function isUsable(text: string | null, what: string, maxText: number, refuse: Refuse): text is string {
  if (text === null || text === '') {
    refuse(what === 'name' ? 'invalid_name' : 'missing_value', `no ${what}`);
    return false;
  }
  if (text.length > maxText) {
    refuse('too_long', `a ${what} of more than ${maxText} characters`);
    return false;
  }
  return true;
}

/** @param position of the row in its table, for one without an id */
export const refuseRow =
  (report: Report, { name }: Table, id: string | null, position: number): Refuse =>
  (cause, detail) =>
    report({ cause, where: id === null ? `${name} row ${position}` : `${name} id ${id.slice(0, 40)}`, detail });
