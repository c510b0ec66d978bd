/** Checks that an upgrade of the collector loses no lines, and that they arrive once: with a real collector. */
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import {
  findBinary,
  getFreePort,
  ProcessGroup,
  startCollector,
  waitFor,
  type ManagedProcess,
} from '../../tools/engines';
import { startProcess } from '../../tools/engines/managedProcess';
import { COLLECTION_FOLDER } from '../../tools/projectRoot';
import { createTemporaryFolder } from './support/folder';

const stack = new ProcessGroup();
const dir = createTemporaryFolder();
const logRoot = path.join(dir, 'pods');
const stateDir = path.join(dir, 'state');
const NODE = 'edge0';
const POD = 'shop-train-x7k2p';
after(() => stack.stop());

const folder = path.join(logRoot, `default_${POD}_0b8ef1a2-1111-2222-3333-444455556666`, 'train-worker');
mkdirSync(folder, { recursive: true });
mkdirSync(stateDir);

/** Appends a line to the log of the pod. */
const write = (text: string) =>
  appendFileSync(path.join(folder, '0.log'), `${new Date().toISOString()} stderr F ${text}\n`);

/**
 * Starts a collector with the configuration as it was for collector 0.149: with the former names of the receiver and the
 * exporter. They still work, and decide the names of the files in the state folder.
 */
function startFormerCollector(lokiUrl: string): Promise<ManagedProcess> {
  const text = readFileSync(path.join(COLLECTION_FOLDER, 'otel-collector', 'config.yaml'), 'utf8');
  const former = text
    .replace(/\n {2}# [^\n]*\n {2}otlphttp: \*loki\n/, '\n')
    .replace(/\n {4}# [^\n]*\n {4}logs\/former_queue:\n(?: {6}[^\n]*\n)+/, '\n')
    .replaceAll('file_log', 'filelog')
    .replaceAll('otlp_http', 'otlphttp');
  assert.equal(former.match(/otlphttp/g)?.length, 2, former.slice(-600));
  const file = path.join(dir, 'former.yaml');
  writeFileSync(file, former);
  return startProcess({
    name: 'otelcol-former',
    binary: findBinary('otelcol'),
    args: [`--config=file:${file}`, '--feature-gates=stanza.synchronousLogEmitter'],
    env: { LOG_ROOT: logRoot, NODE_NAME: NODE, STATE_DIR: stateDir, LOKI_OTLP_ENDPOINT: `${lokiUrl}/otlp` },
    dir,
    url: lokiUrl,
    ready: ({ logFile }) => readFileSync(logFile, 'utf8').includes('Everything is ready'),
  });
}

/** Bodies of OTLP requests: protobuf, whose texts are readable. */
const received: string[] = [];

/** Accepts logs as Loki does. */
function listen(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push(gunzipSync(Buffer.concat(chunks)).toString('latin1'));
      response.end();
    });
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

const findLines = () => [...received.join('').matchAll(/line \d (?:before|while|after)/g)].map(([line]) => line).sort();

test('lines in the queue of the former exporter are sent after an upgrade, each once', async (context) => {
  const port = await getFreePort();
  const lokiUrl = `http://127.0.0.1:${port}`;
  write('line 1 before the upgrade');
  write('line 2 before the upgrade');
  const former = await stack.add(startFormerCollector(lokiUrl));
  // Nothing listens, as if the node were offline.
  await waitFor('the former exporter to fail', () => readFileSync(former.logFile, 'utf8').includes('Will retry'));
  await former.stop();
  assert.ok(existsSync(path.join(stateDir, 'exporter_otlphttp__logs')), 'the queue has the former name');

  write('line 3 while no collector ran');
  const server = await listen(port);
  context.after(() => server.close());
  const collector = await stack.add(startCollector({ dir, logRoot, node: NODE, lokiUrl, stateDir }));
  write('line 4 after the upgrade');
  await waitFor('all lines', () => findLines().length >= 4);
  // Sends what is left.
  await collector.stop();
  assert.deepEqual(findLines(), ['line 1 before', 'line 2 before', 'line 3 while', 'line 4 after']);
  // Each version of the receiver would make a line that is read again a different one. Lines 1 and 2 are as they were queued.
  assert.ok(received.some((body) => body.includes('line 4') && !body.includes('filelogreceiver')));
});
