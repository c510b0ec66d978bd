import { chmodSync, copyFileSync, renameSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { KbEffect } from '../engine/types';

/**
 * Writes the SQLite file of the knowledge base like Sedna, with the default rollback journal. A reader without a busy
 * timeout can find it locked.
 */
export class KnowledgeBaseFile {
  private database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  /** @param file path, created if missing; the first statement fails if it already contains the tables of Sedna */
  constructor(readonly file: string) {
    this.database = this.open();
  }

  private open(): DatabaseSync {
    return new DatabaseSync(this.file, { enableForeignKeyConstraints: false, timeout: 5000 });
  }

  /** Replaces the file by a copy of another one. A reader sees either of them, never a part. */
  replaceBy(source: string): void {
    this.database.close();
    this.statements.clear();
    const copy = `${this.file}.new`;
    copyFileSync(source, copy);
    // The source may be read-only.
    chmodSync(copy, 0o644);
    renameSync(copy, this.file);
    this.database = this.open();
  }

  /** Executes statements in one transaction. */
  write(effects: readonly KbEffect[]): void {
    if (effects.length === 0) {
      return;
    }
    this.database.exec('BEGIN');
    try {
      for (const { sql, params } of effects) {
        this.run(sql, params);
      }
      this.database.exec('COMMIT');
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }

  private run(sql: string, params: KbEffect['params']): void {
    if (sql.startsWith('CREATE')) {
      this.database.exec(sql);
      return;
    }
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.database.prepare(sql);
      this.statements.set(sql, statement);
    }
    statement.run(...params);
  }

  close(): void {
    this.database.close();
  }
}
