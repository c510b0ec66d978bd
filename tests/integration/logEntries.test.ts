import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import {
  ProcessGroup,
  startCollector,
  startLoki,
  startSidecar,
  waitFor,
  type ManagedProcess,
} from '../../tools/engines';
import { parseLevel } from '../../src/sedna/logs';
import { logLines } from '../../src/query/logs/logql';
import { equals } from '../../src/query/escape';
import { createTemporaryFolder } from './support/folder';
import { fetchLokiStreams, queryLoki } from './support/queries';

/** Checks how the collector joins the lines of Sedna's components, and detects their levels. */

const stack = new ProcessGroup();
const dir = createTemporaryFolder();
const logRoot = path.join(dir, 'pods');
let loki: ManagedProcess;

before(async () => {
  loki = await stack.add(startLoki({ dir }));
  await stack.add(startCollector({ dir, logRoot, node: 'edge-node', lokiUrl: loki.url }));
});
after(() => stack.stop());

type Line = [stream: 'stdout' | 'stderr', text: string];
let sequence = 0;

function cri([stream, text]: Line): string {
  const time = `${new Date().toISOString().slice(0, 23)}${String(sequence++).padStart(6, '0')}Z`;
  return `${time} ${stream} F ${text}\n`;
}

function getFile(namespace: string, pod: string, container: string): string {
  const folder = path.join(logRoot, `${namespace}_${pod}_0b8ef1a2-1111-2222-3333-444455556666`, container);
  mkdirSync(folder, { recursive: true });
  return path.join(folder, '0.log');
}

interface Entry {
  line: string;
  level: string;
}

/** Waits for a number of entries of a pod, and returns them oldest first. */
function fetchEntries(pod: string, count: number): Promise<Entry[]> {
  return waitFor(`${count} entries of ${pod}`, async () => {
    const entries = await queryEntries(`{pod="${pod}"}`, 'level');
    return entries.length >= count && entries;
  });
}

async function queryEntries(query: string, label: string): Promise<Entry[]> {
  const start = String(Math.floor(Date.now() / 1000) - 3600);
  const search = new URLSearchParams({ query, start, direction: 'forward', limit: '5000' });
  const response = await fetch(`${loki.url}/loki/api/v1/query_range?${search}`);
  const { data } = (await response.json()) as {
    data: { result: Array<{ stream: Record<string, string>; values: Array<[string, string]> }> };
  };
  return data.result
    .flatMap(({ stream, values }) =>
      values.map(([time, line]) => ({ time: BigInt(time), line, level: stream[label] ?? 'unknown' }))
    )
    .sort((a, b) => (a.time < b.time ? -1 : 1))
    .map(({ line, level }) => ({ line, level }));
}

const ESC = '\x1b';
const formatWorkerLine = (color: string, level: string, text: string) =>
  `${ESC}[${color}m[2026-11-24 08:00:00,055] a.py(1) [${level}]${ESC}[0m - ${text}${ESC}[0m`;
const INFO = formatWorkerLine('32', 'INFO', 'MTL update start 0 : Autumn_1.0');
const TRACEBACK = [
  'Traceback (most recent call last):',
  '  File "train.py", line 62, in <module>',
  '    train()',
  '    ~~~~~^^',
  "ValueError: can't find class type knowledge_management",
];
const KLOG = 'I1124 08:41:26.647075       1 server.go:120] manager dataset is started';
const SQL = '2026-11-24 18:28:45,843 INFO sqlalchemy.engine.Engine';

interface Case {
  behavior: string;
  pod: string;
  container: string;
  lines: Line[];
  entries: Entry[];
}

/** Lines of other formats, and the level that the collector finds. */
const OTHER_FORMATS: readonly Entry[] = [
  { line: '2026-11-24 08:00:00.123 | ERROR    | m:f:1 - loguru', level: 'error' },
  { line: '{"level":"warn","msg":"JSON"}', level: 'warning' },
  { line: 'ts=2026-11-24T08:00:00Z level=debug msg=logfmt', level: 'debug' },
  { line: './run.sh: line 3:     7 Killed                  python train.py', level: 'error' },
  { line: 'finished with 0 errors', level: 'info' },
  { line: 'epoch 3', level: 'unknown' },
];

