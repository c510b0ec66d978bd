import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { ReadError, type ReadCause } from './errors';

/** An existing table. */
export interface Table {
  /** Name as requested. */
  name: string;
  /** Actual name, quoted for SQL. */
  sql: string;
  /** Column names in lower case. */
  columns: ReadonlySet<string>;
  /** Name of the `INTEGER PRIMARY KEY` column in lower case. Rows are found by it without a search. */
  rowIdColumn?: string;
}

export interface ReadLimits {
  /**
   * Maximum duration of a read in milliseconds, from its first lock. Well below the 5 s that Sedna's knowledge base
   * waits for a lock, so that its commits never fail because of a read.
   */
  maxReadMs: number;
  /** Milliseconds to wait for a writer's lock. */
  lockTimeoutMs: number;
}

/**
 * Reads the database in one short transaction without modifying the file or its folder.
 * @throws {ReadError} if the file is missing, damaged, locked, not a database, or too slow
 */
export function readDatabase<T>(file: string, limits: ReadLimits, read: (database: OpenDatabase) => T): T {
  const absolute = path.resolve(file);
  assertReadableWithoutSideEffects(absolute);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(absolute, { readOnly: true, timeout: limits.lockTimeoutMs });
    // Untrusted functions don't run, sorting creates no files, and truncating the file during a read is an error
    // instead of a fatal signal.
    database.exec(
      'PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; BEGIN'
    );
    return read(new OpenDatabase(database, Date.now() + limits.maxReadMs));
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
   * Finds a table by name, ignoring case. Ignores views, virtual tables, and generated columns, because reading them
   * can run arbitrary code.
   */
  findTable(name: string): Table | undefined {
    const selectRows = this.selectRows(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND lower(name) = ? AND sql NOT LIKE 'create virtual%'",
      name
    );
    const [found] = [...selectRows];
    if (!found) {
      return undefined;
    }
    const sql = `"${String(found.name).replace(/"/g, '""')}"`;
    const columns = [...this.selectRows(`PRAGMA table_info(${sql})`)].map((column) => ({
      name: String(column.name).toLowerCase(),
      isInteger: String(column.type).toUpperCase() === 'INTEGER',
      isKey: Number(column.pk) > 0,
    }));
    const keys = columns.filter(({ isKey }) => isKey);
    const rowIdColumn = keys.length === 1 && keys[0].isInteger ? keys[0].name : undefined;
    return { name, sql, columns: new Set(columns.map((column) => column.name)), rowIdColumn };
  }

  /** Yields rows by column name. @throws {ReadError} if the read takes too long */
  *selectRows(sql: string, ...parameters: string[]): Generator<Record<string, SQLOutputValue>> {
    for (const row of this.database.prepare(sql).iterate(...parameters)) {
      this.checkDeadline();
      yield row;
    }
  }

  /** Yields rows as arrays, which takes half the time for large tables. */
  selectRowArrays(sql: string, ...parameters: number[]): IterableIterator<SQLOutputValue[]> {
    const statement = this.database.prepare(sql);
    statement.setReturnArrays(true);
    const selectRows = statement.iterate(...parameters) as Iterator<unknown> as Iterator<SQLOutputValue[]>;
    // Not a generator, which would allocate another result for each row.
    const iterator: IterableIterator<SQLOutputValue[]> = {
      next: () => {
        this.checkDeadline();
        return selectRows.next();
      },
      return: () => selectRows.return?.() ?? { done: true, value: undefined },
      [Symbol.iterator]: () => iterator,
    };
    return iterator;
  }

  private checkDeadline(): void {
    if (Date.now() > this.deadline) {
      throw new ReadError('timeout', 'the read took too long and was aborted so that it blocks no writer');
    }
  }
}

/**
 * Rejects files that opening would affect: SQLite creates files for a database in write-ahead mode that isn't open
 * elsewhere, and opening a pipe would block forever.
 */
function assertReadableWithoutSideEffects(file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) {
    throw new ReadError('missing_file', `${file} does not exist`);
  }
  if (!stat.isFile()) {
    throw new ReadError('not_a_file', `${file} isn't a regular file`);
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
    throw new ReadError('write_ahead_log', `${file} is in write-ahead mode and not open in another process`);
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
 * Returns whether SQLite rejected a statement, for example because of an unknown collation. Other tables may still be
 * readable.
 */
export const isStatementError = (error: unknown): boolean => getPrimaryCode(error) === 1;

/** Returns the primary result code of SQLite, or undefined for other errors. */
function getPrimaryCode(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: number };
  return errcode === undefined ? undefined : errcode & 0xff;
}

/** Primary result codes of SQLite. */
const CAUSE_BY_CODE: Readonly<Record<number, ReadCause>> = {
  5: 'locked',
  6: 'locked',
  // A hot journal of a crashed or busy writer: only a writer may roll it back.
  8: 'locked',
  11: 'corrupt',
  14: 'missing_file',
  26: 'not_a_database',
};

function toReadError(error: unknown): ReadError {
  if (error instanceof ReadError) {
    return error;
  }
  return new ReadError(CAUSE_BY_CODE[getPrimaryCode(error) ?? 0] ?? 'other', (error as Error).message);
}
