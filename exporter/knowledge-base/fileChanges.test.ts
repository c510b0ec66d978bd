/** Changes to the file while the exporter runs: it keeps the last values and reports their age. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { waitFor } from '../../tools/engines/wait';
import { SelfMetrics } from '../http/selfMetrics';
import { KnowledgeBaseSource } from './source';
import { ALL_TABLES, createDatabase, executeSql, createTempFolder, parseExposition } from './testUtils';

const MAIN = path.join(__dirname, '..', 'main.ts');

/** Returns a source that reads the file again on every scrape. */
function createSource(context: TestContext, file: string) {
  const metrics = new SelfMetrics();
  const source = new KnowledgeBaseSource({
    file,
    workerScript: MAIN,
    metrics,
    log: () => undefined,
    maxAgeMs: 0,
    // On a busy machine, the worker thread may start slowly.
    maxWaitMs: 30_000,
  });
  context.after(() => source.close());
  const getMetric = async (name: string) => {
    const line = (await metrics.text()).split('\n').find((each) => each.startsWith(name));
    return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
  };
  /** Series of a new read, without label names. */
  const series = async () => {
    const text = new TextDecoder().decode(await source.collect());
    return parseExposition(text).map(({ name, labels, value }) => `${name} ${Object.values(labels)} ${value}`);
  };
  return {
    series,
    up: () => getMetric('sedna_knowledge_base_up'),
    lastSuccess: () => getMetric('sedna_exporter_source_last_success_timestamp_seconds{source="knowledge_base"}'),
    errors: (cause: string) => getMetric(`sedna_exporter_errors_total{source="knowledge_base",cause="${cause}"}`),
  };
}

const tasks = (...names: string[]) =>
  `${ALL_TABLES} INSERT INTO ll_tasks (name) VALUES ${names.map((name) => `('${name}')`).join(',')};`;
const formatTaskSeries = (...names: string[]) => [
  `sedna_knowledge_base_known_tasks  ${names.length}`,
  ...names.map((name) => `sedna_knowledge_base_task_info ${name} 1`),
  'sedna_knowledge_base_task_groups  0',
];

test('a file that becomes unreadable keeps the last values and the time of the last success', async (context) => {
  const file = createDatabase(tasks('a', 'b'));
  const good = readFileSync(file);
  const source = createSource(context, file);
  assert.deepEqual(await source.series(), formatTaskSeries('a', 'b'));
  assert.equal(await source.up(), 1);
  const since = await source.lastSuccess();
  assert.ok(since);

  const failures: Array<[cause: string, act: () => void]> = [
    ['missing_file', () => rmSync(file)],
    ['not_a_database', () => writeFileSync(file, 'garbage '.repeat(2_000))],
    ['corrupt', () => (writeFileSync(file, good), truncateSync(file, Math.floor(good.length / 2)))],
    [
      'corrupt',
      () => writeFileSync(file, Buffer.concat([good.subarray(0, 4096), Buffer.alloc(good.length - 4096, 0xa5)])),
    ],
    ['corrupt', () => (writeFileSync(file, good), truncateSync(file, 50))],
  ];
  for (const [cause, act] of failures) {
    act();
    const before = (await source.errors(cause)) ?? 0;
    assert.deepEqual(await source.series(), formatTaskSeries('a', 'b'), cause);
    assert.equal(await source.up(), 0, cause);
    assert.equal(await source.lastSuccess(), since, cause);
    assert.equal(await source.errors(cause), before + 1, cause);
  }

  writeFileSync(file, good);
  assert.deepEqual(await source.series(), formatTaskSeries('a', 'b'));
  assert.equal(await source.up(), 1);
  assert.ok((await source.lastSuccess())! > since);
});

test('a file that is replaced is read from then on', async (context) => {
  const file = createDatabase(tasks('a'));
  const source = createSource(context, file);
  assert.deepEqual(await source.series(), formatTaskSeries('a'));
  renameSync(createDatabase(tasks('x', 'y', 'z')), file);
  assert.deepEqual(await source.series(), formatTaskSeries('x', 'y', 'z'));
  assert.equal(await source.up(), 1);
});

test('tables that appear, change, or disappear take effect with the next read', async (context) => {
  const file = path.join(createTempFolder(), 'kb.sqlite3');
  const source = createSource(context, file);
  assert.deepEqual(await source.series(), []);
  executeSql(file, 'CREATE TABLE ll_tasks (id INTEGER PRIMARY KEY, name TEXT)');
  assert.deepEqual(await source.series(), ['sedna_knowledge_base_known_tasks  0']);

  executeSql(file, 'CREATE TABLE metric (id int primary key, name text, label text, note text, last_time timestamp)');
  assert.deepEqual(await source.series(), ['sedna_knowledge_base_known_tasks  0']);
  executeSql(
    file,
    `CREATE TABLE metric_value (id int primary key, metric_id int, label_value text, value float, last_time timestamp);
     INSERT INTO metric (name, label) VALUES ('Recall', 'model'); INSERT INTO metric_value (metric_id, label_value, value) VALUES (0, 'svm', 0.5)`
  );
  assert.deepEqual((await source.series()).slice(1), ['sedna_custom_Recall svm 0.5']);

  executeSql(
    file,
    "UPDATE metric SET label = 'model,task'; UPDATE metric_value SET label_value = 'svm,a', value = 0.75"
  );
  assert.deepEqual((await source.series()).slice(1), ['sedna_custom_Recall svm,a 0.75']);
  executeSql(file, 'ALTER TABLE metric_value RENAME COLUMN value TO val');
  assert.deepEqual((await source.series()).slice(1), []);
  executeSql(file, 'ALTER TABLE metric_value RENAME COLUMN val TO value');
  assert.deepEqual((await source.series()).slice(1), ['sedna_custom_Recall svm,a 0.75']);

  executeSql(file, 'DROP TABLE metric_value; DROP TABLE metric; DROP TABLE ll_tasks');
  assert.deepEqual(await source.series(), []);
  assert.equal(await source.up(), 1, 'an empty database is readable');
});

/** Holds an exclusive lock until its standard input ends. */
const LOCK_HOLDER_SCRIPT = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(process.argv[1]);
  database.exec("BEGIN EXCLUSIVE; INSERT INTO ll_tasks (name) VALUES ('late')");
  process.stdout.write('held');
  process.stdin.resume().on('end', () => { database.exec('COMMIT'); database.close(); });`;

test('a lock held longer than the timeout keeps the last values until it is released', async (context) => {
  const file = createDatabase(tasks('a'));
  const source = createSource(context, file);
  assert.deepEqual(await source.series(), formatTaskSeries('a'));
  const since = await source.lastSuccess();

  const holder = spawn(process.execPath, ['-e', LOCK_HOLDER_SCRIPT, file]);
  context.after(() => holder.kill('SIGKILL'));
  let output = '';
  holder.stdout.on('data', (data) => (output += String(data)));
  await waitFor('the lock', () => output === 'held');
  assert.deepEqual(await source.series(), formatTaskSeries('a'));
  assert.equal(await source.up(), 0);
  assert.equal(await source.errors('locked'), 1);
  assert.equal(await source.lastSuccess(), since);

  const ended = new Promise((resolve) => holder.once('close', resolve));
  holder.stdin.end();
  assert.equal(await ended, 0);
  assert.deepEqual(await source.series(), formatTaskSeries('a', 'late'));
  assert.equal(await source.up(), 1);
});
