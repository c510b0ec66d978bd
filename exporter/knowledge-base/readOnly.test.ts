/** Without a concurrent writer, reading leaves the file and its folder unchanged. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fetchText, waitFor } from '../../tools/engines/wait';
import { ALL_TABLES, getReadCause, createDatabase, createTempFolder, readSeries, getFolderState } from './testUtils';

const FILLED = `${ALL_TABLES}
  INSERT INTO ll_tasks (name) VALUES ('a'), ('b');
  INSERT INTO metric VALUES (1, 'Recall', 'model', '', NULL);
  INSERT INTO metric_value (metric_id, label_value, value) VALUES (1, 'svm', 0.5), (1, 'too,many', 1);`;

const readRepeatedly = (file: string) => {
  for (let i = 0; i < 50; i++) {
    getReadCause(() => readSeries(file));
  }
};

for (const mode of ['DELETE', 'TRUNCATE', 'PERSIST']) {
  test(`reading in journal mode ${mode} changes nothing`, () => {
    const file = createDatabase(`PRAGMA journal_mode = ${mode}; ${FILLED}`);
    const before = getFolderState(file);
    readRepeatedly(file);
    assert.ok(readSeries(file).series.includes('sedna_custom_Recall{model="svm"} 0.5'));
    assert.deepEqual(getFolderState(file), before);
  });
}

test('a read-only file in a read-only folder is readable', () => {
  const file = createDatabase(FILLED);
  chmodSync(file, 0o444);
  chmodSync(path.dirname(file), 0o555);
  const before = getFolderState(file);
  readRepeatedly(file);
  assert.ok(readSeries(file).series.includes('sedna_knowledge_base_known_tasks 2'));
  assert.deepEqual(getFolderState(file), before);
  chmodSync(path.dirname(file), 0o755);
});

test(
  'the bundle, run by a user with read permission only, changes nothing',
  { skip: process.getuid?.() !== 0 && 'needs root' },
  async (context) => {
    const dir = createTempFolder();
    chmodSync(dir, 0o755);
    const bundle = path.join(dir, 'exporter.js');
    execFileSync(process.execPath, [path.join(__dirname, '..', 'build.mjs'), bundle]);
    const file = createDatabase(FILLED);
    chmodSync(file, 0o444);
    chmodSync(path.dirname(file), 0o555);
    const before = getFolderState(file);
    const node = path.join(dir, 'node');
    copyFileSync(process.execPath, node);
    chmodSync(node, 0o755);
    const child = spawn(node, [bundle], {
      cwd: dir,
      uid: 65534,
      gid: 65534,
      env: { SEDNA_EXPORTER_ADDRESS: '127.0.0.1:0', SEDNA_KNOWLEDGE_BASE: file },
    });
    context.after(() => child.kill('SIGKILL'));
    let output = '';
    child.stderr.on('data', (data) => (output += String(data)));
    const url = await waitFor('the address', () => /listening on (\S+)/.exec(output)?.[1]);
    await waitFor('the tasks', async () =>
      (await fetchText(`${url}/metrics`)).includes('\nsedna_knowledge_base_known_tasks 2\n')
    );
    assert.deepEqual(getFolderState(file), before);
  }
);

test('the hot journal of a crashed writer is left for a writer to roll back', () => {
  const file = createDatabase(FILLED);
  const writer = new DatabaseSync(file);
  // Without a cache, SQLite writes to the file before the commit.
  writer.exec(`PRAGMA cache_size = 0; PRAGMA cache_spill = 1; BEGIN;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) INSERT INTO ll_tasks (name) SELECT i FROM n;`);
  const crashed = path.join(createTempFolder(), 'kb.sqlite3');
  copyFileSync(file, crashed);
  copyFileSync(`${file}-journal`, `${crashed}-journal`);
  writer.exec('ROLLBACK');
  writer.close();

  const before = getFolderState(crashed);
  assert.equal(
    getReadCause(() => readSeries(crashed)),
    'locked'
  );
  readRepeatedly(crashed);
  assert.deepEqual(getFolderState(crashed), before);
  const next = new DatabaseSync(crashed);
  assert.deepEqual({ ...next.prepare('SELECT count(*) AS tasks FROM ll_tasks').get() }, { tasks: 2 });
  next.close();
  assert.ok(readSeries(crashed).series.includes('sedna_knowledge_base_known_tasks 2'));
});

test('a journal next to an empty file is kept', () => {
  const file = path.join(createTempFolder(), 'kb.sqlite3');
  const donor = createDatabase(FILLED);
  renameSync(donor, `${file}-journal`);
  writeFileSync(file, '');
  const before = getFolderState(file);
  readRepeatedly(file);
  assert.deepEqual(getFolderState(file), before);
});
