import assert from 'node:assert/strict';
import { after, afterEach, before, test, type TestContext } from 'node:test';
import { ProcessGroup, startLoki, waitFor, type ManagedProcess } from '../../tools/engines';
import { LogTail, type TailReport, type TailTransport } from '../../src/pages/logs/live/logTail';
import { getEntryKey } from '../../src/data/logs/logEntries';
import { logLines } from '../../src/query/logs/logql';
import { equals } from '../../src/query/escape';
import { createTemporaryFolder } from './support/folder';

/** Follows lines of a real Loki: fills in lines that its tail loses, and removes duplicates. */

const MAX_ENTRIES = 5_000;
const stack = new ProcessGroup();
let loki: ManagedProcess;
let tail: LogTail | undefined;

before(async () => {
  loki = await stack.add(startLoki({ dir: createTemporaryFolder() }));
});
afterEach(() => tail?.stop());
after(() => stack.stop());

const createTransport = (open?: TailTransport['open']): TailTransport => ({
  open:
    open ??
    (({ expr, start, limit }) => {
      const search = new URLSearchParams({ query: expr, start: String(start), limit: String(limit) });
      return new WebSocket(`${loki.url.replace('http', 'ws')}/loki/api/v1/tail?${search}`);
    }),
  query: async ({ expr, start, end, limit, direction }, signal) => {
    const search = new URLSearchParams({ query: expr, start: `${start}`, end: `${end}`, limit: `${limit}`, direction });
    const response = await fetch(`${loki.url}/loki/api/v1/query_range?${search}`, { signal });
    const { data } = (await response.json()) as {
      data: { result: Array<{ stream: Record<string, string>; values: Array<[string, string]> }> };
    };
    const entries = data.result.flatMap(({ stream, values }) =>
      values.map(([time, text]) => ({ time: BigInt(time), text, labels: stream }))
    );
    return { entries: entries.sort((a, b) => (a.time < b.time ? 1 : -1)), cost: { bytes: 0, lines: 0 } };
  },
});

/** Follows a pod. Resolves after the stream is open. */
async function follow(
  pod: string,
  state: TailReport['state']['status'],
  transport = createTransport()
): Promise<() => TailReport> {
  let report: TailReport | undefined;
  const expr = logLines({ matchers: [equals('pod', pod)] });
  tail = new LogTail({
    transport,
    expr,
    start: Date.now() - 60_000,
    maxLines: MAX_ENTRIES,
    onReport: (given) => {
      report = given;
    },
  });
  tail.start();
  await waitFor(`${state} of ${pod}`, () => report?.state.status === state);
  return () => report!;
}

type Value = [time: string, text: string, metadata?: Record<string, string>];

async function push(pod: string, values: readonly Value[]): Promise<void> {
  const response = await fetch(`${loki.url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ streams: [{ stream: { namespace: 'robots', pod }, values }] }),
  });
  assert.equal(response.status, 204, await response.text());
}

/** Returns the next time with unique nanoseconds. */
let sequence = 0n;
const line = (text: string, metadata: Record<string, string> = {}): Value => [
  String(BigInt(Date.now()) * 1_000_000n + sequence++),
  text,
  metadata,
];
const texts = ({ entries }: TailReport) => entries.map(({ text }) => text);

/** Returns the delay between push and receipt of a line. */
async function arrivals(context: TestContext, pod: string, report: () => TailReport, count: number): Promise<void> {
  const taken: number[] = [];
  for (let index = 0; index < count; index++) {
    const pushed = Date.now();
    await push(pod, [line(`steady ${index}`)]);
    await waitFor(`line ${index} of ${pod}`, () => texts(report())[0] === `steady ${index}`, { intervalMs: 10 });
    taken.push(Date.now() - pushed);
  }
  context.diagnostic(`from push to report: ${taken.join(', ')} ms`);
}

test('a burst over the limit of the tail loses and duplicates no lines', async (context) => {
  const report = await follow('burst', 'streaming');
  const burst = Array.from({ length: 2_000 }, (_, index) => line(`INFO line ${index}`));
  await push('burst', burst);
  await waitFor('all lines of the burst', () => report().entries.length >= burst.length);
  assert.deepEqual(texts(report()), burst.map(([, text]) => text).reverse());
  const { dropped, recovered, received } = report();
  context.diagnostic(`Loki said that it dropped ${dropped}; ${recovered} were recovered`);
  assert.ok(recovered > 0, 'the tail lost none: the test shows nothing');
  assert.equal(received, burst.length);
});

test('lines arrive shortly after they are written', async (context) => {
  const report = await follow('steady', 'streaming');
  await arrivals(context, 'steady', report, 12);
  assert.equal(report().received, 12);
});

test('a line from both the tail and a query appears once, with level and structured metadata', async () => {
  const report = await follow('twice', 'streaming');
  const lines = [
    line('level=error msg="a"', { trace_id: 'a', level: 'error', 'k8s.pod.uid': 'u1' }),
    line('\u001b[32mINFO\u001b[0m b', { stream: 'stderr' }),
    line('c'),
    line('{"level":"warn"}', { detected_level: 'warn' }),
  ];
  await push('twice', lines);
  await waitFor('the lines', () => report().entries.length >= lines.length);
  const { entries } = report();
  const queried = await createTransport().query(
    {
      expr: logLines({ matchers: [equals('pod', 'twice')] }),
      start: BigInt(lines[0][0]),
      end: BigInt(lines[3][0]) + 1n,
      limit: 10,
      direction: 'backward',
    },
    new AbortController().signal
  );
  assert.deepEqual(queried.entries.map(getEntryKey), entries.map(getEntryKey));
});

test('lines arrive through queries if the tail is rejected', async (context) => {
  const brokenTransport = createTransport(() => new WebSocket(`${loki.url.replace('http', 'ws')}/loki/api/v1/no-tail`));
  const report = await follow('polled', 'polling', brokenTransport);
  await arrivals(context, 'polled', report, 3);
  assert.equal(report().recovered, 0);
  assert.deepEqual(report().state, { status: 'polling', failure: { cause: 'refused', detail: '' } });
});

test('the error of Loki is reported if it has too many tails', async () => {
  const others: WebSocket[] = [];
  let isFull = false;
  await waitFor('Loki to refuse a tail', () => {
    const socket = createTransport().open({
      expr: '{pod="other"}',
      start: BigInt(Date.now() - 60_000) * 1_000_000n,
      limit: 1,
    });
    socket.onclose = () => {
      isFull = true;
    };
    others.push(socket);
    return isFull;
  });
  try {
    const report = await follow('limited', 'polling');
    const { state } = report();
    assert.ok(state.status === 'polling' && state.failure.cause === 'closed');
    assert.match(state.failure.detail, /max concurrent tail requests limit exceeded/);
  } finally {
    others.forEach((socket) => socket.close());
  }
});
