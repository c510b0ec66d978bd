import { sceneGraph, sceneUtils } from '@grafana/scenes';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeLoki, PERMISSION_DENIED, mockGrafana, type Failure } from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import { LogsScene } from '../LogsScene';
import { DEFAULT_SELECTION } from '../selection';
import { MAX_SCORE_LINES } from './ScoresView';

const SECOND = 1_000_000_000;
const START = 1_795_000_000;
const line = (text: string) => `[2026-11-23 18:45:54,055] cloud_knowledge_management.py(187) [INFO] - ${text}`;
const EVALUATION = [
  'Download kb index from /home/data/output/train/1/index.pkl to index.pkl',
  "Autumn_1.0 scores: {'precision_score': 0.8823529411764706, 'loss': nan}",
  'Autumn_1.0 will not be deploy because all scores > 0.5',
  "Summer_4.0 scores: {'precision_score': 0.4}",
  'Task evaluation finishes.',
].map(line);

const toStreams = (texts: string[]) => ({
  data: {
    result: [
      {
        stream: { namespace: 'robots', pod: 'dog-eval-x7k2p' },
        values: texts.map((text, index) => [String(BigInt((START + index) * SECOND)), text]),
      },
    ],
  },
});

/** Opens the page at a URL. */
async function openScores(texts: string[], failure?: Failure, bytes = 0, address = '') {
  const loki = fakeLoki();
  Object.assign(loki, { failure, resources: { 'index/stats': { bytes }, query_range: toStreams(texts) } });
  mockGrafana({ dataSources: [loki] });
  const logs = new LogsScene(DEFAULT_SELECTION);
  const params = `namespace=robots&view=scores&include=keyword&${address}`;
  sceneUtils.syncStateFromSearchParams(logs, new URLSearchParams(params));
  renderPage(logs, 'loki');
  await act(async () => {});
  return { loki, logs };
}
const cells = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent)
        .slice(1, -1)
    );
// Queries by role take seconds in jsdom with 50 rows.
const tasks = () => [...document.querySelectorAll('tbody tr')].map((row) => row.querySelectorAll('td')[1].textContent);
const headers = () => screen.getAllByRole('columnheader').map(({ textContent }) => textContent);

it('shows each task with its scores, outcome and reason, pod, and round', async () => {
  await openScores(EVALUATION);
  await screen.findByText('Autumn_1.0');
  expect(headers()).toEqual(['Time', 'Task', 'precision_score', 'loss', 'Deployment', 'Pod', 'Recorded round', '']);
  expect(cells()).toEqual([
    ['Summer_4.0', '0.4', '', 'Not dropped', 'dog-eval-x7k2p', '1'],
    ['Autumn_1.0', '0.8824', 'nan', 'Dropped all scores > 0.5', 'dog-eval-x7k2p', '1'],
  ]);
  expect(screen.getAllByRole('link', { name: 'dog-eval-x7k2p' })[0]).toHaveAttribute(
    'href',
    expect.stringContaining('/resources/pod/robots/dog-eval-x7k2p')
  );
});

it('shows times in the time zone of the page', async () => {
  const { logs } = await openScores(EVALUATION);
  await screen.findByText('2026-11-18 11:06:43.000');
  act(() => sceneGraph.getTimeRange(logs).onTimeZoneChange('Asia/Tokyo'));
  expect(await screen.findByText('2026-11-18 20:06:43.000')).toBeInTheDocument();
});

it('sends one request, for the lines of evaluations, regardless of keywords', async () => {
  const { loki } = await openScores(EVALUATION);
  await screen.findByText('Autumn_1.0');
  expect(loki.requests).toEqual([]);
  const asked = (loki.asked as Array<[string, object]>).filter(([path]) => path === 'query_range');
  expect(asked).toEqual([
    [
      'query_range',
      expect.objectContaining({
        query:
          '{namespace="robots", source!~"sedna-journal"} |~ " scores: \\\\{| will not be deploy because|Download kb index from |Task evaluation finishes" | decolorize',
      }),
    ],
  ]);
});

