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
} from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import { LogsScene } from '../LogsScene';
import { answerForKinds } from './testUtils';
import { DEFAULT_SELECTION, type Selection } from '../selection';

const HOUR = 3600;
/** A full hour, for readable times. */
const NOW = Date.UTC(2026, 4, 4, 12) / 1000;
const PADDING = 5 * 60;
const dog = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' };

/** Samples of the newest condition, one per minute; `from` and `to` in hours before now. */
const sampleCondition = (stage: string, condition: string, from: number, to: number) =>
  seriesFrame(
    { ...dog, stage, condition },
    Array.from({ length: Math.round((from - to) * 60) }, (_, minute): [number, number] => [
      NOW - from * HOUR + minute * 60,
      1,
    ])
  );

/** The end of round 3, round 4 from 10 to 6 hours ago, and round 5, which is evaluating. */
const ROUNDS = {
  condition: [
    sampleCondition('Deploy', 'Waiting', 24, 10),
    sampleCondition('Train', 'Running', 10, 7),
    sampleCondition('Eval', 'Running', 7, 6.1),
    sampleCondition('Eval', 'Failed', 6.1, 6),
    sampleCondition('Train', 'Running', 6, 2),
    sampleCondition('Eval', 'Running', 2, 0),
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

async function openLogs(
  change: Partial<Selection> = {},
  prometheus = fakePrometheus(),
  sources = [prometheus],
  kinds = ['lifelonglearningjob']
) {
  if (prometheus.values.length === 0) {
    prometheus.values = ['robots'];
  }
  if (Object.keys(prometheus.frames).length === 0) {
    prometheus.frames = ROUNDS;
  }
  answerForKinds(prometheus, kinds);
  mockGrafana({ dataSources: [fakeLoki(), ...sources] });
  const logs = new LogsScene({ ...DEFAULT_SELECTION, namespace: 'robots', job: 'dog', ...change });
  const { unmount } = renderPage(logs, 'loki');
  await settle();
  await settle();
  return { logs, prometheus, unmount };
}
const getField = () => screen.getByLabelText('Round');
async function openList() {
  await user().click(getField());
  await settle();
  return [...document.querySelectorAll('[role=option]')].map(({ textContent }) => textContent);
}
async function selectRound(name: RegExp) {
  await openList();
  await act(async () => {
    fireEvent.click(screen.getByText(name));
    await jest.advanceTimersByTimeAsync(500);
  });
}
/** The time range of the page in hours before now, without the padding. */
function getRange(logs: LogsScene) {
  const { from, to } = sceneGraph.getTimeRange(logs).state;
  const hours = (text: string, padding: number) =>
    text === 'now' ? text : (NOW - new Date(text).valueOf() / 1000 - padding) / HOUR;
  return [hours(from, PADDING), hours(to, -PADDING)];
}

it('fetches rounds when its list is opened, not before', async () => {
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

it('lists rounds newest first, with their times and stages', async () => {
  await openLogs();
  const [newest, before, oldest, ...others] = await openList();
  expect(newest).toMatch(/^Round 5.*06:00 – now · Train, Eval \(In progress\)$/);
  expect(before).toMatch(/^Round 4.*02:00 – 06:00 · Train, Eval \(Failed\)$/);
  expect(oldest).toMatch(/before .*12:00 – .*02:00 · Deploy$/);
  expect(others).toEqual([]);
});

it('lists times in the time zone of the page', async () => {
  const { logs } = await openLogs();
  act(() => sceneGraph.getTimeRange(logs).onTimeZoneChange('Asia/Tokyo'));
  const [newest] = await openList();
  expect(newest).toMatch(/^Round 5.*15:00 – now · /);
});

it('sets the time range to the selected round', async () => {
  const { logs } = await openLogs();
  await selectRound(/^Round 4/);
  expect(getRange(logs)).toEqual([10, 6]);
  expect(getField()).toHaveValue('Round 4');
});

it('ends the time range of an open round at now', async () => {
  const { logs } = await openLogs();
  await selectRound(/^Round 5/);
  expect(getRange(logs)).toEqual([6, 'now']);
});

it('narrows the time range to a stage selected before or after the round, and says if the round lacks it', async () => {
  const { logs } = await openLogs({ worker: 'train' });
  await selectRound(/^Round 4/);
  expect(getRange(logs)).toEqual([10, 7]);
  act(() => logs.select({ worker: 'eval' }));
  expect(getRange(logs)).toEqual([7, 6.1]);
  act(() => logs.select({ worker: 'inference' }));
  expect(getRange(logs)).toEqual([10, 6]);
  expect(screen.getByText('Deploy not found in this round. Showing the whole round.')).toBeInTheDocument();
});

it('keeps the time range of a saved search that selects another stage as well', async () => {
  const { logs } = await openLogs({ worker: 'train' });
  await selectRound(/^Round 4/);
  const selection = { ...DEFAULT_SELECTION, namespace: 'robots', job: 'dog', worker: 'eval' };
  act(() => logs.openSearch({ name: 'a', selection, range: { from: 'now-5m', to: 'now' } }));
  await settle();
  expect(sceneGraph.getTimeRange(logs).state).toMatchObject({ from: 'now-5m', to: 'now' });
  expect(logs.state.round).toBe('');
});

it('deselects the round when the user selects another time range', async () => {
  const { logs } = await openLogs();
  await selectRound(/^Round 4/);
  const time = sceneGraph.getTimeRange(logs);
  act(() => time.setState({ from: 'now-5m', to: 'now' }));
  await settle();
  expect(getField()).toHaveValue('');
  expect(sceneUtils.getUrlState(logs).round).toBeUndefined();
  act(() => logs.select({ worker: 'train' }));
  expect(time.state.from).toBe('now-5m');
});

/** Opens a URL as Grafana does, with the time range of the page in it. */
async function openUrl(address: Record<string, string>) {
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

it('restores the round from the URL', async () => {
  const { logs, unmount } = await openLogs({ worker: 'eval' });
  await selectRound(/^Round 4/);
  const { from, to, round } = sceneUtils.getUrlState(logs.getRoot()) as Record<string, string>;
  expect(round).toBe(atMs(START));
  unmount();
  await openUrl({ from, to, round, worker: 'eval' });
  expect(getField()).toHaveValue('Round 4');
});

it.each([
  ['starts within the padding of a known round', { ...ROUND_4, round: atMs(START + 120) }, 'Round 4'],
  ['starts at another time than any round', { ...ROUND_4, round: atMs(START - HOUR) }, ''],
  ["doesn't match the time range", { from: 'now-1h', to: 'now', round: atMs(START) }, ''],
  ['is not a number', { ...ROUND_4, round: 'constructor' }, ''],
])('handles a round in the URL that %s', async (_, address, title) => {
  const logs = await openUrl(address);
  expect(getField()).toHaveValue(title);
  expect(logs.state.round === '').toBe(title === '');
});

it('deselects the round when another job is selected', async () => {
  const logs = await openUrl({ ...ROUND_4, round: atMs(START) });
  act(() => logs.select({ job: 'cat' }));
  expect(logs.state.round).toBe('');
});

it('ends the time range with the last sample of a deleted job', async () => {
  const prometheus = fakePrometheus();
  prometheus.frames = { condition: [sampleCondition('Train', 'Running', 6, 2)] };
  const { logs } = await openLogs({}, prometheus);
  await selectRound(/in this time range/);
  const [from, to] = getRange(logs);
  expect(from).toBe(6);
  expect(to).toBeCloseTo(2, 1);
});

it('says how far back it searched', async () => {
  await openLogs();
  await openList();
  expect(screen.getByText(/^Rounds since .*12:00:0\d, from scraped metrics/)).toBeInTheDocument();
});

it('searches further back if there are no rounds, and says that it found none', async () => {
  const prometheus = fakePrometheus();
  prometheus.frames = { condition: [], rounds: [] };
  await openLogs({}, prometheus);
  expect(await openList()).toEqual([]);
  expect(prometheus.requests).toHaveLength(2);
  expect(screen.getByText(/^No rounds found since 2026-04-04/)).toBeInTheDocument();
});

it.each([
  ['is unreachable', CONNECTION_REFUSED, "Couldn't load rounds: Can't reach Prometheus & co"],
  ['denies permission', PERMISSION_DENIED, "Couldn't load rounds: You don't have permission to query Prometheus & co"],
])('says that Prometheus %s, and still finds lines', async (_, failure, text) => {
  const prometheus = fakePrometheus();
  prometheus.failure = failure;
  await openLogs({}, prometheus);
  expect(screen.getByText(text)).toBeInTheDocument();
  expect(getField()).toBeDisabled();
  expect(screen.getByText('Download all')).toBeInTheDocument();
  prometheus.failure = undefined;
  await act(() => jest.advanceTimersByTimeAsync(6000));
  expect(getField()).toBeEnabled();
});

it('says that the query for rounds failed', async () => {
  const prometheus = fakePrometheus();
  await openLogs({}, prometheus);
  prometheus.failure = CONNECTION_REFUSED;
  expect(await openList()).toEqual([]);
  expect(screen.getByText("Couldn't load rounds: Can't reach Prometheus & co")).toBeInTheDocument();
});

it('numbers rounds by their position if their own numbers are unavailable', async () => {
  const prometheus = Object.assign(fakePrometheus(), { refused: { rounds: 'too many samples' } });
  await openLogs({}, prometheus);
  expect((await openList()).map((text) => text?.slice(0, 2))).toEqual(['#3', '#2', '#1']);
});

it('says that rounds require Prometheus', async () => {
  await openLogs({}, fakePrometheus(), []);
  expect(getField()).toBeDisabled();
  expect(screen.getByText(/^Rounds require a Prometheus data source/)).toBeInTheDocument();
});

it('uses the only namespace that has the job', async () => {
  const { prometheus } = await openLogs({ namespace: '' });
  await openList();
  expect(prometheus.requests[0].condition).toContain('namespace="robots"');
});

it('asks the user to select one of several namespaces', async () => {
  await openLogs({ namespace: '' }, Object.assign(fakePrometheus(), { values: ['robots', 'cats'] }));
  expect(screen.getByText(/^Several namespaces have a job with this name/)).toBeInTheDocument();
});

it('lists the rounds of an incremental learning job', async () => {
  const { prometheus } = await openLogs({}, undefined, undefined, ['incrementallearningjob']);
  expect((await openList())[0]).toMatch(/^Round 5/);
  expect(prometheus.requests[0].condition).toContain('sedna_incrementallearningjob_condition{');
});

it('says where rounds are if jobs of two kinds have the name', async () => {
  await openLogs({}, undefined, undefined, ['lifelonglearningjob', 'incrementallearningjob']);
  expect(getField()).toBeDisabled();
  expect(screen.getByText(/^Jobs of several kinds have this name/)).toBeInTheDocument();
});

it('is hidden for a job without rounds', async () => {
  const prometheus = fakePrometheus();
  prometheus.getResource = async () => ({ data: [] });
  await openLogs({ job: 'some-service' }, prometheus);
  await waitFor(() => expect(screen.queryByLabelText('Round')).not.toBeInTheDocument());
});
