import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { ReadError, type ReadCause } from './problems';

/** A table that is there, with what is needed to read it. */
export interface Table {
  /** As it was asked for. */
  name: string;
  /** Its name in the database, quoted for SQL. */
  sql: string;
  /** In lower case. */
  columns: ReadonlySet<string>;
  /** The column that is `INTEGER PRIMARY KEY`, in lower case: rows are found by it without a search. */
  rowKey?: string;
}

export interface ReadLimits {
  /**
   * Milliseconds that a read may take from its first lock on. Well under the 5 s that the knowledge base itself
   * waits for a lock, so that its commits never fail because of us.
   */
  budgetMs: number;
  /** Milliseconds to wait for a lock of a writer. */
  busyMs: number;
}

/**
 * Reads the database in one short transaction, without leaving a trace in the file or its folder.
 * @throws ReadError when the file is absent, damaged, locked, something else or too slow
 */
export function readDatabase<T>(file: string, limits: ReadLimits, read: (database: OpenDatabase) => T): T {
  const absolute = path.resolve(file);
  refuseWhatWouldBeTouched(absolute);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(absolute, { readOnly: true, timeout: limits.busyMs });
    // Functions in a foreign schema are not run, sorting makes no file, and a file that is cut short while it is read
    // is an error, not a signal that ends the process.
    database.exec(
      'PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; BEGIN'
    );
    return read(new OpenDatabase(database, Date.now() + limits.budgetMs));
  } catch (error) {
    throw toReadError(error);
  } finally {
    database?.close();
  }
}

/** A database in a read transaction. */
export class OpenDatabase {
  constructor(
    private readonly database: DatabaseSync,
    private readonly deadline: number
  ) {}

  /**
   * Finds a table by name, in any case. Views and virtual tables are none: reading one may run anything.
   * Generated columns count as absent for the same reason.
   */
  table(name: string): Table | undefined {
    const rows = this.rows(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND lower(name) = ? AND sql NOT LIKE 'create virtual%'",
      name
    );
    const [found] = [...rows];
    if (!found) {
      return undefined;
    }
    const sql = `"${String(found.name).replace(/"/g, '""')}"`;
    const columns = [...this.rows(`PRAGMA table_info(${sql})`)].map((column) => ({
      name: String(column.name).toLowerCase(),
      isInteger: String(column.type).toUpperCase() === 'INTEGER',
      isKey: Number(column.pk) > 0,
    }));
    const keys = columns.filter(({ isKey }) => isKey);
    const rowKey = keys.length === 1 && keys[0].isInteger ? keys[0].name : undefined;
    return { name, sql, columns: new Set(columns.map((column) => column.name)), rowKey };
  }

  /** Rows of a statement, by column. @throws ReadError when the budget is spent */
  *rows(sql: string, ...parameters: string[]): Generator<Record<string, SQLOutputValue>> {
    for (const row of this.database.prepare(sql).iterate(...parameters)) {
      this.checkBudget();
      yield row;
    }
  }

  /** The same as lists of values, for tables with very many rows: it takes half the time. */
  lists(sql: string, ...parameters: number[]): IterableIterator<SQLOutputValue[]> {
    const statement = this.database.prepare(sql);
    statement.setReturnArrays(true);
    const rows = statement.iterate(...parameters) as Iterator<unknown> as Iterator<SQLOutputValue[]>;
    // Not a generator, which would make each result anew.
    const iterator: IterableIterator<SQLOutputValue[]> = {
      next: () => {
        this.checkBudget();
        return rows.next();
      },
      return: () => rows.return?.() ?? { done: true, value: undefined },
      [Symbol.iterator]: () => iterator,
    };
    return iterator;
  }

  private checkBudget(): void {
    if (Date.now() > this.deadline) {
      throw new ReadError('timeout', 'reading took too long and was given up, so that no writer waits');
    }
  }
}

/**
 * SQLite itself would make files for a database in write-ahead mode that nobody has open, and opening a pipe would
 * wait for ever.
 */
function refuseWhatWouldBeTouched(file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) {
    throw new ReadError('missing_file', `${file} does not exist`);
  }
  if (!stat.isFile()) {
    throw new ReadError('not_a_file', `${file} is no regular file`);
  }
  const header = Buffer.alloc(20);
  const descriptor = openFile(file);
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  const writeAhead = header.toString('latin1', 0, 15) === 'SQLite format 3' && (header[18] === 2 || header[19] === 2);
  if (writeAhead && !(existsSync(`${file}-wal`) && existsSync(`${file}-shm`))) {
    throw new ReadError('write_ahead_log', `${file} is in write-ahead mode and nobody has it open`);
  }
}

function openFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw new ReadError('other', (error as Error).message);
  }
}

/**
 * Whether SQLite refused a statement by itself, as for a table whose collation only its owner knows: that says
 * nothing about other tables.
 */
export const isStatementError = (error: unknown): boolean => primaryCode(error) === 1;

/** SQLite's result code without its details; undefined for errors of others. */
function primaryCode(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: number };
  return errcode === undefined ? undefined : errcode & 0xff;
}

/** Primary result codes of SQLite. */
const CAUSE_OF_CODE: Readonly<Record<number, ReadCause>> = {
  5: 'locked',
  6: 'locked',
  // A journal that a crashed or busy writer left: only a writer may roll it back.
  8: 'locked',
  11: 'corrupt',
  14: 'missing_file',
  26: 'not_a_database',
};

function toReadError(error: unknown): ReadError {
  if (error instanceof ReadError) {
    return error;
  }
  return new ReadError(CAUSE_OF_CODE[primaryCode(error) ?? 0] ?? 'other', (error as Error).message);
}
