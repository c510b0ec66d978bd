/**
 * With a writer. In a rollback journal a commit waits for readers to leave, for as long as the writer's own patience,
 * 5 s in Sedna. So what protects it is that no read lasts that long: these tests have the most that can happen.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { readDatabase } from './database';
import { DEFAULTS } from './read';
import { ReadError } from './problems';
import { ALL_TABLES, database, parseExposition, readPage } from './testSupport';

const TASK = `${ALL_TABLES}
  INSERT INTO ll_tasks (id, name) VALUES (1, 'a');
  INSERT INTO ll_task_grp VALUES (1, 'a', 0, 0, 0);
  INSERT INTO ll_task_relation VALUES (1, 1, 1, 1);`;

interface Written {
  busy: number;
  committed: number;
  longestCommitMs: number;
}

/** A writer in a process of its own: SQLite's locks are those of processes. */
function startWriter(context: TestContext, file: string, transactions: number) {
  const child = spawn(process.execPath, [path.join(__dirname, 'writer.fixture.mjs'), file, String(transactions)]);
  context.after(() => child.kill('SIGKILL'));
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (errors += String(data)));
  const state = { ended: false };
  const done = new Promise<Written>((resolve, reject) =>
    child.once('close', (code) => {
      state.ended = true;
      return code === 0 ? resolve(JSON.parse(output) as Written) : reject(new Error(errors));
    })
  );
  return { done, state, errors: () => errors };
}

const TRANSACTIONS = 300;
/** 1 + 2 + ... + 300 */
const TOTAL = 45_150;

test('one that writes hard never finds the file busy while it is read without a pause', async (context) => {
  const file = database(`${TASK}
    INSERT INTO metric VALUES (1, 'm', 'a', '', NULL);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000)
      INSERT INTO metric_value (metric_id, label_value, value) SELECT 1, i, i FROM n;`);
  const writer = startWriter(context, file, TRANSACTIONS);
  let reads = 0;
  let locked = 0;
  let last = 0;
  while (!writer.state.ended) {
    try {
      const { text, problems } = readPage(file);
      const samples =
        parseExposition(text).find(({ name }) => name === 'sedna_knowledge_base_task_samples')?.value ?? 0;
      assert.ok(samples >= last, 'what was committed stays');
      assert.deepEqual(problems, []);
      last = samples;
      reads += 1;
    } catch (error) {
      assert.ok(error instanceof ReadError && error.readCause === 'locked', `unexpected ${error}`);
      locked += 1;
    }
    await turn();
  }
  const written = await writer.done;
  context.diagnostic(`${reads} reads, ${locked} gave way; longest commit ${written.longestCommitMs} ms`);
  assert.deepEqual(
    { ...written, longestCommitMs: 0 },
    { busy: 0, committed: TRANSACTIONS, longestCommitMs: 0 },
    writer.errors()
  );
  assert.ok(reads > 0, 'it was read meanwhile');

  const connection = new DatabaseSync(file, { readOnly: true });
  assert.deepEqual({ ...connection.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
  const sums = connection.prepare(`SELECT
    (SELECT count(*) FROM ll_samples) AS samples, (SELECT sum(sample_num) FROM ll_samples) AS total,
    (SELECT count(*) FROM ll_task_sample) AS links, (SELECT sample_num FROM ll_task_grp) AS grouped,
    (SELECT task_num FROM ll_task_grp) AS rounds, (SELECT count(*) FROM metric_value) AS custom,
    (SELECT count(*) FROM ll_tasks) AS tasks`);
  assert.deepEqual(
    { ...sums.get() },
    {
      samples: TRANSACTIONS,
      total: TOTAL,
      links: TRANSACTIONS,
      grouped: TOTAL,
      rounds: TRANSACTIONS,
      custom: 10_000,
      tasks: 1,
    }
  );
  connection.close();
  const { text } = readPage(file);
  assert.match(text, new RegExp(`^sedna_knowledge_base_task_samples\\{task="a"\\} ${TOTAL}$`, 'm'));
});

test('one that commits at the start of the longest read that there can be gets through', async (context) => {
  const file = database(TASK);
  let writer: ReturnType<typeof startWriter> | undefined;
  assert.throws(
    () =>
      readDatabase(file, DEFAULTS, (open) => {
        const [first] = open.rows('SELECT count(*) AS tasks FROM ll_tasks');
        assert.equal(first.tasks, 1);
        writer = startWriter(context, file, 1);
        for (const _ of open.rows('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n')) {
          // Rows without an end.
        }
      }),
    (error) => error instanceof ReadError && error.readCause === 'timeout'
  );
  const written = await writer!.done;
  context.diagnostic(`the commit took ${written.longestCommitMs} ms`);
  assert.deepEqual([written.busy, written.committed], [0, 1], writer!.errors());
});
