// Writes like Sedna's knowledge base: short transactions that wait up to 5 s for a lock.
// Usage: node commitTransactions.fixture.mjs <file> <transactions>; prints {"busy", "committed", "longestCommitMs"}.
import { DatabaseSync } from 'node:sqlite';

const [file, transactions] = [process.argv[2], Number(process.argv[3])];
const database = new DatabaseSync(file, { timeout: 5_000 });
const nextSample = database.prepare("INSERT INTO ll_samples (data_url, data_type, sample_num) VALUES ('', 'train', ?)");
const link = database.prepare('INSERT INTO ll_task_sample (sample_id, task_id) VALUES (?, 1)');
const total = database.prepare(
  'UPDATE ll_task_grp SET sample_num = sample_num + ?, task_num = task_num + 1 WHERE id = 1'
);
const weight = database.prepare('UPDATE ll_task_relation SET transfer_radio = 1.0 / ? WHERE grp_id = 1');

let busy = 0;
let committed = 0;
let longestCommitMs = 0;
for (let i = 1; i <= transactions; i++) {
  try {
    database.exec('BEGIN');
    const { lastInsertRowid } = nextSample.run(i);
    link.run(lastInsertRowid);
    total.run(i);
    weight.run(i);
    const start = performance.now();
    database.exec('COMMIT');
    longestCommitMs = Math.max(longestCommitMs, performance.now() - start);
    committed += 1;
  } catch (error) {
    busy += 1;
    process.stderr.write(`${error.message}\n`);
    if (database.isTransaction) {
      database.exec('ROLLBACK');
    }
  }
}
database.close();
process.stdout.write(JSON.stringify({ busy, committed, longestCommitMs: Math.round(longestCommitMs) }));
