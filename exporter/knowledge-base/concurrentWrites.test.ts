/**
 * With a concurrent writer. In a rollback journal, a commit waits until readers are done, up to the writer's timeout of
 * 5 s in Sedna. Writers are safe because no read lasts that long; these tests cover the worst cases.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { readDatabase } from './database';
import { DEFAULT_OPTIONS } from './readKnowledgeBase';
import { ReadError } from './errors';
import { ALL_TABLES, createDatabase, parseExposition, readExposition } from './testUtils';

const TASK = `${ALL_TABLES}
  INSERT INTO ll_tasks (id, name) VALUES (1, 'a');
  INSERT INTO ll_task_grp VALUES (1, 'a', 0, 0, 0);
  INSERT INTO ll_task_relation VALUES (1, 1, 1, 1);`;

interface WriterResult {
  busy: number;
  committed: number;
  longestCommitMs: number;
}

/** Starts a writer in another process, because SQLite locks belong to processes. */
function startWriter(context: TestContext, file: string, transactions: number) {
  const child = spawn(process.execPath, [
    path.join(__dirname, 'commitTransactions.fixture.mjs'),
    file,
    String(transactions),
  ]);
  context.after(() => child.kill('SIGKILL'));
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (errors += String(data)));
  const state = { ended: false };
  const done = new Promise<WriterResult>((resolve, reject) =>
    child.once('close', (code) => {
      state.ended = true;
      return code === 0 ? resolve(JSON.parse(output) as WriterResult) : reject(new Error(errors));
    })
  );
  return { done, state, errors: () => errors };
}

const TRANSACTIONS = 300;
/** 1 + 2 + ... + 300 */
const TOTAL = 45_150;

test('a busy writer never times out while the file is read without pause', async (context) => {
  const file = createDatabase(`${TASK}
    INSERT INTO metric VALUES (1, 'm', 'a', '', NULL);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000)
      INSERT INTO metric_value (metric_id, label_value, value) SELECT 1, i, i FROM n;`);
  const writer = startWriter(context, file, TRANSACTIONS);
  let reads = 0;
  let locked = 0;
  let last = 0;
  while (!writer.state.ended) {
    try {
      const { text, issues } = readExposition(file);
      const samples =
        parseExposition(text).find(({ name }) => name === 'sedna_knowledge_base_task_samples')?.value ?? 0;
      assert.ok(samples >= last, 'committed samples remain');
      assert.deepEqual(issues, []);
      last = samples;
      reads += 1;
    } catch (error) {
      assert.ok(error instanceof ReadError && error.readCause === 'locked', `unexpected ${error}`);
      locked += 1;
    }
    await turn();
  }
  const written = await writer.done;
  context.diagnostic(`${reads} reads, ${locked} found it locked; longest commit ${written.longestCommitMs} ms`);
  assert.deepEqual(
    { ...written, longestCommitMs: 0 },
    { busy: 0, committed: TRANSACTIONS, longestCommitMs: 0 },
    writer.errors()
  );
  assert.ok(reads > 0, 'at least one read succeeded');

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
  const { text } = readExposition(file);
  assert.match(text, new RegExp(`^sedna_knowledge_base_task_samples\\{task="a"\\} ${TOTAL}$`, 'm'));
});

test('a commit at the start of the longest possible read succeeds', async (context) => {
  const file = createDatabase(TASK);
  let writer: ReturnType<typeof startWriter> | undefined;
  assert.throws(
    () =>
      readDatabase(file, DEFAULT_OPTIONS, (open) => {
        const [first] = open.selectRows('SELECT count(*) AS tasks FROM ll_tasks');
        assert.equal(first.tasks, 1);
        writer = startWriter(context, file, 1);
        for (const _ of open.selectRows(
          'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n'
        )) {
          // Infinite rows.
        }
      }),
    (error) => error instanceof ReadError && error.readCause === 'timeout'
  );
  const written = await writer!.done;
  context.diagnostic(`the commit took ${written.longestCommitMs} ms`);
  assert.deepEqual([written.busy, written.committed], [0, 1], writer!.errors());
});
