import { makeTimeRange } from '@grafana/data';
import { sceneGraph } from '@grafana/scenes';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { KindName } from '../../../sedna/kinds';
import {
  CONNECTION_REFUSED,
  fakeLoki,
  fakePrometheus,
  linesFrame,
  PERMISSION_DENIED,
  mockGrafana,
} from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import { ResourceLogsScene } from './ResourceLogsScene';

const APP = '/a/kubeedge-sedna-app';

function open(loki = fakeLoki(), kind: KindName = 'LifelongLearningJob') {
  mockGrafana({ dataSources: [loki] });
  const scene = new ResourceLogsScene({ ref: { kind, namespace: 'robots', name: 'dog' } });
  return { loki, scene, ...renderPage(scene, 'loki') };
}

const asked = (loki: ReturnType<typeof fakeLoki>) => Object.assign({}, ...loki.requests) as Record<string, string>;

it('asks for lines of its pods and for those that name it: two queries, none twice', async () => {
  const { loki } = open();
  await screen.findByText('Nothing found');
  const sent = loki.requests.flatMap((request) => Object.keys(request)).sort();
  expect(sent).toEqual(['components', 'pods']);
  expect(asked(loki).pods).toMatch(/^\{namespace="robots", pod=~"dog-\(\?:/);
  expect(asked(loki).components).toContain('{namespace="sedna", pod=~"(?:gm|lc)-.+"}');
});

it('shows its states over the same time above them', async () => {
  const [loki, prometheus] = [fakeLoki(), fakePrometheus()];
  mockGrafana({ dataSources: [loki, prometheus] });
  renderPage(new ResourceLogsScene({ ref: { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' } }), 'loki');
  expect(await screen.findByTestId('logs-timeline')).toHaveTextContent('State over time');
  await waitFor(() => expect(prometheus.sent).toHaveLength(1));
  expect(prometheus.sent[0]).toContain('name="dog"');
});

it('does without them where there is no Prometheus', async () => {
  open();
  await screen.findByText('Nothing found');
  expect(screen.queryByTestId('logs-timeline')).not.toBeInTheDocument();
});

it('cuts the lines of pods to the stage that is chosen, which the URL keeps', async () => {
  const { loki, scene } = open();
  await screen.findByText('Nothing found');
  await userEvent.click(screen.getByRole('button', { name: 'Eval' }));
  await waitFor(() => expect(asked(loki).pods).toContain('pod=~"dog-eval-[a-z0-9]+"'));
  expect(scene.getUrlState()).toEqual({ stage: 'Eval' });
});

it.each([
  ['Train', 'Train'],
  ['Nonsense', ''],
  [['Eval', 'Deploy'], 'Eval'],
])('reads the stage %j of the URL as %j', (value, stage) => {
  mockGrafana({ dataSources: [fakeLoki()] });
  const scene = new ResourceLogsScene({ ref: { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' } });
  scene.updateFromUrl({ stage: value });
  expect(scene.state.stage).toBe(stage);
});

it('drops its queries when it is left', async () => {
  const loki = fakeLoki();
  loki.failure = 'no answer yet';
  const { unmount } = open(loki);
  await waitFor(() => expect(loki.requests).toHaveLength(1));
  unmount();
  expect(loki.cancelled).toBe(1);
});

it('of a dataset asks for lines of GM and LC only, and has no stages', async () => {
  const { loki } = open(fakeLoki(), 'Dataset');
  await screen.findByText('Nothing found');
  expect(Object.keys(asked(loki)).sort()).toEqual(['components']);
  expect(screen.queryByText('All stages')).not.toBeInTheDocument();
});

it('leads to the search by keyword within its time range, also when that has changed', async () => {
  const { scene } = open();
  const link = await screen.findByRole('link', { name: 'Search by keyword' });
  const range = sceneGraph.getTimeRange(scene);
  for (const [from, to] of [
    [1_700_000_000_000, 1_700_003_600_000],
    [1_600_000_000_000, 1_600_000_600_000],
  ]) {
    act(() => range.onTimeRangeChange(makeTimeRange(new Date(from).toISOString(), new Date(to).toISOString())));
    expect(link).toHaveAttribute('href', `${APP}/logs?namespace=robots&job=dog&from=${from}&to=${to}`);
  }
});

it('says nothing where there are lines', async () => {
  const loki = fakeLoki();
  loki.frames.pods = [linesFrame([{ time: 1, text: 'x', labels: {} }])];
  open(loki);
  await waitFor(() => expect(loki.requests.length).toBeGreaterThan(0));
  expect(screen.queryByText('Nothing found')).not.toBeInTheDocument();
});

it.each([
  ['is away', CONNECTION_REFUSED, 'does not answer'],
  ['may not be asked', PERMISSION_DENIED, 'You may not query'],
])('of a Loki that %s does not say that there are no lines', async (_, failure, words) => {
  const loki = fakeLoki();
  loki.failure = failure;
  open(loki);
  expect(await screen.findByTestId('query-error')).toHaveTextContent(words);
  expect(screen.queryByText('Nothing found')).not.toBeInTheDocument();
});
