import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { ReadError } from './problems';
import { LIMITS, readKnowledgeBase } from './read';

const UPSTREAM_TABLES = `
  CREATE TABLE ll_tasks (id INTEGER NOT NULL, name VARCHAR(100) NOT NULL, task_attr TEXT, PRIMARY KEY (id), UNIQUE (name));
  CREATE TABLE metric (id int primary key, name text, label text, note text, last_time timestamp);
  CREATE TABLE metric_value (id int primary key, metric_id int, label_value text, value float, last_time timestamp);
`;

const folder = () => mkdtempSync(path.join(tmpdir(), 'sedna-ops-kb-'));

function database(sql: string): string {
  const file = path.join(folder(), 'kb.sqlite3');
  const connection = new DatabaseSync(file);
  connection.exec(sql);
  connection.close();
  return file;
}

/** Series without comments, and problems as "cause where". */
function read(file: string, limits = LIMITS) {
  const { text, problems } = readKnowledgeBase(file, limits);
  return {
    series: text.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
    problems: problems.map(({ cause, where }) => `${cause} ${where}`),
  };
}

function causeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof ReadError, `unexpected ${error}`);
    return error.readCause;
  }
  return 'none';
}

const state = (file: string) => ({
  hash: createHash('sha256').update(readFileSync(file)).digest('hex'),
  fileTime: statSync(file, { bigint: true }).mtimeNs,
  folderTime: statSync(path.dirname(file), { bigint: true }).mtimeNs,
  files: readdirSync(path.dirname(file)),
});

test('counts the known tasks and gives the custom metrics', () => {
  const file = database(`${UPSTREAM_TABLES}
    INSERT INTO ll_tasks (name) VALUES ('Autumn_1.0'), ('Winter_4.0'), ('Spring_2.0');
    INSERT INTO metric (name, label, note) VALUES ('Recall', 'model_name', 'found'), ('count', NULL, NULL);
    INSERT INTO metric_value (metric_id, label_value, value) VALUES (0, 'svm', 0.5), (1, '', 9007199254740993), (0, 'cnn', '0.25');`);
  assert.deepEqual(read(file), {
    series: [
      'sedna_knowledge_base_known_tasks 3',
      'sedna_custom_Recall{model_name="svm"} 0.5',
      'sedna_custom_Recall{model_name="cnn"} 0.25',
      'sedna_custom_count 9007199254740992',
    ],
    problems: [],
  });
});

test('a real knowledge base is read without a trace', (context) => {
  const real = path.join(__dirname, '..', '..', '..', 'shared', 'sedna', 'knowledge-base', 'kb.sqlite3');
  if (!existsSync(real)) {
    context.skip(`${real} is not here`);
    return;
  }
  const file = path.join(folder(), 'kb.sqlite3');
  copyFileSync(real, file);
  const before = state(file);
  assert.deepEqual(read(file), { series: ['sedna_knowledge_base_known_tasks 4'], problems: [] });
  assert.deepEqual(state(file), before);
});

test('the file and its folder are left as they were, also by reads that fail', () => {
  const good = database(`${UPSTREAM_TABLES} INSERT INTO metric VALUES (1, 'm', 'a', '', 0)`);
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
    const before = state(file);
    assert.equal(
      causeOf(() => read(file)),
      cause
    );
    assert.deepEqual(state(file), before);
  }
});

test('a database in write-ahead mode is read while somebody has it open', () => {
  const file = database(`PRAGMA journal_mode = WAL; ${UPSTREAM_TABLES}`);
  const writer = new DatabaseSync(file);
  writer.exec("INSERT INTO ll_tasks (name) VALUES ('a')");
  assert.deepEqual(read(file).series, ['sedna_knowledge_base_known_tasks 1']);
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
  const file = database(`${UPSTREAM_TABLES} INSERT INTO ll_tasks (name) VALUES ${rows}`);
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4096 * 2);
  writeFileSync(file, bytes);
  assert.equal(
    causeOf(() => read(file)),
    'corrupt'
  );
});

test('a writer that holds the file is waited for, but not for long; it is never kept waiting', () => {
  const file = database(UPSTREAM_TABLES);
  const writer = new DatabaseSync(file);
  writer.exec("BEGIN EXCLUSIVE; INSERT INTO ll_tasks (name) VALUES ('a')");
  const start = Date.now();
  assert.equal(
    causeOf(() => read(file, { ...LIMITS, busyMs: 100 })),
    'locked'
  );
  assert.ok(Date.now() - start < 2_000);
  writer.exec('COMMIT');
  assert.deepEqual(read(file).series, ['sedna_knowledge_base_known_tasks 1']);
  writer.exec("INSERT INTO ll_tasks (name) VALUES ('b')");
  writer.close();
});

test('reading is given up when the budget is spent', () => {
  const file = database(`${UPSTREAM_TABLES} INSERT INTO ll_tasks (name) VALUES ('a')`);
  assert.equal(
    causeOf(() => read(file, { ...LIMITS, budgetMs: -1 })),
    'timeout'
  );
});

test('tables that are missing, foreign or only look like tables give no series', () => {
  assert.deepEqual(read(database('CREATE TABLE other (id INTEGER)')), {
    series: [],
    problems: ['missing_table ll_tasks'],
  });
  assert.deepEqual(
    read(
      database(`CREATE TABLE metric (name text, value float); CREATE TABLE metric_value (metric_id int);
        CREATE VIEW ll_tasks AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n`)
    ),
    { series: [], problems: ['missing_table ll_tasks', 'foreign_schema metric'] }
  );
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
  assert.deepEqual(problems.map((problem) => problem.split(' ')[0]).sort(), [
    'invalid_name',
    'label_count',
    'not_a_number',
    'not_a_number',
    'unknown_metric',
  ]);
});