it('sorts by a metric, with rows that lack it last', async () => {
  const { logs } = await openScores(EVALUATION);
  await screen.findByText('Autumn_1.0');
  await userEvent.click(screen.getByRole('button', { name: 'Sort column precision_score' }));
  expect(tasks()).toEqual(['Summer_4.0', 'Autumn_1.0']);
  expect(sceneUtils.getUrlState(logs).sort).toBe('metric:precision_score');
  await userEvent.click(screen.getByRole('button', { name: 'Sort column precision_score' }));
  expect(tasks()).toEqual(['Autumn_1.0', 'Summer_4.0']);
});

it.each([
  ['-task', ['Summer_4.0', 'Autumn_1.0']],
  ['task', ['Autumn_1.0', 'Summer_4.0']],
  ['metric:constructor', ['Autumn_1.0', 'Summer_4.0']],
])('applies the sort "%s" of the URL', async (sort, order) => {
  await openScores(EVALUATION, undefined, 0, `sort=${sort}`);
  await screen.findByText('Autumn_1.0');
  expect(tasks()).toEqual(order);
});

it('shows the page of the URL, goes to the first page for other streams, and resets the sort for another view', async () => {
  const many = Array.from({ length: 60 }, (_, index) => line(`Task_${index} scores: {}`));
  const { logs } = await openScores(many, undefined, 0, 'sort=time&page=2');
  await screen.findByText('Task_50');
  expect(tasks()).toHaveLength(10);
  await act(async () => logs.select({ namespace: 'cats' }));
  await screen.findByText('Task_0');
  expect(sceneUtils.getUrlState(logs)).toMatchObject({ sort: 'time' });
  await act(async () => logs.select({ view: 'patterns' }));
  expect(sceneUtils.getUrlState(logs).sort).toBeUndefined();
});

it('fetches lines when the user switches to them', async () => {
  const { loki, logs } = await openScores(EVALUATION);
  await userEvent.click(await screen.findByRole('radio', { name: 'Lines' }));
  await act(async () => {});
  expect(logs.getUrlState()).toMatchObject({ view: null });
  expect(loki.requests.map((request) => Object.keys(request))).toEqual([['lines']]);
});

it.each<[string, string[], string]>([
  ['there was no evaluation', [], 'No task evaluations found'],
  ['an evaluation logged no scores', [EVALUATION[0]], 'Evaluation without scores'],
])('says that %s', async (_, texts, title) => {
  await openScores(texts);
  expect(await screen.findByText(title)).toBeInTheDocument();
});

it('says that the user lacks permission to query Loki', async () => {
  await openScores([], PERMISSION_DENIED);
  expect(
    await screen.findByRole('alert', { name: "You don't have permission to query Loki & co" })
  ).toBeInTheDocument();
});

it('says that older lines were not read, and moves the time range to them', async () => {
  const { logs } = await openScores(
    Array.from({ length: MAX_SCORE_LINES }, (_, index) => line(`Task_${index} scores: {}`))
  );
  expect(await screen.findByText(/Only the newest 2,000 lines were read/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Earlier evaluations' }));
  expect(logs.getRoot().state.$timeRange?.state.value.to.valueOf()).toBe(START * 1000 + 1);
});

it('asks for confirmation before a large search', async () => {
  const { loki } = await openScores(EVALUATION, undefined, 5e9);
  expect(await screen.findByText('Large search: up to 5.0 GB')).toBeInTheDocument();
  expect(loki.asked).toEqual([['index/stats', { query: '{namespace="robots", source!~"sedna-journal"}' }]]);
  await userEvent.click(screen.getByRole('button', { name: 'Search anyway' }));
  expect(await screen.findByText('Autumn_1.0')).toBeInTheDocument();
});

it('fetches lines for the selection that changed while another view was shown', async () => {
  const { loki, logs } = await openScores(EVALUATION);
  const show = (view: 'lines' | 'scores') => act(async () => logs.select({ view }));
  await show('lines');
  await show('scores');
  await act(async () => logs.select({ include: ['Traceback'] }));
  await show('lines');
  expect(loki.requests.map(({ lines }) => /"\(\?i\)(\w+)"/.exec(lines)?.[1])).toEqual(['keyword', 'Traceback']);
});
