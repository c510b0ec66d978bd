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
import { TEST_IDS } from '../../../ui/testIds';

const APP = '/a/kubeedge-sedna-app';

function open(loki = fakeLoki(), kind: KindName = 'LifelongLearningJob') {
  mockGrafana({ dataSources: [loki] });
  const scene = new ResourceLogsScene({ ref: { kind, namespace: 'robots', name: 'dog' } });
  return { loki, scene, ...renderPage(scene, 'loki') };
}

const getQueries = (loki: ReturnType<typeof fakeLoki>) => Object.assign({}, ...loki.requests) as Record<string, string>;

describe('ResourceLogsScene', () => {
  it('sends one query for lines of its pods and one for lines that mention it', async () => {
    const { loki } = open();
    await screen.findByText('No results found');
    const sent = loki.requests.flatMap((request) => Object.keys(request)).sort();
    expect(sent).toEqual(['components', 'pods']);
    expect(getQueries(loki).pods).toMatch(/^\{namespace="robots", pod=~"dog-\(\?:/);
    expect(getQueries(loki).components).toContain('{namespace="sedna", pod=~"(?:gm|lc)-.+"}');
  });

  it('shows the states of the object above the lines', async () => {
    const [loki, prometheus] = [fakeLoki(), fakePrometheus()];
    mockGrafana({ dataSources: [loki, prometheus] });
    renderPage(
      new ResourceLogsScene({ ref: { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' } }),
      'loki'
    );
    expect(await screen.findByTestId(TEST_IDS.resource.logsTimeline)).toHaveTextContent('State over time');
    await waitFor(() => expect(prometheus.sent).toHaveLength(1));
    expect(prometheus.sent[0]).toContain('name="dog"');
  });

  it('shows no states without Prometheus', async () => {
    open();
    await screen.findByText('No results found');
    expect(screen.queryByTestId(TEST_IDS.resource.logsTimeline)).not.toBeInTheDocument();
  });

  it('limits the pods to the selected stage and writes it to the URL', async () => {
    const { loki, scene } = open();
    await screen.findByText('No results found');
    await userEvent.click(screen.getByRole('button', { name: 'Eval' }));
    await waitFor(() => expect(getQueries(loki).pods).toContain('pod=~"dog-eval-[a-z0-9]+"'));
    expect(scene.getUrlState()).toEqual({ stage: 'Eval' });
  });

  it.each([
    ['Train', 'Train'],
    ['Nonsense', ''],
    [['Eval', 'Deploy'], 'Eval'],
  ])('reads the stage %j in the URL as %j', (value, stage) => {
    mockGrafana({ dataSources: [fakeLoki()] });
    const scene = new ResourceLogsScene({ ref: { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' } });
    scene.updateFromUrl({ stage: value });
    expect(scene.state.stage).toBe(stage);
  });

  it('cancels its queries when the user leaves the tab', async () => {
    const loki = fakeLoki();
    loki.failure = 'no answer yet';
    const { unmount } = open(loki);
    await waitFor(() => expect(loki.requests).toHaveLength(1));
    unmount();
    expect(loki.cancelled).toBe(1);
  });

  it('sends no query for pods and shows no stages for a dataset', async () => {
    const { loki } = open(fakeLoki(), 'Dataset');
    await screen.findByText('No results found');
    expect(Object.keys(getQueries(loki)).sort()).toEqual(['components']);
    expect(screen.queryByText('All stages')).not.toBeInTheDocument();
  });

  it('links to the Logs page with the current time range', async () => {
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

  it('shows no empty state when there are lines', async () => {
    const loki = fakeLoki();
    loki.frames.pods = [linesFrame([{ time: 1, text: 'x', labels: {} }])];
    open(loki);
    await waitFor(() => expect(loki.requests.length).toBeGreaterThan(0));
    expect(screen.queryByText('No results found')).not.toBeInTheDocument();
  });

  it.each([
    ['is unreachable', CONNECTION_REFUSED, "Can't reach"],
    ['refuses the query', PERMISSION_DENIED, "You don't have permission to query"],
  ])('shows an error instead of an empty state when Loki %s', async (_, failure, words) => {
    const loki = fakeLoki();
    loki.failure = failure;
    open(loki);
    expect(await screen.findByTestId(TEST_IDS.queryError)).toHaveTextContent(words);
    expect(screen.queryByText('No results found')).not.toBeInTheDocument();
  });
});
