import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { getFreePort, ProcessGroup, startCollector, startLoki, type ManagedProcess } from '../../tools/engines';
import { logLines } from '../../src/query/logs/logql';
import { equals } from '../../src/query/escape';
import { createTemporaryFolder } from './support/folder';
import { waitForSeries, fetchLokiStreams, queryLoki } from './support/queries';

const UID = '0b8ef1a2-1111-2222-3333-444455556666';
const stack = new ProcessGroup();
const dir = createTemporaryFolder();
const logRoot = path.join(dir, 'pods');
let port: number;
let loki: ManagedProcess;
let collector: ManagedProcess;

const startLogs = () => startLoki({ dir, port });
const startShipping = () => startCollector({ dir, logRoot, node: 'edge-node', lokiUrl: `http://127.0.0.1:${port}` });

before(async () => {
  port = await getFreePort();
  loki = await stack.add(startLogs());
  collector = await stack.add(startShipping());
});
after(() => stack.stop());

/** Creates the log folder of a container in the layout of kubelet. */
function containerFolder(pod: string, container: string): string {
  const folder = path.join(logRoot, `default_${pod}_${UID}`, container);
  mkdirSync(folder, { recursive: true });
  return folder;
}

const HOUR = 3_600_000;

/** Formats a line like containerd, with a time in RFC 3339 with nanoseconds. */
const cri = (text: string, { ago = 0, stream = 'stderr', tag = 'F' } = {}) =>
  `${new Date(Date.now() - ago).toISOString().replace('Z', '123456Z')} ${stream} ${tag} ${text}\n`;

async function fetchLines(selector: string): Promise<string[]> {
  return (await queryLoki(loki.url, selector)).flatMap(({ lines }) => lines);
}

test('a line arrives with namespace, pod, container, and node, and keeps its colors', async (context) => {
  const file = path.join(containerFolder('atcii-train-x7k2p', 'train-worker'), '0.log');
  const line = '\x1b[32m[2026-11-24 08:00:00,055] seen_task_learning.py(253) [INFO]\x1b[0m - MTL Train start 0';
  appendFileSync(file, cri(line));
  const [stream] = await waitForSeries(context, 'the line', async () => {
    const streams = await queryLoki(loki.url, '{pod="atcii-train-x7k2p"}');
    return streams.length > 0 && streams;
  });
  assert.deepEqual(stream.lines, [line]);
  assert.equal(stream.labels.stream, 'stderr');
  assert.equal(stream.labels.pod_uid, UID);
  assert.deepEqual(await fetchLokiStreams(loki.url, '{pod="atcii-train-x7k2p"}'), [
    { namespace: 'default', pod: 'atcii-train-x7k2p', container: 'train-worker', node: 'edge-node' },
  ]);

  const asSeen = logLines({
    matchers: [equals('pod', 'atcii-train-x7k2p')],
    keywords: [{ text: '[INFO] - mtl train' }],
  });
  const [found] = await queryLoki(loki.url, asSeen);
  assert.deepEqual(
    found?.lines,
    [line.replaceAll(/\x1b\[\d+m/g, '')],
    'a keyword matches the visible text without colors'
  );
  assert.equal(found.labels.detected_level, 'info');

  const withColors = logLines({
    matchers: [equals('pod', 'atcii-train-x7k2p')],
    keywords: [{ text: '[INFO] - mtl train' }],
    levels: ['info'],
    source: true,
    colours: true,
  });
  const [colored] = await queryLoki(loki.url, withColors);
  assert.deepEqual(colored?.lines, [line], 'returns the original line with colors');
  assert.deepEqual(
    [colored.labels.detected_level, colored.labels.file, colored.labels.sedna_raw_line],
    ['info', 'seen_task_learning.py', undefined]
  );

  appendFileSync(file, cri('next'));
  await waitForSeries(
    context,
    'the next line of a known file',
    async () => (await fetchLines('{pod="atcii-train-x7k2p"} |= `next`'))[0]
  );
});

test('a line that the runtime split is joined', async (context) => {
  const file = path.join(containerFolder('cut', 'c'), '0.log');
  appendFileSync(file, cri('one ', { stream: 'stdout', tag: 'P' }) + cri('line', { stream: 'stdout' }));
  await waitForSeries(context, 'the line', async () => (await fetchLines('{pod="cut"}')).length > 0);
  assert.deepEqual(await fetchLines('{pod="cut"}'), ['one line']);
});

test('lines from 48 hours ago arrive, even after newer ones of the same container', async (context) => {
  const folder = containerFolder('restarted', 'c');
  appendFileSync(path.join(folder, '1.log'), cri('after the restart'));
  await waitForSeries(context, 'the newer line', async () => (await fetchLines('{pod="restarted"}')).length === 1);
  appendFileSync(path.join(folder, '0.log'), cri('long ago', { ago: 48 * HOUR }));
  await waitForSeries(context, 'the older line', async () => (await fetchLines('{pod="restarted"}')).length === 2);
  assert.deepEqual((await fetchLines('{pod="restarted"}')).sort(), ['after the restart', 'long ago']);
});

test('an outage of Loki loses and duplicates no lines, even if the collector restarts', async (context) => {
  const folder = containerFolder('offline', 'c');
  const file = path.join(folder, '0.log');
  appendFileSync(file, cri('line 0'));
  await waitForSeries(context, 'the line before', async () => (await fetchLines('{pod="offline"}')).length === 1);
  await loki.stop();
  appendFileSync(file, cri('line 1'));
  appendFileSync(file, cri('line 2'));
  await collector.stop();
  appendFileSync(file, cri('line 3'));
  // Kubelet rotates the file while no collector runs.
  renameSync(file, `${file}.20261124-080000`);
  appendFileSync(file, cri('line 4'));
  collector = await stack.add(startShipping());
  appendFileSync(file, cri('line 5'));
  loki = await stack.add(startLogs());
  await waitForSeries(context, 'the last line', async () => (await fetchLines('{pod="offline"}')).length >= 6);
  assert.deepEqual(
    (await fetchLines('{pod="offline"}')).sort(),
    [0, 1, 2, 3, 4, 5].map((number) => `line ${number}`)
  );
});
