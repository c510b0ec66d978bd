import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { parseJournal } from '../src/sedna/journal';
import { fetchText, waitFor } from '../tools/engines/wait';

test('the bundle runs without node_modules, reads the knowledge base, writes the journal, and exits with 0 on SIGTERM', async (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-bundle-'));
  const bundle = path.join(folder, 'exporter.js');
  execFileSync(process.execPath, [path.join(__dirname, 'build.mjs'), bundle]);
  const knowledgeBase = path.join(folder, 'kb.sqlite3');
  const connection = new DatabaseSync(knowledgeBase);
  connection.exec('CREATE TABLE ll_tasks (id INTEGER PRIMARY KEY); INSERT INTO ll_tasks VALUES (1), (2)');
  connection.close();

  const child = spawn(process.execPath, [bundle], {
    // Outside the repository, so that no node_modules are found.
    cwd: folder,
    env: { PATH: '', SEDNA_EXPORTER_ADDRESS: '127.0.0.1:0', SEDNA_KNOWLEDGE_BASE: knowledgeBase },
  });
  context.after(() => child.kill('SIGKILL'));
  let output = '';
  let journal = '';
  child.stdout.on('data', (data) => (journal += String(data)));
  child.stderr.on('data', (data) => (output += String(data)));
  const url = await waitFor('the address', () => /listening on (\S+)/.exec(output)?.[1]);
  await waitFor('the tasks', async () =>
    (await fetchText(`${url}/metrics`)).includes('\nsedna_knowledge_base_known_tasks 2\n')
  );
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  child.kill('SIGTERM');
  assert.deepEqual(await ended, { code: 0, signal: null }, output);
  const { entries, skipped } = parseJournal(journal.trimEnd().split('\n'));
  assert.deepEqual(
    skipped,
    { foreign: 0, truncated: 0, newer: 0, malformed: 0 },
    'only the journal is on standard output'
  );
  assert.equal(entries[0].what, 'journal-started');
});
