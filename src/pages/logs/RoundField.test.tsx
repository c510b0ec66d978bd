import { sceneGraph, sceneUtils } from '@grafana/scenes';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  CONNECTION_REFUSED,
  fakeLoki,
  fakePrometheus,
  PERMISSION_DENIED,
  seriesFrame,
  mockGrafana,
} from '../../test/mockGrafana';
import { renderPage } from '../../test/render';
import { LogsScene } from './LogsScene';
import { NOTHING_SELECTED, type Selection } from './selection';

const HOUR = 3600;
/** On a full hour, so that times are easy to read. */
const NOW = Date.UTC(2026, 4, 4, 12) / 1000;
const PADDING = 5 * 60;
const dog = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' };

/** The newest condition each minute, in hours before now. */
const during = (stage: string, condition: string, from: number, to: number) =>
  seriesFrame(
    { ...dog, stage, condition },
    Array.from({ length: Math.round((from - to) * 60) }, (_, minute): [number, number] => [
      NOW - from * HOUR + minute * 60,
      1,
    ])
  );

/** Round 4 of ten to six hours ago, and round 5, which evaluates; the end of round 3. */
const ROUNDS = {
  condition: [
    during('Deploy', 'Waiting', 24, 10),
    during('Train', 'Running', 10, 7),
    during('Eval', 'Running', 7, 6.1),
    during('Eval', 'Failed', 6.1, 6),
    during('Train', 'Running', 6, 2),
    during('Eval', 'Running', 2, 0),
  ],
  rounds: [
    seriesFrame({ __name__: 'sedna_job_round', ...dog }, [
      [NOW - 23 * HOUR, 3],
      [NOW - 9 * HOUR, 4],
      [NOW - 5 * HOUR, 5],
    ]),
  ],
};

beforeEach(() => jest.useFakeTimers({ now: NOW * 1000, doNotFake: ['performance'] }));
afterEach(() => jest.useRealTimers());
const user = () => userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
const settle = () => act(() => jest.advanceTimersByTimeAsync(500));

async function openLogs(change: Partial<Selection> = {}, prometheus = fakePrometheus(), sources = [prometheus]) {
  if (prometheus.values.length === 0) {
    prometheus.values = ['robots'];
  }
  if (Object.keys(prometheus.frames).length === 0) {
    prometheus.frames = ROUNDS;
  }
  mockGrafana({ dataSources: [fakeLoki(), ...sources] });
  const logs = new LogsScene({ ...NOTHING_SELECTED, namespace: 'robots', job: 'dog', ...change });
  const { unmount } = renderPage(logs, 'loki');
  await settle();
  await settle();
  return { logs, prometheus, unmount };
}
const field = () => screen.getByLabelText('Round');
async function openList() {
  await user().click(field());
  await settle();
  return [...document.querySelectorAll('[role=option]')].map(({ textContent }) => textContent);
}
async function choose(name: RegExp) {
  await openList();
  await act(async () => {
    fireEvent.click(screen.getByText(name));
    await jest.advanceTimersByTimeAsync(500);
  });
}
/** Hours before now, without the padding. */
function range(logs: LogsScene) {
  const { from, to } = sceneGraph.getTimeRange(logs).state;
  const hours = (text: string, padding: number) =>
    text === 'now' ? text : (NOW - new Date(text).valueOf() / 1000 - padding) / HOUR;
  return [hours(from, PADDING), hours(to, -PADDING)];
}

it('asks for rounds when its list is opened, not before', async () => {
  const { prometheus } = await openLogs();
  expect(prometheus.requests).toEqual([]);
  await openList();
  expect(prometheus.requests).toEqual([
    {
      condition: 'sedna_lifelonglearningjob_condition{namespace="robots", name="dog"} == 1',
      rounds: 'sedna_job_round{kind="LifelongLearningJob", namespace="robots", name="dog"}',
    },
  ]);
});

it('offers rounds, newest first, with their times and stages', async () => {
  await openLogs();
  const [newest, before, oldest, ...others] = await openList();
  expect(newest).toMatch(/^Round 5.*06:00 – now · Train, Eval \(not over yet\)$/);
  expect(before).toMatch(/^Round 4.*02:00 – 06:00 · Train, Eval \(Failed\)$/);
  expect(oldest).toMatch(/before .*12:00 – .*02:00 · Deploy$/);
  expect(others).toEqual([]);
});

it('sets the time range to that of a round', async () => {
  const { logs } = await openLogs();
  await choose(/^Round 4/);
  expect(range(logs)).toEqual([10, 6]);
  expect(field()).toHaveValue('Round 4');
});

it('ends the round that goes on now', async () => {
  const { logs } = await openLogs();
  await choose(/^Round 5/);
  expect(range(logs)).toEqual([6, 'now']);
});

it('narrows to a stage, chosen before or after, and says where that was not seen', async () => {
  const { logs } = await openLogs({ worker: 'train' });
  await choose(/^Round 4/);
  expect(range(logs)).toEqual([10, 7]);
  act(() => logs.select({ worker: 'eval' }));
  expect(range(logs)).toEqual([7, 6.1]);
  act(() => logs.select({ worker: 'inference' }));
  expect(range(logs)).toEqual([10, 6]);
  expect(screen.getByText('Deploy was not seen in this round: all of it is shown.')).toBeInTheDocument();
});

