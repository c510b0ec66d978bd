import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { waitFor } from '../../../tools/engines/wait';
import { readRecording } from '../recording';
import { record } from './record';

const SECRET = 'hunter2';
const labels = { 'lifelonglearningjob.sedna.io/name': 'dog' };
const pod = (name: string, uid: string, more: object, status: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'robots', name, uid, resourceVersion: '7', ...more },
  spec: {
    nodeName: 'edge0',
    containers: [{ name: 'w', image: 'i', env: [{ name: 'S3_PASSWORD', value: SECRET }] }],
  },
  status: { phase: 'Running', ...status },
});
const worker = pod(
  'dog-train-abcde',
  'u-1',
  { labels, annotations: { note: SECRET, 'sedna.io/Train': 'edge0' }, managedFields: [{ manager: 'gm' }] },
  {
    containerStatuses: [
      { name: 'w', restartCount: 1, state: { running: {} }, lastState: { terminated: { exitCode: 1 } } },
    ],
  }
);
const kb = { ...pod('kb-1', 'u-2', { namespace: 'sedna', labels: { sedna: 'kb' } }) };
const foreign = pod('shop-1', 'u-3', {});

/** A kubectl that lists three pods, and has two logs and a database. */
const KUBECTL = (folder: string) => `#!${process.execPath}
const [command, ...args] = process.argv.slice(3);
const { readFileSync } = require('node:fs');
if (command === 'get') {
  if (args[1].startsWith('/api/v1/pods?') && !args[1].includes('resourceVersion')) {
    ${JSON.stringify([worker, kb, foreign])}.forEach((object) => console.log(JSON.stringify({ type: 'ADDED', object })));
  }
  if (args[1].startsWith('/api/v1/nodes?')) {
    console.error('nodes is forbidden');
    process.exit(1);
  }
  setInterval(() => undefined, 1000);
} else if (command === 'logs') {
  console.log('2026-01-02T03:04:05.123456789Z ' + (args.includes('--previous') ? 'before' : 'run --token ${SECRET}'));
} else if (command === 'exec') {
  process.stdout.write(readFileSync(${JSON.stringify(path.join(folder, 'kb.sqlite3'))}));
}
`;

test('a recording has the objects of Sedna, all runs of containers, and the knowledge base, without secrets', async (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'sedna-ops-record-'));
  t.after(() => rmSync(root, { recursive: true }));
  const database = new DatabaseSync(path.join(root, 'kb.sqlite3'));
  database.exec('CREATE TABLE ll_tasks (id INTEGER)');
  database.close();
  const kubectl = path.join(root, 'kubectl.cjs');
  writeFileSync(kubectl, KUBECTL(root));
  chmodSync(kubectl, 0o755);
  const folder = path.join(root, 'recording');
  const end = new AbortController();
  const errors: string[] = [];
  const recording = record({
    folder,
    kubectl,
    kubectlArgs: ['--context=edge'],
    signal: end.signal,
    knowledgeBaseIntervalMs: 50,
    log: (line) => errors.push(line),
  });
  const logFile = path.join(folder, 'logs', 'robots_dog-train-abcde_u-1', 'w', '1.log.gz');
  await waitFor(
    'the copy, the log, and the error',
    () => existsSync(path.join(folder, 'knowledge-base', 'index.json')) && existsSync(logFile) && errors.length > 0
  );
  await waitFor('the line', () => {
    end.signal.throwIfAborted();
    return readFileSync(logFile).length > 20;
  });
  end.abort();
  assert.equal(await recording, 2);
  assert.deepEqual(errors, ['kubectl get --raw /api/v1/nodes?watch=true: nodes is forbidden']);

  const { events, lines, knowledgeBases } = readRecording(folder);
  assert.deepEqual(
    events.map(({ event, object }) => [event, object.metadata.name]),
    [
      ['ADDED', 'dog-train-abcde'],
      ['ADDED', 'kb-1'],
    ]
  );
  assert.deepEqual(events[0].object.metadata.annotations, { 'sedna.io/Train': 'edge0' });
  assert.ok(!gunzipSync(readFileSync(path.join(folder, 'objects.jsonl.gz'))).includes(SECRET));
  assert.deepEqual(lines.map(({ node, restart, line }) => [node, restart, line]).sort(), [
    ['edge0', 0, 'before'],
    ['edge0', 1, 'run --token <masked>'],
  ]);
  assert.deepEqual(
    knowledgeBases.map(({ file }) => path.basename(file)),
    ['01-change.sqlite3']
  );
  await assert.rejects(record({ folder, signal: end.signal }), /exists/);
});
