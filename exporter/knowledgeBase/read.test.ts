import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { DEFAULTS } from './read';
import { ALL_MISSING, ALL_TABLES, causeOf, database, folder, read, stateOf } from './testSupport';

test('gives the custom metrics', () => {
  const file = database(`${ALL_TABLES}
    INSERT INTO metric (name, label, note) VALUES ('Recall', 'model_name', 'found'), ('count', NULL, NULL);
    INSERT INTO metric_value (metric_id, label_value, value) VALUES (0, 'svm', 0.5), (1, '', 9007199254740993), (0, 'cnn', '0.25');`);
  assert.deepEqual(read(file), {
    series: [
      'sedna_knowledge_base_known_tasks 0',
      'sedna_knowledge_base_task_groups 0',
      'sedna_custom_Recall{model_name="svm"} 0.5',
      'sedna_custom_Recall{model_name="cnn"} 0.25',
      'sedna_custom_count 9007199254740992',
    ],
    problems: [],
  });
});

test('the file and its folder are left as they were, also by reads that fail', () => {
  const good = database(`${ALL_TABLES} INSERT INTO metric VALUES (1, 'm', 'a', '', 0)`);
  const writeAhead = database('PRAGMA journal_mode = WAL; CREATE TABLE ll_tasks (id INTEGER)');
  const garbage = path.join(folder(), 'kb.sqlite3');
  writeFileSync(garbage, 'no database at all'.repeat(100));
  const empty = path.join(folder(), 'kb.sqlite3');
  writeFileSync(empty, '');
  for (const [file, cause] of [
    [good, 'none'],
    [writeAhead, 'write_ahead_log'],
    [garbage, 'not_a_database'],
    [empty, 'none'],
  ] as const) {
    const before = stateOf(file);
    assert.equal(
      causeOf(() => read(file)),
      cause
    );
    assert.deepEqual(stateOf(file), before);
  }
});

test('a database in write-ahead mode is read while somebody has it open', () => {
  const file = database(`PRAGMA journal_mode = WAL; ${ALL_TABLES}`);
  const writer = new DatabaseSync(file);
  writer.exec("INSERT INTO ll_tasks (name) VALUES ('a')");
  assert.ok(read(file).series.includes('sedna_knowledge_base_known_tasks 1'));
  writer.close();
});

test('what is no knowledge base is refused with its cause', () => {
  const dir = folder();
  assert.equal(
    causeOf(() => read(path.join(dir, 'absent.sqlite3'))),
    'missing_file'
  );
  assert.deepEqual(readdirSync(dir), []);
  mkdirSync(path.join(dir, 'a-folder'));
  assert.equal(
    causeOf(() => read(path.join(dir, 'a-folder'))),
    'not_a_file'
  );
});

test('a damaged file is refused', () => {
  const rows = Array.from({ length: 2_000 }, (_, index) => `('task ${index} ${'x'.repeat(50)}')`).join(',');
  const file = database(`${ALL_TABLES} INSERT INTO ll_tasks (name) VALUES ${rows}`);
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4096 * 2);
  writeFileSync(file, bytes);
  assert.equal(
    causeOf(() => read(file)),
    'corrupt'
  );
});

test('a writer that holds the file is waited for, but not for ever, and goes on when the reading is done', () => {
  const file = database(ALL_TABLES);
  const writer = new DatabaseSync(file);
  writer.exec("BEGIN EXCLUSIVE; INSERT INTO ll_tasks (name) VALUES ('a')");
  assert.equal(
    causeOf(() => read(file, { ...DEFAULTS, busyMs: 100 })),
    'locked'
  );
  writer.exec('COMMIT');
  assert.ok(read(file).series.includes('sedna_knowledge_base_known_tasks 1'));
  writer.exec("INSERT INTO ll_tasks (name) VALUES ('b')");
  writer.close();
});

test('reading is given up when the budget is spent', () => {
  const file = database(ALL_TABLES);
  assert.equal(
    causeOf(() => read(file, { ...DEFAULTS, budgetMs: -1 })),
    'timeout'
  );
});

test('the budget is looked at for every row of every table, so that none can hold a writer up', (context) => {
  const clock = context.mock.method(Date, 'now', Date.now.bind(Date));
  const looksFor = (sql: string) => {
    const file = database(`${ALL_TABLES} ${sql}`);
    clock.mock.resetCalls();
    read(file);
    return clock.mock.callCount();
  };
  const without = looksFor('');
  for (const insert of [
    'll_tasks (name) SELECT i',
    'll_task_grp (name) SELECT i',
    'll_task_models (task_id) SELECT i',
    'll_task_relation (grp_id, task_id) SELECT i, i',
    'll_task_sample (sample_id, task_id) SELECT i, i',
    'metric (name) SELECT i',
    'metric_value (metric_id) SELECT i',
  ]) {
    const looks = looksFor(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50) INSERT INTO ${insert} FROM n`
    );
    assert.ok(looks >= without + 50, `${looks - without} looks at the clock for 50 rows: ${insert}`);
  }
});

test('a table that is missing, foreign or only looks like one costs its own series', () => {
  assert.deepEqual(read(database('CREATE TABLE other (id INTEGER)')), { series: [], problems: ALL_MISSING });
  assert.deepEqual(
    read(
      database(`CREATE TABLE metric (name text, value float); CREATE TABLE metric_value (metric_id int);
        CREATE VIEW ll_tasks AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n`)
    ),
    { series: [], problems: [...ALL_MISSING, 'foreign_schema metric'] }
  );
  assert.deepEqual(read(database('CREATE TABLE metric_value (metric_id, label_value, value)')).problems, [
    ...ALL_MISSING,
    'missing_table metric',
  ]);
});

test('tables named as in the proposal, with large and odd cells', () => {
  const file = database(`
    CREATE TABLE LL_TASKS (id INTEGER);
    CREATE TABLE "Metric" (id, name, label);
    CREATE TABLE "Metric_value" (metric_id, label_value, value);
    INSERT INTO "Metric" VALUES (9223372036854775807, 'big', 'a'), ('x', 'mm', NULL), (2, zeroblob(5000000), NULL);
    INSERT INTO "Metric_value" VALUES (9223372036854775807, 'v', 1), ('x', NULL, 9223372036854775807),
      ('x', NULL, 'n/a'), (2, NULL, 1), (9223372036854775807, zeroblob(5000000), 1), (9223372036854775807, 'w', 9e999);`);
  const { series, problems } = read(file);
  assert.deepEqual(series, [
    'sedna_knowledge_base_known_tasks 0',
    'sedna_custom_big{a="v"} 1',
    'sedna_custom_mm 9223372036854776000',
  ]);
  const causes = problems.map((problem) => problem.split(' ')[0]).filter((cause) => cause !== 'missing_table');
  assert.deepEqual(causes.sort(), [
    'foreign_schema',
    'invalid_name',
    'label_count',
    'not_a_number',
    'not_a_number',
    'unknown_metric',
  ]);
});
