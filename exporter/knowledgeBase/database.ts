import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { ReadError, type ReadCause } from './problems';

/** A table that is there, with what is needed to read it. */
export interface Table {
  /** Quoted for SQL. */
  sql: string;
  columns: ReadonlySet<string>;
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
    // Functions in a foreign schema are not run, and sorting makes no file.
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; BEGIN');
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
    const columns = [...this.rows(`PRAGMA table_info(${sql})`)].map((column) => String(column.name).toLowerCase());
    return { sql, columns: new Set(columns) };
  }

  /** Rows of a statement, by column. @throws ReadError when the budget is spent */
  *rows(sql: string, ...parameters: string[]): Generator<Record<string, SQLOutputValue>> {
    for (const row of this.database.prepare(sql).iterate(...parameters)) {
      this.checkBudget();
      yield row;
    }
  }

  /** The same as lists of values, for tables with very many rows: it takes half the time. */
  *lists(sql: string): Generator<SQLOutputValue[]> {
    const statement = this.database.prepare(sql);
    statement.setReturnArrays(true);
    for (const row of statement.iterate()) {
      this.checkBudget();
      yield row as unknown as SQLOutputValue[];
    }
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
  const { errcode, message } = error as Error & { errcode?: number };
  return new ReadError((errcode !== undefined && CAUSE_OF_CODE[errcode & 0xff]) || 'other', message);
}
