import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sharedFile } from '../engine/testUtils';
import type { KbEffect } from '../engine/types';
import { createWorld } from '../engine/world';
import { KnowledgeBaseFile } from './knowledgeBaseFile';

const START = new Date('2026-11-24T01:00:00Z');
const SCHEMA = `SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name LIKE 'll\\_%' ESCAPE '\\' ORDER BY name`;

describe('knowledge base file after an hour', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kb-file-'));
  let database: DatabaseSync;

  before(() => {
    const world = createWorld({ seed: 1, start: START });
    const effects = world.advanceTo(new Date(START.getTime() + 3_600_000));
    const file = new KnowledgeBaseFile(path.join(folder, 'kb.sqlite3'));
    file.write(effects.filter((effect): effect is KbEffect => effect.type === 'kb'));
    file.close();
    database = new DatabaseSync(path.join(folder, 'kb.sqlite3'), { readOnly: true });
  });
  after(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  const rows = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  const value = (sql: string) => Object.values(rows(sql)[0])[0];

  const { file: real, skip } = sharedFile('sedna', 'knowledge-base', 'kb.sqlite3');
  test('has the same tables and indexes as a real file', { skip }, () => {
    const original = new DatabaseSync(real, { readOnly: true });
    const expected = original
      .prepare(SCHEMA)
      .all()
      .map((row) => ({ ...row }));
    original.close();
    assert.equal(expected.length, 20);
    assert.deepEqual(rows(SCHEMA), expected);
  });

  test('has the constant values of a real file', () => {
    assert.deepEqual(rows('SELECT DISTINCT deploy FROM ll_task_grp'), [{ deploy: 0 }]);
    assert.deepEqual(rows('SELECT DISTINCT is_current FROM ll_task_models'), [{ is_current: 0 }]);
    assert.deepEqual(rows('SELECT DISTINCT data_url, descr, data_type, typeof(data_type) AS type FROM ll_samples'), [
      { data_url: '', descr: '', data_type: 'train', type: 'text' },
    ]);
  });

  test('adds up samples, and weighs relations by 1/n', () => {
    const sums = `SELECT g.name FROM ll_task_grp g WHERE g.sample_num <> (SELECT sum(s.sample_num) FROM ll_samples s
      JOIN ll_task_sample l ON l.sample_id = s.id WHERE l.task_id = g.id)`;
    assert.deepEqual(rows(sums), []);
    const weights = `SELECT g.name FROM ll_task_grp g JOIN ll_task_relation r ON r.grp_id = g.id
      WHERE abs(r.transfer_radio - 1.0 / g.task_num) > 0.000001`;
    assert.deepEqual(rows(weights), []);
    assert.ok(Number(value(`SELECT task_num FROM ll_task_grp WHERE name = 'Autumn_1.0'`)) > 2);
  });

  test('contains tasks with attributes and model URLs', () => {
    assert.equal(value('SELECT count(*) FROM ll_tasks'), 18);
    assert.equal(value(`SELECT task_attr FROM ll_tasks WHERE name = 'Autumn_1.0'`), '["Autumn", 1.0]');
    assert.equal(
      value(
        `SELECT model_url FROM ll_task_models m JOIN ll_task_grp g ON g.id = m.task_id WHERE g.name = 'Autumn_1.0'`
      ),
      'http://kb.sedna:9020/knowledgebase/file/download?files=Autumn_1.0.model&name=Autumn_1.0.model'
    );
  });

  test('contains custom metrics, some without ids', () => {
    assert.deepEqual(rows('SELECT id, name, label FROM metric ORDER BY id'), [
      { id: null, name: 'Recall', label: 'model_name' },
      { id: 1, name: 'Precision', label: 'model_name' },
    ]);
    assert.ok(Number(value('SELECT count(*) FROM metric_value WHERE id IS NULL')) > 5);
    assert.equal(value(`SELECT value FROM metric_value WHERE metric_id = 0 AND label_value = 'baseline'`), 0.71);
  });

  test('uses the default journal mode', () => {
    assert.equal(value('PRAGMA journal_mode'), 'delete');
  });
});

test('a file is replaced by a copy of another one, and can be written', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kb-copy-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const statement = (sql: string): KbEffect => ({ type: 'kb', at: 0, sql, params: [] });
  const source = new KnowledgeBaseFile(path.join(folder, 'source.sqlite3'));
  source.write([statement('CREATE TABLE kept (a INTEGER)')]);
  source.close();
  const target = new KnowledgeBaseFile(path.join(folder, 'kb.sqlite3'));
  target.write([statement('CREATE TABLE replaced (a INTEGER)')]);
  target.replaceBy(path.join(folder, 'source.sqlite3'));
  target.write([statement('INSERT INTO kept VALUES (1)')]);
  target.close();
  const database = new DatabaseSync(path.join(folder, 'kb.sqlite3'), { readOnly: true });
  t.after(() => database.close());
  assert.equal(database.prepare('SELECT count(*) AS n FROM kept').get()?.n, 1);
  assert.equal(database.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'replaced'").get()?.n, 0);
});
