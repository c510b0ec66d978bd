import { act, screen, waitFor } from '@testing-library/react';
import { sceneGraph, SceneTimeRange, sceneUtils, type SceneFlexItem } from '@grafana/scenes';
import userEvent from '@testing-library/user-event';
import {
  CONNECTION_REFUSED,
  fakeLoki,
  PERMISSION_DENIED,
  createSample,
  mockGrafana,
  type Failure,
} from '../../test/mockGrafana';
import { renderPage } from '../../test/render';
import { LogsScene } from './LogsScene';
import { DEFAULT_SELECTION } from './selection';
import { TEST_IDS } from '../../ui/testIds';

const LINE = [createSample({ pod: 'dog-train-a' })];

/** Opens the page at a URL. */
async function openLogs(failure?: Failure, lines = LINE) {
  const loki = fakeLoki();
  Object.assign(loki, { failure, answers: { lines } });
  mockGrafana({ dataSources: [loki] });
  const logs = new LogsScene(DEFAULT_SELECTION);
  logs.updateFromUrl({ namespace: 'robots', pod: 'dog-train-a', include: ['Traceback'] });
  const { unmount } = renderPage(logs, 'loki');
  await act(async () => {});
  return { loki, logs, unmount };
}
const getLineQueries = (loki: { requests: Array<Record<string, string>> }) =>
  loki.requests.flatMap(({ lines = '' }) => (lines === '' ? [] : [lines.slice(0, lines.indexOf(' | regexp '))]));

it('sends one query for the lines of the URL, and counts those shown', async () => {
  const { loki } = await openLogs();
  expect(loki.requests.map((request) => Object.keys(request))).toEqual([['lines']]);
  expect(getLineQueries(loki)).toEqual(['{namespace="robots", pod="dog-train-a"} | decolorize |~ "(?i)Traceback"']);
  expect(screen.queryByText('No results found')).not.toBeInTheDocument();
});

it('reads every value of a repeated URL key', async () => {
  mockGrafana({ dataSources: [fakeLoki()] });
  const logs = new LogsScene(DEFAULT_SELECTION);
  const address = 'namespace=robots&pod=a&pod=b&include=Traceback&include=out+of+memory&level=error&level=warning';
  sceneUtils.syncStateFromSearchParams(logs, new URLSearchParams(address));
  expect(logs.state).toMatchObject({
    namespace: 'robots',
    pods: ['a', 'b'],
    include: ['Traceback', 'out of memory'],
    levels: ['error', 'warning'],
  });
});

it('searches again when a keyword is added, and keeps it in the URL', async () => {
  const { loki, logs } = await openLogs();
  await userEvent.type(screen.getByLabelText('Contains none of'), 'health{Enter}');
  expect(getLineQueries(loki).slice(1)).toEqual([
    '{namespace="robots", pod="dog-train-a"} | decolorize |~ "(?i)Traceback" !~ "(?i)health"',
  ]);
  expect(logs.getUrlState()).toMatchObject({ include: ['Traceback'], exclude: ['health'] });
});

it('searches after a preflight even if the time range is unchanged', async () => {
  const { loki, logs } = await openLogs();
  const range = sceneGraph.getTimeRange(logs);
  act(() => range.onTimeRangeChange(new SceneTimeRange({ from: '2026-01-01', to: '2026-01-02' }).state.value));
  await waitFor(() => expect(getLineQueries(loki)).toHaveLength(2));
  let answer = (_: object) => {};
  jest.spyOn(loki, 'getResource').mockReturnValue(new Promise((resolve) => (answer = resolve)));
  act(() => logs.select({ include: ['wanted'] }));
  // The results are unmounted during the preflight.
  await waitFor(() => expect(logs.state.results?.lines.isActive).toBe(false));
  await act(async () => answer({ bytes: 0 }));
  await waitFor(() => expect(getLineQueries(loki).at(-1)).toContain('wanted'));
});

it('filters by the selected levels', async () => {
  const { loki, logs } = await openLogs();
  await userEvent.click(screen.getByRole('button', { name: 'Error' }));
  expect(loki.requests.at(-1)).toEqual(expect.anything());
  expect(loki.requests.some(({ lines }) => lines.includes(' | detected_level=~"error" |'))).toBe(true);
  expect(logs.getUrlState()).toMatchObject({ level: ['error'] });
});

it('cancels its queries on unmount', async () => {
  const { loki, unmount } = await openLogs('no answer yet');
  expect(loki.requests).toHaveLength(1);
  unmount();
  expect(loki.cancelled).toBe(1);
});

/** Panels that the layout shows; jsdom renders none. */
const getShownPanels = ({ state: { results } }: LogsScene) =>
  [results!.volume, results!.panel].filter(({ parent }) => !(parent as SceneFlexItem).state.isHidden);

it('says that nothing was found and hides the empty panels until lines are found', async () => {
  const { loki, logs } = await openLogs(undefined, []);
  expect(await screen.findByText('No results found')).toBeInTheDocument();
  expect(getShownPanels(logs)).toEqual([]);
  Object.assign(loki, { answers: { lines: LINE } });
  await act(async () => logs.select({ include: [] }));
  await waitFor(() => expect(screen.queryByText('No results found')).not.toBeInTheDocument());
  expect(getShownPanels(logs)).toHaveLength(2);
});

it.each([
  ['is unreachable', CONNECTION_REFUSED, "Can't reach Loki & co"],
  ['denies permission', PERMISSION_DENIED, "You don't have permission to query Loki & co"],
  [
    'refuses a query that reads too much',
    { each: { message: 'the query would read too many bytes (query: 12GB, limit: 1GB)', status: 400 } },
    'The query exceeds a limit of Loki & co',
  ],
  ['is overloaded', { each: { message: 'too many outstanding requests', status: 429 } }, 'Loki & co is overloaded'],
  ['times out', { each: { message: 'context deadline exceeded', status: 504 } }, 'Loki & co timed out'],
])('shows an error if Loki %s, not an empty result', async (_, failure, title) => {
  const { logs } = await openLogs(failure);
  expect(await screen.findByRole('alert', { name: title })).toBeInTheDocument();
  expect(screen.queryByText('No results found')).not.toBeInTheDocument();
  expect(getShownPanels(logs)).toEqual([]);
});

it('recovers with the next refresh', async () => {
  const { loki } = await openLogs(CONNECTION_REFUSED);
  await screen.findByTestId(TEST_IDS.queryError);
  loki.failure = undefined;
  await userEvent.click(screen.getByTestId(/RefreshPicker run/));
  await act(async () => {});
  expect(screen.queryByTestId(TEST_IDS.queryError)).not.toBeInTheDocument();
});

it('offers namespaces again when the selection is cleared, and fetches no lines', async () => {
  const { loki, logs } = await openLogs();
  loki.values = ['robots'];
  const before = loki.requests.length;
  act(() => logs.updateFromUrl({ namespace: null, pod: null }));
  expect(await screen.findByRole('button', { name: 'robots' })).toBeInTheDocument();
  expect(loki.requests).toHaveLength(before);
});