const CASES: readonly Case[] = [
  {
    behavior: 'detects the level of other formats, and sends none for the rest',
    pod: 'b-train-bbbbb',
    container: 'train-worker',
    lines: OTHER_FORMATS.map(({ line }): Line => ['stdout', line]),
    entries: [...OTHER_FORMATS],
  },
  {
    behavior: 'joins a traceback despite prints between its lines',
    pod: 'a-train-aaaaa',
    container: 'train-worker',
    lines: [
      ['stderr', INFO],
      ...TRACEBACK.flatMap((text, i): Line[] => [
        ['stderr', text],
        ['stdout', `print ${i}`],
      ]),
      ['stderr', formatWorkerLine('31', 'ERROR', 'RetryError')],
    ],
    entries: [
      { line: INFO, level: 'info' },
      { line: TRACEBACK.join('\n'), level: 'error' },
      ...TRACEBACK.map((_, i) => ({ line: `print ${i}`, level: 'unknown' })),
      { line: formatWorkerLine('31', 'ERROR', 'RetryError'), level: 'error' },
    ],
  },
  {
    behavior: 'joins chained exceptions',
    pod: 'a-train-bbbbb',
    container: 'train-worker',
    lines: [
      ...['Traceback (most recent call last):', '  File "a.py", line 1', 'KeyError: 1', ''],
      'During handling of the above exception, another exception occurred:',
      ...['', 'Traceback (most recent call last):', '  File "b.py", line 2', 'EOFError'],
    ].map((text): Line => ['stderr', text]),
    entries: [
      { line: 'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 1', level: 'error' },
      { line: '', level: 'unknown' },
      {
        line: 'During handling of the above exception, another exception occurred:\nTraceback (most recent call last):\n  File "b.py", line 2\nEOFError',
        level: 'error',
      },
      { line: '', level: 'unknown' },
    ],
  },
  {
    behavior: "doesn't join indented prints of a worker",
    pod: 'a-train-ccccc',
    container: 'train-worker',
    lines: [
      ['stdout', 'Model:'],
      ['stdout', '    conv1'],
      ['stdout', '    conv2'],
    ],
    entries: ['Model:', '    conv1', '    conv2'].map((line) => ({ line, level: 'unknown' })),
  },
  {
    behavior: 'joins a panic, but no other lines of klog',
    pod: 'lc-8jx2k',
    container: 'lc',
    lines: [
      KLOG,
      'E1124 08:41:27.000001       1 upstream.go:71] Error to handle: first',
      'second',
      KLOG,
      'panic: runtime error: index out of range',
      '',
      'goroutine 1 [running]:',
      'main.main()',
    ].map((text): Line => ['stderr', text]),
    entries: [
      { line: KLOG, level: 'info' },
      { line: 'E1124 08:41:27.000001       1 upstream.go:71] Error to handle: first', level: 'error' },
      { line: 'second', level: 'unknown' },
      { line: KLOG, level: 'info' },
      {
        line: 'panic: runtime error: index out of range\n\ngoroutine 1 [running]:\nmain.main()',
        level: 'error',
      },
    ],
  },
  {
    behavior: 'joins an error of the global manager that quotes an object, and a fatal error with its goroutines',
    pod: 'gm-6c7bd8b9b5-n8x9w',
    container: 'gm',
    lines: [
      `W1124 08:41:27.000001       1 common.go:176] Error to update a/b status: Object 'Kind' is missing in '{"metadata":{}}`,
      `' ({"metadata":{"name":"b ...)`,
      KLOG,
      'F1124 08:41:28.000001       1 main.go:41] listen tcp :9000: bind: address already in use',
      'goroutine 1 [running]:',
      'main.main()',
    ].map((text): Line => ['stderr', text]),
    entries: [
      {
        line: `W1124 08:41:27.000001       1 common.go:176] Error to update a/b status: Object 'Kind' is missing in '{"metadata":{}}\n' ({"metadata":{"name":"b ...)`,
        level: 'warning',
      },
      { line: KLOG, level: 'info' },
      {
        line: 'F1124 08:41:28.000001       1 main.go:41] listen tcp :9000: bind: address already in use\ngoroutine 1 [running]:\nmain.main()',
        level: 'error',
      },
    ],
  },
  {
    behavior: 'joins the three lines of GORM',
    pod: 'lc-9jx2k',
    container: 'lc',
    lines: [
      ['stdout', '\r'],
      ['stdout', `2026/11/23 02:06:32 ${ESC}[35m/code/pkg/localcontroller/db/db.go:52 ${ESC}[35mrecord not found\r`],
      ['stdout', `${ESC}[0m${ESC}[33m[0.118ms] ${ESC}[34;1m[rows:0]${ESC}[0m SELECT * FROM resources\r`],
    ],
    // The collector treats a trailing carriage return as line break.
    entries: [
      {
        line: `2026/11/23 02:06:32 ${ESC}[35m/code/pkg/localcontroller/db/db.go:52 ${ESC}[35mrecord not found\n${ESC}[0m${ESC}[33m[0.118ms] ${ESC}[34;1m[rows:0]${ESC}[0m SELECT * FROM resources`,
        level: 'unknown',
      },
    ],
  },
  {
    behavior: 'joins an SQL statement, but not the access lines next to it',
    pod: 'kb-5d9f6c4c9d-2b7xq',
    container: 'kb',
    lines: [
      [`stdout`, `${SQL} SELECT ll_tasks.id AS ll_tasks_id `],
      ['stdout', 'FROM ll_tasks '],
      ['stdout', 'WHERE ll_tasks.name = ?'],
      ['stdout', ' LIMIT ? OFFSET ?'],
      ['stdout', 'INFO:     10.0.0.7:49898 - "POST /knowledgebase/update/status HTTP/1.1" 500 Internal Server Error'],
      ['stderr', 'ERROR:    Exception in ASGI application'],
      ['stderr', 'Traceback (most recent call last):'],
      ['stderr', '  File "run.py", line 1'],
      ['stderr', 'EOFError'],
      ['stdout', `${SQL} COMMIT`],
    ],
    entries: [
      {
        line: `${SQL} SELECT ll_tasks.id AS ll_tasks_id \nFROM ll_tasks \nWHERE ll_tasks.name = ?\n LIMIT ? OFFSET ?`,
        level: 'debug',
      },
      {
        line: 'INFO:     10.0.0.7:49898 - "POST /knowledgebase/update/status HTTP/1.1" 500 Internal Server Error',
        level: 'error',
      },
      {
        line: 'ERROR:    Exception in ASGI application\nTraceback (most recent call last):\n  File "run.py", line 1\nEOFError',
        level: 'error',
      },
      { line: `${SQL} COMMIT`, level: 'debug' },
    ],
  },
];

