import { act, fireEvent, screen } from '@testing-library/react';
import { config } from '@grafana/runtime';
import { FieldType } from '@grafana/data';
import { sceneGraph } from '@grafana/scenes';
import { FakeTail, createLine } from '../../../test/fakeTail';
import { fakeLoki, mockGrafana } from '../../../test/mockGrafana';
import { renderScene } from '../../../test/render';
import { MAX_LIVE_LINES, LiveLogs } from './LiveLogs';
import { lokiTransport } from './lokiTransport';
import { TEST_IDS } from '../../../ui/testIds';

const NOW = Date.UTC(2026, 0, 5, 12);
let live: FakeTail;
let onStop: jest.Mock;

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
  mockGrafana({ dataSources: [fakeLoki()] });
  live = new FakeTail();
  onStop = jest.fn();
});
afterEach(() => {
  jest.useRealTimers();
});

const advance = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

async function openLive(options: Partial<ConstructorParameters<typeof LiveLogs>[0]> = {}) {
  const logs = new LiveLogs({ expr: '{pod="p"}', title: 'Live', onStop, transport: live, ...options });
  const { unmount } = renderScene(logs);
  await advance(100);
  return { logs, unmount };
}

async function openStreaming(options?: Parameters<typeof openLive>[0]) {
  const opened = await openLive(options);
  act(() => live.socket.open());
  await advance(2_000);
  return opened;
}

async function write(...texts: string[]) {
  act(() => live.write(...texts.map((text, index) => createLine(Date.now() + index, text))));
  await advance(500);
}

const click = (name: string) => act(async () => screen.getByRole('button', { name }).click());
const getBar = () => screen.getByTestId(TEST_IDS.logs.liveBar);

/** Lines in the data of the panel. */
const getLines = (logs: LiveLogs): string[] =>
  (sceneGraph.getData(logs.state.panel).state.data?.series ?? []).flatMap(
    ({ fields }) => fields.find(({ name }) => name === 'Line')?.values ?? []
  );

/** Scrolls the lines down by `top` pixels, in an element of its own because jsdom has no layout. */
function scroll(top: number): Element {
  const lines = screen.getByTestId(TEST_IDS.logs.liveLines).appendChild(document.createElement('div'));
  lines.scrollTop = top;
  lines.scrollTo = jest.fn();
  fireEvent.scroll(lines);
  return lines;
}

it('says that it connects, then that it streams, and shows lines as they arrive', async () => {
  const { logs } = await openLive();
  expect(getBar()).toHaveTextContent('Connecting');
  act(() => live.socket.open());
  await advance(2_000);
  expect(getBar()).toHaveTextContent('Streaming');
  expect(screen.getByText('No lines yet')).toBeInTheDocument();
  await write('a', 'b');
  expect(getLines(logs)).toEqual(['b', 'a']);
  expect(screen.queryByText('No lines yet')).not.toBeInTheDocument();
});

it('shows the number of lines per second', async () => {
  await openStreaming();
  for (let second = 0; second < 15; second++) {
    await write('a', 'b', 'c');
    await advance(500);
  }
  expect(getBar()).toHaveTextContent('3.0 lines/s');
});

it('polls while the stream is refused, and says why and that it retries the stream', async () => {
  const { logs } = await openLive();
  for (let attempt = 0; attempt < 3; attempt++) {
    act(() => live.socket.end(1006));
    await advance(2_000);
  }
  expect(getBar()).toHaveTextContent('Polling every 2 s');
  expect(getBar()).toHaveTextContent('Grafana, Loki, or a proxy refused the WebSocket connection.');
  expect(getBar()).toHaveTextContent('The stream is retried regularly.');
  live.stored.push(createLine(Date.now(), 'polled'));
  await advance(3_000);
  expect(getLines(logs)).toEqual(['polled']);
});

it('shows the reason of Loki for closing the stream', async () => {
  await openLive();
  for (let attempt = 0; attempt < 3; attempt++) {
    act(() => live.socket.open());
    act(() => live.socket.end(1011, 'count > limit (11 > 10)'));
    await advance(2_000);
  }
  expect(getBar()).toHaveTextContent('Loki closed the stream (count > limit (11 > 10)).');
});

it('says why both stream and query fail', async () => {
  live.failure = { status: 403, data: { message: 'no access' } };
  await openLive();
  act(() => live.socket.end(1006));
  await advance(1_000);
  expect(getBar()).toHaveTextContent('Connection failed');
  expect(getBar()).toHaveTextContent("You don't have permission to query Loki & co (no access).");
});