it('forgets the round when another time range is chosen', async () => {
  const { logs } = await openLogs();
  await choose(/^Round 4/);
  const time = sceneGraph.getTimeRange(logs);
  act(() => time.setState({ from: 'now-5m', to: 'now' }));
  await settle();
  expect(field()).toHaveValue('');
  expect(sceneUtils.getUrlState(logs).round).toBeUndefined();
  act(() => logs.select({ worker: 'train' }));
  expect(time.state.from).toBe('now-5m');
});

/** Opens an address as Grafana does: the page's time range is in it too. */
async function follow(address: Record<string, string>) {
  const { logs } = await openLogs();
  const params = new URLSearchParams({ namespace: 'robots', job: 'dog', ...address });
  act(() => sceneUtils.syncStateFromSearchParams(logs.getRoot(), params));
  await settle();
  await settle();
  return logs;
}
const START = NOW - 10 * HOUR;
const atMs = (seconds: number) => String(seconds * 1000);
const ROUND_4 = { from: atMs(START - PADDING), to: atMs(NOW - 6 * HOUR + PADDING) };

it('has the round in the URL, which opens with it', async () => {
  const { logs, unmount } = await openLogs({ worker: 'eval' });
  await choose(/^Round 4/);
  const { from, to, round } = sceneUtils.getUrlState(logs.getRoot()) as Record<string, string>;
  expect(round).toBe(atMs(START));
  unmount();
  await follow({ from, to, round, worker: 'eval' });
  expect(field()).toHaveValue('Round 4');
});

it.each([
  ['begins about then, as seen from other samples', { ...ROUND_4, round: atMs(START + 120) }, 'Round 4'],
  ['is not of that time', { ...ROUND_4, round: atMs(START - HOUR) }, ''],
  ['is not that of the time range', { from: 'now-1h', to: 'now', round: atMs(START) }, ''],
  ['is no time', { ...ROUND_4, round: 'constructor' }, ''],
])('takes a round from the URL that %s', async (_, address, title) => {
  const logs = await follow(address);
  expect(field()).toHaveValue(title);
  expect(logs.state.round === '').toBe(title === '');
});

it('leaves the round with its job', async () => {
  const logs = await follow({ ...ROUND_4, round: atMs(START) });
  act(() => logs.select({ job: 'cat' }));
  expect(logs.state.round).toBe('');
});

it('ends with the last sign of a job that is gone', async () => {
  const prometheus = fakePrometheus();
  prometheus.frames = { condition: [during('Train', 'Running', 6, 2)] };
  const { logs } = await openLogs({}, prometheus);
  await choose(/in this range/);
  const [from, to] = range(logs);
  expect(from).toBe(6);
  expect(to).toBeCloseTo(2, 1);
});

it('says how far it looked', async () => {
  await openLogs();
  await openList();
  expect(screen.getByText(/^Rounds since .*12:00:0\d, from samples/)).toBeInTheDocument();
});

it('looks further back where there is none, and says that there is none', async () => {
  const prometheus = fakePrometheus();
  prometheus.frames = { condition: [], rounds: [] };
  await openLogs({}, prometheus);
  expect(await openList()).toEqual([]);
  expect(prometheus.requests).toHaveLength(2);
  expect(screen.getByText(/^Prometheus knows of no round since 2026-04-04/)).toBeInTheDocument();
});

it.each([
  ['is away', CONNECTION_REFUSED, 'No rounds: Prometheus & co does not answer.'],
  ['refuses', PERMISSION_DENIED, 'No rounds: You may not query Prometheus & co.'],
])('says so where Prometheus %s, and finds lines all the same', async (_, failure, words) => {
  const prometheus = fakePrometheus();
  prometheus.failure = failure;
  await openLogs({}, prometheus);
  expect(screen.getByText(words)).toBeInTheDocument();
  expect(field()).toBeDisabled();
  expect(screen.getByText('Download all')).toBeInTheDocument();
  prometheus.failure = undefined;
  await act(() => jest.advanceTimersByTimeAsync(6000));
  expect(field()).toBeEnabled();
});

it('says so where only the query for rounds fails', async () => {
  const prometheus = fakePrometheus();
  await openLogs({}, prometheus);
  prometheus.failure = CONNECTION_REFUSED;
  expect(await openList()).toEqual([]);
  expect(screen.getByText('No rounds: Prometheus & co does not answer.')).toBeInTheDocument();
});

it('names rounds by their place where their numbers cannot be had', async () => {
  const prometheus = Object.assign(fakePrometheus(), { refused: { rounds: 'too many samples' } });
  await openLogs({}, prometheus);
  expect((await openList()).map((text) => text?.slice(0, 2))).toEqual(['3.', '2.', '1.']);
});

it('says that there is no Prometheus', async () => {
  await openLogs({}, fakePrometheus(), []);
  expect(field()).toBeDisabled();
  expect(screen.getByText(/^Rounds are known where there is a Prometheus/)).toBeInTheDocument();
});

it('takes the only namespace that has the job, and asks for one of several', async () => {
  const { prometheus } = await openLogs({ namespace: '' });
  await openList();
  expect(prometheus.requests[0].condition).toContain('namespace="robots"');
});

it('asks to choose among several namespaces', async () => {
  await openLogs({ namespace: '' }, Object.assign(fakePrometheus(), { values: ['robots', 'cats'] }));
  expect(screen.getByText(/^Several namespaces have a job of this name/)).toBeInTheDocument();
});

it('is not there for what has no rounds', async () => {
  const prometheus = fakePrometheus();
  prometheus.getResource = async () => ({ data: [] });
  await openLogs({ job: 'some-service' }, prometheus);
  await waitFor(() => expect(screen.queryByLabelText('Round')).not.toBeInTheDocument());
});
