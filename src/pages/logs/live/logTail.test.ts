import { FakeTail, createLine } from '../../../test/fakeTail';
import { LogTail, type TailReport } from './logTail';

const NOW = Date.UTC(2026, 0, 5, 12);

let live: FakeTail;
let tail: LogTail;
let report: TailReport;
let reports: number;

function follow(maxLines = 100): void {
  tail = new LogTail({
    transport: live,
    expr: '{pod="p"}',
    start: NOW - 60_000,
    maxLines,
    onReport: (newReport) => {
      report = newReport;
      reports++;
    },
  });
  tail.start();
}
const advance = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const texts = () => report.entries.map(({ text }) => text);

/** Opens the stream, and waits until it counts as one and the first queries are done. */
async function startStreaming(maxLines?: number) {
  follow(maxLines);
  live.socket.open();
  await advance(2_000);
}

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
  live = new FakeTail();
  reports = 0;
});
afterEach(() => {
  tail.stop();
  jest.useRealTimers();
});

it('shows the history at once and counts none of it as recovered', async () => {
  live.stored = [createLine(NOW - 2_000, 'b'), createLine(NOW - 3_000, 'a'), createLine(NOW - 70_000, 'too old')];
  await startStreaming();
  expect(texts()).toEqual(['b', 'a']);
  expect(report).toMatchObject({ state: { status: 'streaming' }, received: 0, recovered: 0, rate: 0 });
});

it('counts no line of the history as new, whether stream or query sends it first', async () => {
  follow();
  live.write(createLine(NOW - 2_000, 'a'));
  await advance(6_000);
  expect(texts()).toEqual(['a']);
  expect(report).toMatchObject({ received: 0, recovered: 0, rate: 0 });
});

it('shows streamed lines newest first, without duplicates', async () => {
  await startStreaming();
  live.write(createLine(NOW, 'a'), createLine(NOW + 1, 'b'));
  live.socket.emit(live.stored);
  await advance(20_000);
  expect(texts()).toEqual(['b', 'a']);
  expect(report).toMatchObject({ received: 2, recovered: 0 });
});

it('keeps lines that differ only in a label', async () => {
  await startStreaming();
  live.write(createLine(NOW, 'a', { pod: 'p' }), createLine(NOW, 'a', { pod: 'q' }));
  await advance(6_000);
  expect(texts()).toEqual(['a', 'a']);
});

it('recovers lines that the stream missed', async () => {
  await startStreaming();
  live.write(createLine(NOW, 'a'), createLine(NOW + 2, 'c'));
  live.stored.push(createLine(NOW + 1, 'b'));
  await advance(6_000);
  expect(texts()).toEqual(['c', 'b', 'a']);
  expect(report).toMatchObject({ received: 3, recovered: 1 });
});

it('does not count a line as recovered if the stream sends it later', async () => {
  await startStreaming();
  live.stored.push(createLine(NOW, 'a'));
  await advance(6_000);
  expect(report.recovered).toBe(1);
  live.socket.emit(live.stored);
  await advance(500);
  expect(texts()).toEqual(['a']);
  expect(report).toMatchObject({ received: 1, recovered: 0 });
});

it('counts lines that Loki dropped and fetches them, even old ones', async () => {
  await startStreaming();
  await advance(100_000);
  live.stored.push(createLine(NOW - 30_000, 'late'));
  live.socket.emit([createLine(NOW + 100_000, 'a')], [NOW - 30_000]);
  const before = live.requests.length;
  await advance(1_000);
  expect(live.requests).toHaveLength(before + 1);
  expect(texts()).toEqual(['a', 'late']);
  expect(report).toMatchObject({ dropped: 1, recovered: 1 });
});

it('queries only a short overlap if no line arrived late', async () => {
  await startStreaming();
  await advance(100_000);
  const { start } = live.requests[live.requests.length - 1];
  expect(start).toBeGreaterThan(createLine(NOW + 80_000, '').time);
});

it('shows the newest lines of a burst and counts the trimmed ones', async () => {
  await startStreaming(100);
  const burst = Array.from({ length: 2_000 }, (_, index) => createLine(NOW + index, `line ${index}`));
  live.stored.push(...burst);
  for (let index = 0; index < burst.length; index += 100) {
    live.socket.emit(burst.slice(index, index + 100));
  }
  const before = reports;
  await advance(10_000);
  expect(texts()).toEqual(
    burst
      .slice(-100)
      .map(({ text }) => text)
      .reverse()
  );
  expect(report).toMatchObject({ received: 2_000, trimmed: 1_900, recovered: 0 });
  expect(reports - before).toBeLessThan(6);
});

it('limits queries to the number of lines it keeps', async () => {
  await startStreaming(100);
  await advance(20_000);
  expect(new Set(live.requests.map(({ limit, direction }) => `${limit} ${direction}`))).toEqual(
    new Set(['100 backward'])
  );
});

it('reports lines per second, down to 0 when none arrive', async () => {
  await startStreaming();
  for (let second = 0; second < 10; second++) {
    live.write(...Array.from({ length: 5 }, (_, index) => createLine(Date.now() + index, `${second} ${index}`)));
    await advance(1_000);
  }
  expect(Math.round(report.rate)).toBe(5);
  await advance(30_000);
  expect(report.rate).toBe(0);
});

