import { FakeTail, createLine } from '../../../test/fakeTail';
import { LogTail, type TailReport } from './logTail';

const NOW = Date.UTC(2026, 0, 5, 12);

let live: FakeTail;
let tail: LogTail;
let report: TailReport;
let reports: number;

function follow(keep = 100): void {
  tail = new LogTail({
    way: live,
    expr: '{pod="p"}',
    start: NOW - 60_000,
    keep,
    onReport: (given) => {
      report = given;
      reports++;
    },
  });
  tail.start();
}
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const texts = () => report.entries.map(({ text }) => text);

/** Opens the stream and lets it settle, with the first queries answered. */
async function streaming(keep?: number) {
  follow(keep);
  live.socket.open();
  await pass(2_000);
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

it('shows lines from before at once, and calls none of them filled in', async () => {
  live.stored = [createLine(NOW - 2_000, 'b'), createLine(NOW - 3_000, 'a'), createLine(NOW - 70_000, 'too old')];
  await streaming();
  expect(texts()).toEqual(['b', 'a']);
  expect(report).toMatchObject({ state: { is: 'streaming' }, received: 0, filled: 0, rate: 0 });
});

it('counts no line as new that was there before, whichever way it came first', async () => {
  follow();
  live.write(createLine(NOW - 2_000, 'a'));
  await pass(6_000);
  expect(texts()).toEqual(['a']);
  expect(report).toMatchObject({ received: 0, filled: 0, rate: 0 });
});

it('shows lines of the stream, the newest first, once however often they come', async () => {
  await streaming();
  live.write(createLine(NOW, 'a'), createLine(NOW + 1, 'b'));
  live.socket.emit(live.stored);
  await pass(20_000);
  expect(texts()).toEqual(['b', 'a']);
  expect(report).toMatchObject({ received: 2, filled: 0 });
});

it('takes lines for different that differ in a label only', async () => {
  await streaming();
  live.write(createLine(NOW, 'a', { pod: 'p' }), createLine(NOW, 'a', { pod: 'q' }));
  await pass(6_000);
  expect(texts()).toEqual(['a', 'a']);
});

it('fills in what the stream never brought', async () => {
  await streaming();
  live.write(createLine(NOW, 'a'), createLine(NOW + 2, 'c'));
  live.stored.push(createLine(NOW + 1, 'b'));
  await pass(6_000);
  expect(texts()).toEqual(['c', 'b', 'a']);
  expect(report).toMatchObject({ received: 3, filled: 1 });
});

it('does not count as filled in what the stream brings after all', async () => {
  await streaming();
  live.stored.push(createLine(NOW, 'a'));
  await pass(6_000);
  expect(report.filled).toBe(1);
  live.socket.emit(live.stored);
  await pass(500);
  expect(texts()).toEqual(['a']);
  expect(report).toMatchObject({ received: 1, filled: 0 });
});

it('says what Loki dropped and fetches it, however long ago it was written', async () => {
  await streaming();
  await pass(100_000);
  live.stored.push(createLine(NOW - 30_000, 'late'));
  live.socket.emit([createLine(NOW + 100_000, 'a')], [NOW - 30_000]);
  const before = live.requests.length;
  await pass(1_000);
  expect(live.requests).toHaveLength(before + 1);
  expect(texts()).toEqual(['a', 'late']);
  expect(report).toMatchObject({ dropped: 1, filled: 1 });
});

it('reads little again where nothing came late', async () => {
  await streaming();
  await pass(100_000);
  const { start } = live.requests[live.requests.length - 1];
  expect(start).toBeGreaterThan(createLine(NOW + 80_000, '').time);
});

it('of a burst shows what is kept and says what is not', async () => {
  await streaming(100);
  const burst = Array.from({ length: 2_000 }, (_, index) => createLine(NOW + index, `line ${index}`));
  live.stored.push(...burst);
  for (let index = 0; index < burst.length; index += 100) {
    live.socket.emit(burst.slice(index, index + 100));
  }
  const before = reports;
  await pass(10_000);
  expect(texts()).toEqual(
    burst
      .slice(-100)
      .map(({ text }) => text)
      .reverse()
  );
  expect(report).toMatchObject({ received: 2_000, trimmed: 1_900, filled: 0 });
  expect(reports - before).toBeLessThan(6);
});

it('never asks for more lines than it keeps', async () => {
  await streaming(100);
  await pass(20_000);
  expect(new Set(live.requests.map(({ limit, direction }) => `${limit} ${direction}`))).toEqual(
    new Set(['100 backward'])
  );
});

it('counts lines a second, which fall to none when none come', async () => {
  await streaming();
  for (let second = 0; second < 10; second++) {
    live.write(...Array.from({ length: 5 }, (_, index) => createLine(Date.now() + index, `${second} ${index}`)));
    await pass(1_000);
  }
  expect(Math.round(report.rate)).toBe(5);
  await pass(30_000);
  expect(report.rate).toBe(0);
});

it('connects again when the stream ends, and fills in the gap', async () => {
  await streaming();
  await pass(3_600_000);
  live.socket.end(1011, 'reached tail max duration limit');
  expect(report.state).toEqual({ is: 'connecting' });
  live.stored.push(createLine(Date.now(), 'in the gap'));
  await pass(1_000);
  expect(live.sockets).toHaveLength(2);
  live.socket.open();
  await pass(2_000);
  expect(texts()).toEqual(['in the gap']);
  expect(report).toMatchObject({ state: { is: 'streaming' }, filled: 1 });
});

it('asks by queries where the stream is refused, says so, and tries it again', async () => {
  follow();
  for (let attempt = 0; attempt < 3; attempt++) {
    live.socket.end(1006);
    await pass(2_000);
  }
  expect(live.sockets).toHaveLength(3);
  expect(report.state).toEqual({ is: 'polling', because: { cause: 'refused', detail: '' } });
  live.stored.push(createLine(Date.now(), 'a'));
  await pass(2_500);
  expect(texts()).toEqual(['a']);
  expect(report).toMatchObject({ received: 1, filled: 0 });
  await pass(30_000);
  expect(live.sockets).toHaveLength(4);
  live.socket.open();
  await pass(2_000);
  expect(report.state).toEqual({ is: 'streaming', unchecked: undefined });
});

it('is not fooled by a stream that opens and is closed at once', async () => {
  follow();
  const states = new Set<string>();
  for (let attempt = 0; attempt < 3; attempt++) {
    live.socket.open();
    states.add(report.state.is);
    live.socket.end(1011, 'max concurrent tail requests limit exceeded');
    await pass(2_000);
  }
  expect(states).toEqual(new Set(['connecting']));
  expect(report.state).toEqual({
    is: 'polling',
    because: { cause: 'closed', detail: 'max concurrent tail requests limit exceeded' },
  });
});

it('asks by queries where no socket can be made', async () => {
  live.open = () => {
    throw new Error('The operation is insecure.');
  };
  follow();
  await pass(5_000);
  expect(report.state).toEqual({
    is: 'polling',
    because: { cause: 'refused', detail: 'The operation is insecure.' },
  });
});

it('gives up a socket that is open and brings nothing while lines are there', async () => {
  await streaming();
  const dead = live.socket;
  live.stored.push(createLine(Date.now(), 'a'));
  await pass(5_000);
  expect(dead.isClosed).toBe(false);
  live.stored.push(createLine(Date.now(), 'b'));
  await pass(5_000);
  expect(dead.isClosed).toBe(true);
  await pass(1_000);
  expect(live.sockets).toHaveLength(2);
  expect(texts()).toEqual(['b', 'a']);
});

it('says that nothing works, goes on trying, and recovers', async () => {
  live.failure = { status: 502, data: { message: 'bad gateway' } };
  follow();
  live.socket.end(1006);
  await pass(500);
  expect(report.state).toEqual({ is: 'failed', error: live.failure });
  live.failure = undefined;
  live.stored.push(createLine(NOW, 'a'));
  await pass(3_000);
  expect(report.state).toEqual({ is: 'connecting' });
  expect(texts()).toEqual(['a']);
});

it('streams on where only the query for missed lines fails, and says so', async () => {
  await streaming();
  live.failure = { status: 429 };
  live.socket.emit([createLine(NOW, 'a')]);
  await pass(6_000);
  expect(report.state).toEqual({ is: 'streaming', unchecked: { status: 429 } });
  expect(texts()).toEqual(['a']);
  live.failure = undefined;
  await pass(6_000);
  expect(report.state).toEqual({ is: 'streaming', unchecked: undefined });
});

it('does not bring cleared lines again, but those that come late', async () => {
  await streaming();
  live.write(createLine(NOW + 10, 'a'));
  await pass(500);
  tail.clear();
  expect(texts()).toEqual([]);
  live.write(createLine(NOW + 5, 'late'));
  await pass(6_000);
  expect(texts()).toEqual(['late']);
});

it('closes the stream, drops its query and asks nothing more when it is stopped', async () => {
  live.hangs = true;
  follow();
  live.socket.open();
  await pass(3_000);
  const [{ isClosed }, asked, before] = [live.socket, live.requests.length, reports];
  expect(isClosed).toBe(false);
  tail.stop();
  live.socket.end(1000);
  live.socket.emit([createLine(NOW, 'a')]);
  await pass(60_000);
  expect(live.socket.isClosed).toBe(true);
  expect(live.cancelled).toBe(1);
  expect([live.sockets.length, live.requests.length, reports]).toEqual([1, asked, before]);
});

it('tries no stream again when it is stopped between two', async () => {
  follow();
  live.socket.end(1006);
  tail.stop();
  await pass(60_000);
  expect(live.sockets).toHaveLength(1);
});
