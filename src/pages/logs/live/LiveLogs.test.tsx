import { act, fireEvent, screen } from '@testing-library/react';
import { config } from '@grafana/runtime';
import { FieldType } from '@grafana/data';
import { sceneGraph } from '@grafana/scenes';
import { FakeTail, createLine } from '../../../test/fakeTail';
import { fakeLoki, mockGrafana } from '../../../test/mockGrafana';
import { renderScene } from '../../../test/render';
import { KEPT_LINES, LiveLogs } from './LiveLogs';
import { lokiWay } from './lokiWay';

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

const pass = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

async function openLive(options: Partial<ConstructorParameters<typeof LiveLogs>[0]> = {}) {
  const logs = new LiveLogs({ expr: '{pod="p"}', title: 'Live', onStop, way: live, ...options });
  const { unmount } = renderScene(logs);
  await pass(100);
  return { logs, unmount };
}

async function openStreaming(options?: Parameters<typeof openLive>[0]) {
  const opened = await openLive(options);
  act(() => live.socket.open());
  await pass(2_000);
  return opened;
}

async function write(...texts: string[]) {
  act(() => live.write(...texts.map((text, index) => createLine(Date.now() + index, text))));
  await pass(500);
}

const click = (name: string) => act(async () => screen.getByRole('button', { name }).click());
const bar = () => screen.getByTestId('live-bar');

/** Lines that the panel shows. */
const shown = (logs: LiveLogs): string[] =>
  (sceneGraph.getData(logs.state.panel).state.data?.series ?? []).flatMap(
    ({ fields }) => fields.find(({ name }) => name === 'Line')?.values ?? []
  );

/** Scrolls the lines, of which jsdom lays out none, down by so many pixels. */
function scroll(top: number): Element {
  const lines = screen.getByTestId('live-lines').appendChild(document.createElement('div'));
  lines.scrollTop = top;
  lines.scrollTo = jest.fn();
  fireEvent.scroll(lines);
  return lines;
}

it('says that it connects, then that it streams, and shows lines as they come', async () => {
  const { logs } = await openLive();
  expect(bar()).toHaveTextContent('Connecting');
  act(() => live.socket.open());
  await pass(2_000);
  expect(bar()).toHaveTextContent('Streaming');
  expect(screen.getByText('No line yet')).toBeInTheDocument();
  await write('a', 'b');
  expect(shown(logs)).toEqual(['b', 'a']);
  expect(screen.queryByText('No line yet')).not.toBeInTheDocument();
});

it('says how many lines come a second', async () => {
  await openStreaming();
  for (let second = 0; second < 15; second++) {
    await write('a', 'b', 'c');
    await pass(500);
  }
  expect(bar()).toHaveTextContent('3.0 lines a second');
});

it('polls where the stream is refused, and says why and that it tries again', async () => {
  const { logs } = await openLive();
  for (let attempt = 0; attempt < 3; attempt++) {
    act(() => live.socket.end(1006));
    await pass(2_000);
  }
  expect(bar()).toHaveTextContent('No stream: asking every 2 s');
  expect(bar()).toHaveTextContent('Grafana or Loki refused the stream');
  expect(bar()).toHaveTextContent('tried again from time to time');
  live.stored.push(createLine(Date.now(), 'polled'));
  await pass(3_000);
  expect(shown(logs)).toEqual(['polled']);
});

it('says in the words of Loki why it closed the stream', async () => {
  await openLive();
  for (let attempt = 0; attempt < 3; attempt++) {
    act(() => live.socket.open());
    act(() => live.socket.end(1011, 'count > limit (11 > 10)'));
    await pass(2_000);
  }
  expect(bar()).toHaveTextContent('Loki closed the stream (count > limit (11 > 10)).');
});

it('says why no lines arrive at all', async () => {
  live.failure = { status: 403, data: { message: 'no access' } };
  await openLive();
  act(() => live.socket.end(1006));
  await pass(1_000);
  expect(bar()).toHaveTextContent('No lines arrive');
  expect(bar()).toHaveTextContent('You may not query Loki & co (no access).');
});

it('says when missed lines cannot be looked for', async () => {
  await openStreaming();
  live.failure = { status: 502, data: { message: 'bad gateway' } };
  await pass(6_000);
  expect(bar()).toHaveTextContent('Whether lines are missing is not known: Loki & co does not answer (bad gateway).');
});

