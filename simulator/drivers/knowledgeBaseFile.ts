import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { KbEffect } from '../engine/types';

/**
 * The knowledge base's SQLite file, written as Sedna writes it: journal mode as it comes (a rollback journal), so a
 * reader without a busy timeout can find it locked for a moment.
 */
export class KnowledgeBaseFile {
  private readonly database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  /** @param file created when missing; one that already holds Sedna's tables is an error of the first statement */
  constructor(readonly file: string) {
    this.database = new DatabaseSync(file, { enableForeignKeyConstraints: false, timeout: 5000 });
  }

  /** Runs the statements in one transaction. */
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