const formatSorted = (entries: Entry[]) => entries.map(({ line, level }) => `${level} ${line}`).sort();

function getAppLevel({ line, level }: Entry): string {
  const own = parseLevel(line);
  return own === 'unknown' ? level : own;
}

for (const { behavior, pod, container, lines, entries } of CASES) {
  test(behavior, async () => {
    appendFileSync(getFile('sedna', pod, container), lines.map(cri).join(''));
    assert.deepEqual(formatSorted(await fetchEntries(pod, entries.length)), formatSorted(entries));
    // The query of the app detects the level itself, because other collectors may set none, and keeps Loki's for other formats.
    const fromApp = await queryEntries(logLines({ matchers: [equals('pod', pod)] }), 'detected_level');
    assert.deepEqual(fromApp.map(({ level }) => level).sort(), entries.map(getAppLevel).sort());
  });
}

test('reads lines in the format of Docker', async () => {
  const docker = (log: string, stream: string) =>
    `${JSON.stringify({ log, stream, time: new Date().toISOString() })}\n`;
  const file = getFile('default', 'docker-worker', 'c');
  appendFileSync(file, docker(`${INFO}\n`, 'stderr') + docker('a long ', 'stdout') + docker('line\n', 'stdout'));
  assert.deepEqual(
    formatSorted(await fetchEntries('docker-worker', 2)),
    [`info ${INFO}`, 'unknown a long line'].sort()
  );
});

test('stores a line with four stream labels and four fields of structured metadata', async () => {
  appendFileSync(getFile('default', 'fields', 'c'), cri(['stderr', INFO]));
  await fetchEntries('fields', 1);
  assert.deepEqual(await fetchLokiStreams(loki.url, '{pod="fields"}'), [
    { namespace: 'default', pod: 'fields', container: 'c', node: 'edge-node' },
  ]);
  const [{ labels }] = await queryLoki(loki.url, '{pod="fields"}');
  assert.deepEqual(labels, {
    namespace: 'default',
    pod: 'fields',
    container: 'c',
    node: 'edge-node',
    stream: 'stderr',
    level: 'info',
    // Loki copies the level to its own field.
    detected_level: 'info',
    pod_uid: '0b8ef1a2-1111-2222-3333-444455556666',
    restart_count: '0',
  });
});

test('a sidecar collects the files of its pod', async () => {
  const folder = path.join(dir, 'app');
  mkdirSync(folder);
  await stack.add(
    startSidecar({
      dir,
      logFiles: path.join(folder, '*.log'),
      namespace: 'default',
      pod: 'with-sidecar',
      container: 'train-worker',
      node: 'edge-node',
      lokiUrl: loki.url,
    })
  );
  appendFileSync(path.join(folder, 'train.log'), [INFO, ...TRACEBACK, ''].join('\n'));
  assert.deepEqual(
    formatSorted(await fetchEntries('with-sidecar', 2)),
    [`error ${TRACEBACK.join('\n')}`, `info ${INFO}`].sort()
  );
  assert.deepEqual(await fetchLokiStreams(loki.url, '{pod="with-sidecar"}'), [
    { namespace: 'default', pod: 'with-sidecar', container: 'train-worker', node: 'edge-node' },
  ]);
  const [{ labels }] = await queryLoki(loki.url, '{pod="with-sidecar"}');
  assert.equal(labels.file, 'train.log');
});