it('says that it could not check for missing lines', async () => {
  await openStreaming();
  live.failure = { status: 502, data: { message: 'bad gateway' } };
  await advance(6_000);
  expect(getBar()).toHaveTextContent("Couldn't check for missing lines: Can't reach Loki & co (bad gateway).");
});

it('counts lines that were dropped, recovered, and removed', async () => {
  const { logs } = await openStreaming();
  const burst = Array.from({ length: MAX_LIVE_LINES }, (_, index) => createLine(NOW + index, `line ${index}`));
  live.stored.push(...burst, createLine(NOW + MAX_LIVE_LINES, 'missed'));
  act(() => live.socket.emit(burst, [NOW + MAX_LIVE_LINES]));
  await advance(2_000);
  expect(getBar()).toHaveTextContent('Loki dropped 1 line from the stream.');
  expect(getBar()).toHaveTextContent('Recovered 1 missing line.');
  expect(getBar()).toHaveTextContent(`Removed 1 older line (limit: ${MAX_LIVE_LINES.toLocaleString()}).`);
  expect(getLines(logs)).toHaveLength(MAX_LIVE_LINES);
  expect(getLines(logs)[0]).toBe('missed');
});

it('shows no new lines while it is paused, counts them, and shows them after a jump to the newest', async () => {
  const { logs } = await openStreaming();
  await write('a');
  await click('Pause');
  await write('b', 'c');
  expect(getLines(logs)).toEqual(['a']);
  expect(getBar()).toHaveTextContent('Paused, 2 new lines');
  await click('Jump to newest');
  expect(getLines(logs)).toEqual(['c', 'b', 'a']);
  expect(getBar()).not.toHaveTextContent('Paused');
});

it('pauses when the user scrolls away from the newest line, and jumps back to it', async () => {
  const { logs } = await openStreaming();
  await write('a');
  act(() => void scroll(0));
  expect(getBar()).not.toHaveTextContent('Paused');
  let lines!: Element;
  act(() => {
    lines = scroll(200);
  });
  await write('b');
  expect(getLines(logs)).toEqual(['a']);
  expect(getBar()).toHaveTextContent('Paused');
  await click('Jump to newest');
  expect(lines.scrollTo).toHaveBeenCalledWith({ top: 0 });
  expect(getLines(logs)).toEqual(['b', 'a']);
});

it('pauses when the user clicks a line', async () => {
  await openStreaming();
  await write('a');
  fireEvent.pointerDown(screen.getByTestId(TEST_IDS.logs.liveLines));
  expect(getBar()).toHaveTextContent('Paused');
});

it('clears the lines and continues with new ones', async () => {
  const { logs } = await openStreaming();
  await write('a');
  await click('Pause');
  await click('Clear');
  expect(screen.getByText('No lines yet')).toBeInTheDocument();
  await write('b');
  expect(getLines(logs)).toEqual(['b']);
});

it('calls onStop after a click on Stop', async () => {
  await openStreaming();
  await click('Stop');
  expect(onStop).toHaveBeenCalledTimes(1);
});

it('closes the stream and cancels queries on unmount', async () => {
  live.hangs = true;
  const { unmount } = await openStreaming();
  unmount();
  expect(live.socket.isClosed).toBe(true);
  expect(live.cancelled).toBe(1);
});

it('follows another query without the lines of the previous one', async () => {
  const { logs } = await openStreaming();
  await write('a');
  const before = live.socket;
  live.stored = [];
  act(() => logs.follow('{pod="q"}'));
  expect(before.isClosed).toBe(true);
  expect(live.expressions).toEqual(['{pod="p"}', '{pod="q"}']);
  await write('b');
  expect(getLines(logs)).toEqual(['b']);
  act(() => logs.follow('{pod="q"}'));
  expect(live.sockets).toHaveLength(2);
});

it('shows the frames that toFrames returns', async () => {
  const toFrames = (entries: unknown[]) => [
    { length: 1, fields: [{ name: 'Line', type: FieldType.string, config: {}, values: [`${entries.length} lines`] }] },
  ];
  const { logs } = await openStreaming({ toFrames });
  await write('a', 'b');
  expect(getLines(logs)).toEqual(['2 lines']);
});

it('opens the tail through the data source proxy below the subpath of Grafana', () => {
  const opened: string[] = [];
  jest.spyOn(window, 'WebSocket').mockImplementation(((url: string) => void opened.push(url)) as never);
  config.appSubUrl = '/grafana';
  lokiTransport.open({ expr: '{pod="a&b"}', start: BigInt(7), limit: 100 });
  config.appSubUrl = '';
  expect(opened).toEqual([
    'ws://localhost/grafana/api/datasources/proxy/uid/uid-loki/loki/api/v1/tail?query=%7Bpod%3D%22a%26b%22%7D&start=7&limit=100',
  ]);
});
