import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { DEFAULT_OPTIONS } from './readKnowledgeBase';
import {
  ALL_TABLES_MISSING,
  ALL_TABLES,
  getReadCause,
  createDatabase,
  createTempFolder,
  readSeries,
  getFolderState,
} from './testUtils';

test('custom metrics become series', () => {
  const file = createDatabase(`${ALL_TABLES}
    INSERT INTO metric (name, label, note) VALUES ('Recall', 'model_name', 'found'), ('count', NULL, NULL);
    INSERT INTO metric_value (metric_id, label_value, value) VALUES (0, 'svm', 0.5), (1, '', 9007199254740993), (0, 'cnn', '0.25');`);
  assert.deepEqual(readSeries(file), {
    series: [
      'sedna_knowledge_base_known_tasks 0',
      'sedna_knowledge_base_task_groups 0',
      'sedna_custom_Recall{model_name="svm"} 0.5',
      'sedna_custom_Recall{model_name="cnn"} 0.25',
      'sedna_custom_count 9007199254740992',
    ],
    issues: [],
  });
});

test('reading changes neither the file nor its folder, even if it fails', () => {
  const good = createDatabase(`${ALL_TABLES} INSERT INTO metric VALUES (1, 'm', 'a', '', 0)`);
  const writeAhead = createDatabase('PRAGMA journal_mode = WAL; CREATE TABLE ll_tasks (id INTEGER)');
  const garbage = path.join(createTempFolder(), 'kb.sqlite3');
  writeFileSync(garbage, 'no database at all'.repeat(100));
  const empty = path.join(createTempFolder(), 'kb.sqlite3');
  writeFileSync(empty, '');
  for (const [file, cause] of [
    [good, 'none'],
    [writeAhead, 'write_ahead_log'],
    [garbage, 'not_a_database'],
    [empty, 'none'],
  ] as const) {
    const before = getFolderState(file);
    assert.equal(
      getReadCause(() => readSeries(file)),
      cause
    );
    assert.deepEqual(getFolderState(file), before);
  }
});

test('a database in write-ahead mode is readable while another process has it open', () => {
  const file = createDatabase(`PRAGMA journal_mode = WAL; ${ALL_TABLES}`);
  const writer = new DatabaseSync(file);
  writer.exec("INSERT INTO ll_tasks (name) VALUES ('a')");
  assert.ok(readSeries(file).series.includes('sedna_knowledge_base_known_tasks 1'));
  writer.close();
});

test('a path without a knowledge base is rejected with a cause', () => {
  const dir = createTempFolder();
  assert.equal(
    getReadCause(() => readSeries(path.join(dir, 'absent.sqlite3'))),
    'missing_file'
  );
  assert.deepEqual(readdirSync(dir), []);
  mkdirSync(path.join(dir, 'a-folder'));
  assert.equal(
    getReadCause(() => readSeries(path.join(dir, 'a-folder'))),
    'not_a_file'
  );
});

test('a damaged file is rejected', () => {
  const rows = Array.from({ length: 2_000 }, (_, index) => `('task ${index} ${'x'.repeat(50)}')`).join(',');
  const file = createDatabase(`${ALL_TABLES} INSERT INTO ll_tasks (name) VALUES ${rows}`);
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4096 * 2);
  writeFileSync(file, bytes);
  assert.equal(
    getReadCause(() => readSeries(file)),
    'corrupt'
  );
});

test("a read waits for a writer's lock only until its timeout, and writers continue after a read", () => {
  const file = createDatabase(ALL_TABLES);
  const writer = new DatabaseSync(file);
  writer.exec("BEGIN EXCLUSIVE; INSERT INTO ll_tasks (name) VALUES ('a')");
  assert.equal(
    getReadCause(() => readSeries(file, { ...DEFAULT_OPTIONS, lockTimeoutMs: 100 })),
    'locked'
  );
  writer.exec('COMMIT');
  assert.ok(readSeries(file).series.includes('sedna_knowledge_base_known_tasks 1'));
  writer.exec("INSERT INTO ll_tasks (name) VALUES ('b')");
  writer.close();
});

test('a read is aborted when its time is used up', () => {
  const file = createDatabase(ALL_TABLES);
  assert.equal(
    getReadCause(() => readSeries(file, { ...DEFAULT_OPTIONS, maxReadMs: -1 })),
    'timeout'
  );
});

test('the deadline is checked for every row of every table, so that no table can block a writer', (context) => {
  const clock = context.mock.method(Date, 'now', Date.now.bind(Date));
  const countClockReads = (sql: string) => {
    const file = createDatabase(`${ALL_TABLES} ${sql}`);
    clock.mock.resetCalls();
    readSeries(file);
    return clock.mock.callCount();
  };
  const without = countClockReads('');
  for (const insert of [
    'll_tasks (name) SELECT i',
    'll_task_grp (name) SELECT i',
    'll_task_models (task_id) SELECT i',
    'll_task_relation (grp_id, task_id) SELECT i, i',
    'll_task_sample (sample_id, task_id) SELECT i, i',
    'metric (name) SELECT i',
    'metric_value (metric_id) SELECT i',
  ]) {
    const clockReads = countClockReads(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50) INSERT INTO ${insert} FROM n`
    );
    assert.ok(clockReads >= without + 50, `${clockReads - without} looks at the clock for 50 rows: ${insert}`);
  }
});

test('a table that is missing, has an unknown schema, or is a view costs only its own series', () => {
  assert.deepEqual(readSeries(createDatabase('CREATE TABLE other (id INTEGER)')), {
    series: [],
    issues: ALL_TABLES_MISSING,
  });
  assert.deepEqual(
    readSeries(
      createDatabase(`CREATE TABLE metric (name text, value float); CREATE TABLE metric_value (metric_id int);
        CREATE VIEW ll_tasks AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n`)
    ),
    { series: [], issues: [...ALL_TABLES_MISSING, 'foreign_schema metric'] }
  );
  assert.deepEqual(readSeries(createDatabase('CREATE TABLE metric_value (metric_id, label_value, value)')).issues, [
    ...ALL_TABLES_MISSING,
    'missing_table metric',
  ]);
});

test('table names ignore case, and huge or malformed cells are skipped', () => {
  const file = createDatabase(`
    CREATE TABLE LL_TASKS (id INTEGER);
    CREATE TABLE "Metric" (id, name, label);
    CREATE TABLE "Metric_value" (metric_id, label_value, value);
    INSERT INTO "Metric" VALUES (9223372036854775807, 'big', 'a'), ('x', 'mm', NULL), (2, zeroblob(5000000), NULL);
    INSERT INTO "Metric_value" VALUES (9223372036854775807, 'v', 1), ('x', NULL, 9223372036854775807),
      ('x', NULL, 'n/a'), (2, NULL, 1), (9223372036854775807, zeroblob(5000000), 1), (9223372036854775807, 'w', 9e999);`);
  const { series, issues } = readSeries(file);
  assert.deepEqual(series, [
    'sedna_knowledge_base_known_tasks 0',
    'sedna_custom_big{a="v"} 1',
    'sedna_custom_mm 9223372036854776000',
  ]);
  const causes = issues.map((issue) => issue.split(' ')[0]).filter((cause) => cause !== 'missing_table');
  assert.deepEqual(causes.sort(), [
    'foreign_schema',
    'invalid_name',
    'label_count',
    'not_a_number',
    'not_a_number',
    'unknown_metric',
  ]);
});
