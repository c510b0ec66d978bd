import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, createReadStream, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { before, test } from 'node:test';
import { parseJournal } from '../src/sedna/journal';
import { findKind, KIND_NAMES } from '../src/sedna/kinds';
import { EXPORTER_FLAGS } from '../tools/engines/exporter';
import { fetchText, waitFor } from '../tools/engines/wait';
import { job, roundSteps } from './cluster/extract/jobs.fixture';
import { FakeApiServer } from './cluster/fakeApiServer';

const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-bundle-'));
const bundle = path.join(folder, 'exporter.js');

before(() => {
  execFileSync(process.execPath, [path.join(__dirname, 'build.mjs'), bundle]);
});

test('the bundle runs without node_modules, reads the knowledge base, writes the journal, and exits with 0 on SIGTERM', async (context) => {
  const knowledgeBase = path.join(folder, 'kb.sqlite3');
  const connection = new DatabaseSync(knowledgeBase);
  connection.exec('CREATE TABLE ll_tasks (id INTEGER PRIMARY KEY); INSERT INTO ll_tasks VALUES (1), (2)');
  connection.close();

  const child = spawn(process.execPath, [...EXPORTER_FLAGS, bundle], {
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

test('nobody reads standard output: metrics follow the cluster, and the journal is complete once somebody does', async (context) => {
  const api = await FakeApiServer.start([
    ...KIND_NAMES.map((kind) => findKind(kind)!.plural),
    'pods',
    'nodes',
    'events',
  ]);
  const kubeconfig = path.join(folder, 'kubeconfig.yaml');
  api.writeKubeconfig(kubeconfig);
  const resource = 'lifelonglearningjobs';
  const count = 100;
  for (let index = 0; index < count; index++) {
    api.put(resource, job(`job-${index}`, roundSteps(1)));
  }
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  // Open for reading, too, so that opening it waits for nobody.
  const output = openSync(pipe, constants.O_RDWR);
  const child = spawn(process.execPath, [...EXPORTER_FLAGS, bundle], {
    cwd: folder,
    stdio: ['ignore', output, 'pipe'],
    env: {
      SEDNA_EXPORTER_ADDRESS: '127.0.0.1:0',
      KUBECONFIG: kubeconfig,
      SEDNA_JOURNAL_BYTES_PER_SECOND: '1000000000',
    },
  });
  context.after(async () => {
    child.kill('SIGKILL');
    closeSync(output);
    await api.close();
  });
  let log = '';
  child.stderr!.on('data', (data) => (log += String(data)));
  const url = await waitFor('the address', () => /listening on (\S+)/.exec(log)?.[1]);
  await waitFor('the metrics', async () => (await fetchText(`${url}/metrics`)).includes(`name="job-${count - 1}"`));
  // More than a pipe takes waits: only a process that goes on sees this.
  api.put(resource, job('newest', roundSteps(1)));
  await waitFor('the new job', async () => (await fetchText(`${url}/metrics`)).includes('name="newest"'));
  assert.match(await fetchText(`${url}/metrics`), /journal_backlog_entries [1-9]/);

  let journal = '';
  const reader = createReadStream(pipe, { encoding: 'utf8' }).on('data', (text) => (journal += String(text)));
  context.after(() => reader.destroy());
  const read = () => parseJournal(journal.split('\n').slice(0, -1));
  await waitFor(
    'all conditions',
    () => read().entries.filter(({ what }) => what === 'condition').length === 13 * (count + 1)
  );
  const { skipped, repeats } = read();
  assert.deepEqual([Object.values(skipped), repeats], [[0, 0, 0, 0], 0]);
});

test('the image and the script that starts it use the flags that keep memory low', () => {
  const command = ['node', ...EXPORTER_FLAGS];
  const read = (file: string) => readFileSync(path.join(__dirname, '..', file), 'utf8');
  assert.ok(
    read('exporter/Dockerfile').includes(JSON.stringify([...command, '/app/exporter.js']).replaceAll(',', ', '))
  );
  assert.ok(read('package.json').includes(`${command.join(' ')} exporter/dist/exporter.js"`));
});