it('says what was dropped, filled in, and gave way', async () => {
  const { logs } = await openStreaming();
  const burst = Array.from({ length: KEPT_LINES }, (_, index) => createLine(NOW + index, `line ${index}`));
  live.stored.push(...burst, createLine(NOW + KEPT_LINES, 'missed'));
  act(() => live.socket.emit(burst, [NOW + KEPT_LINES]));
  await pass(2_000);
  expect(bar()).toHaveTextContent('Lines that Loki left out of the stream: 1.');
  expect(bar()).toHaveTextContent('Missed lines that were filled in: 1.');
  expect(bar()).toHaveTextContent(`Lines that gave way to newer ones, as the newest ${KEPT_LINES} are kept: 1.`);
  expect(shown(logs)).toHaveLength(KEPT_LINES);
  expect(shown(logs)[0]).toBe('missed');
});

it('keeps still while it is paused, says how many lines wait, and shows them then', async () => {
  const { logs } = await openStreaming();
  await write('a');
  await click('Pause');
  await write('b', 'c');
  expect(shown(logs)).toEqual(['a']);
  expect(bar()).toHaveTextContent('Paused, new lines that wait: 2');
  await click('Jump to newest');
  expect(shown(logs)).toEqual(['c', 'b', 'a']);
  expect(bar()).not.toHaveTextContent('Paused');
});

it('pauses when the reader scrolls away from the newest line, and jumps back to it', async () => {
  const { logs } = await openStreaming();
  await write('a');
  act(() => void scroll(0));
  expect(bar()).not.toHaveTextContent('Paused');
  let lines!: Element;
  act(() => {
    lines = scroll(200);
  });
  await write('b');
  expect(shown(logs)).toEqual(['a']);
  expect(bar()).toHaveTextContent('Paused');
  await click('Jump to newest');
  expect(lines.scrollTo).toHaveBeenCalledWith({ top: 0 });
  expect(shown(logs)).toEqual(['b', 'a']);
});

it('pauses when the reader opens a line', async () => {
  await openStreaming();
  await write('a');
  fireEvent.pointerDown(screen.getByTestId('live-lines'));
  expect(bar()).toHaveTextContent('Paused');
});

it('clears, and goes on with what comes then', async () => {
  const { logs } = await openStreaming();
  await write('a');
  await click('Pause');
  await click('Clear');
  expect(screen.getByText('No line yet')).toBeInTheDocument();
  await write('b');
  expect(shown(logs)).toEqual(['b']);
});

it('tells the page when it is stopped', async () => {
  await openStreaming();
  await click('Stop');
  expect(onStop).toHaveBeenCalledTimes(1);
});

it('ends stream and queries when it is left', async () => {
  live.hangs = true;
  const { unmount } = await openStreaming();
  unmount();
  expect(live.socket.isClosed).toBe(true);
  expect(live.cancelled).toBe(1);
});

it('follows another query, without the lines of the one before', async () => {
  const { logs } = await openStreaming();
  await write('a');
  const before = live.socket;
  live.stored = [];
  act(() => logs.follow('{pod="q"}'));
  expect(before.isClosed).toBe(true);
  expect(live.expressions).toEqual(['{pod="p"}', '{pod="q"}']);
  await write('b');
  expect(shown(logs)).toEqual(['b']);
  act(() => logs.follow('{pod="q"}'));
  expect(live.sockets).toHaveLength(2);
});

it('shows the frames that the page makes', async () => {
  const toFrames = (entries: unknown[]) => [
    { length: 1, fields: [{ name: 'Line', type: FieldType.string, config: {}, values: [`${entries.length} lines`] }] },
  ];
  const { logs } = await openStreaming({ toFrames });
  await write('a', 'b');
  expect(shown(logs)).toEqual(['2 lines']);
});

it('reaches the tail through the proxy of the data source, below the address of Grafana', () => {
  const opened: string[] = [];
  jest.spyOn(window, 'WebSocket').mockImplementation(((url: string) => void opened.push(url)) as never);
  config.appSubUrl = '/grafana';
  lokiWay.open({ expr: '{pod="a&b"}', start: BigInt(7), limit: 100 });
  config.appSubUrl = '';
  expect(opened).toEqual([
    'ws://localhost/grafana/api/datasources/proxy/uid/uid-loki/loki/api/v1/tail?query=%7Bpod%3D%22a%26b%22%7D&start=7&limit=100',
  ]);
});