it('reconnects when the stream ends and recovers the lines in between', async () => {
  await startStreaming();
  await advance(3_600_000);
  live.socket.end(1011, 'reached tail max duration limit');
  expect(report.state).toEqual({ status: 'connecting' });
  live.stored.push(createLine(Date.now(), 'in the gap'));
  await advance(1_000);
  expect(live.sockets).toHaveLength(2);
  live.socket.open();
  await advance(2_000);
  expect(texts()).toEqual(['in the gap']);
  expect(report).toMatchObject({ state: { status: 'streaming' }, recovered: 1 });
});

it('polls while the stream is refused, reports the reason, and retries the stream', async () => {
  follow();
  for (let attempt = 0; attempt < 3; attempt++) {
    live.socket.end(1006);
    await advance(2_000);
  }
  expect(live.sockets).toHaveLength(3);
  expect(report.state).toEqual({ status: 'polling', failure: { cause: 'refused', detail: '' } });
  live.stored.push(createLine(Date.now(), 'a'));
  await advance(2_500);
  expect(texts()).toEqual(['a']);
  expect(report).toMatchObject({ received: 1, recovered: 0 });
  await advance(30_000);
  expect(live.sockets).toHaveLength(4);
  live.socket.open();
  await advance(2_000);
  expect(report.state).toEqual({ status: 'streaming', checkError: undefined });
});

it('does not report a stream that is closed right after it opens', async () => {
  follow();
  const states = new Set<string>();
  for (let attempt = 0; attempt < 3; attempt++) {
    live.socket.open();
    states.add(report.state.status);
    live.socket.end(1011, 'max concurrent tail requests limit exceeded');
    await advance(2_000);
  }
  expect(states).toEqual(new Set(['connecting']));
  expect(report.state).toEqual({
    status: 'polling',
    failure: { cause: 'closed', detail: 'max concurrent tail requests limit exceeded' },
  });
});

it('polls if the browser can not create a socket', async () => {
  live.open = () => {
    throw new Error('The operation is insecure.');
  };
  follow();
  await advance(5_000);
  expect(report.state).toEqual({
    status: 'polling',
    failure: { cause: 'refused', detail: 'The operation is insecure.' },
  });
});

it('replaces an open socket that sends nothing while queries find lines', async () => {
  await startStreaming();
  const deadSocket = live.socket;
  live.stored.push(createLine(Date.now(), 'a'));
  await advance(5_000);
  expect(deadSocket.isClosed).toBe(false);
  live.stored.push(createLine(Date.now(), 'b'));
  await advance(5_000);
  expect(deadSocket.isClosed).toBe(true);
  await advance(1_000);
  expect(live.sockets).toHaveLength(2);
  expect(texts()).toEqual(['b', 'a']);
});

it('reports that stream and query fail, retries both, and recovers', async () => {
  live.failure = { status: 502, data: { message: 'bad gateway' } };
  follow();
  live.socket.end(1006);
  await advance(500);
  expect(report.state).toEqual({ status: 'failed', error: live.failure });
  live.failure = undefined;
  live.stored.push(createLine(NOW, 'a'));
  await advance(3_000);
  expect(report.state).toEqual({ status: 'connecting' });
  expect(texts()).toEqual(['a']);
});

it('keeps streaming and reports the error if only the query for missed lines fails', async () => {
  await startStreaming();
  live.failure = { status: 429 };
  live.socket.emit([createLine(NOW, 'a')]);
  await advance(6_000);
  expect(report.state).toEqual({ status: 'streaming', checkError: { status: 429 } });
  expect(texts()).toEqual(['a']);
  live.failure = undefined;
  await advance(6_000);
  expect(report.state).toEqual({ status: 'streaming', checkError: undefined });
});

it('does not add cleared lines again, but adds late lines', async () => {
  await startStreaming();
  live.write(createLine(NOW + 10, 'a'));
  await advance(500);
  tail.clear();
  expect(texts()).toEqual([]);
  live.write(createLine(NOW + 5, 'late'));
  await advance(6_000);
  expect(texts()).toEqual(['late']);
});

it('closes the stream, cancels its query, and sends no request after it is stopped', async () => {
  live.hangs = true;
  follow();
  live.socket.open();
  await advance(3_000);
  const [{ isClosed }, requestsBefore, reportsBefore] = [live.socket, live.requests.length, reports];
  expect(isClosed).toBe(false);
  tail.stop();
  live.socket.end(1000);
  live.socket.emit([createLine(NOW, 'a')]);
  await advance(60_000);
  expect(live.socket.isClosed).toBe(true);
  expect(live.cancelled).toBe(1);
  expect([live.sockets.length, live.requests.length, reports]).toEqual([1, requestsBefore, reportsBefore]);
});

it('does not reconnect after it is stopped', async () => {
  follow();
  live.socket.end(1006);
  tail.stop();
  await advance(60_000);
  expect(live.sockets).toHaveLength(1);
});
