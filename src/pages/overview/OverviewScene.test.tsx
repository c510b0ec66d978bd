import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  CONNECTION_REFUSED,
  fakePrometheus,
  PERMISSION_DENIED,
  createSample,
  mockGrafana,
} from '../../test/mockGrafana';
import { renderPage } from '../../test/render';
import { OverviewScene } from './OverviewScene';
import { TEST_IDS } from '../../ui/testIds';

function openOverview(prometheus = fakePrometheus(), orgRole: 'Admin' | 'Viewer' = 'Admin') {
  mockGrafana({ dataSources: [prometheus], orgRole });
  renderPage(new OverviewScene({}));
  return prometheus;
}

function withSedna() {
  const prometheus = fakePrometheus();
  const dog = { namespace: 'robots', name: 'dog' };
  prometheus.answers = {
    jobs: [createSample(dog)],
    condition: [createSample({ ...dog, stage: 'Train', condition: 'Failed' })],
    since: [createSample(dog, Date.now() / 1000 - 300)],
    nodes: [createSample({ node: 'edge-1', role: 'edge' }), createSample({ lease: 'edge-1' }, 5)],
    components: [createSample({ pod: 'gm-0', phase: 'Running' })],
  };
  return prometheus;
}

describe('OverviewScene', () => {
  it('shows jobs, stages, nodes, and components with at most seven distinct queries', async () => {
    const prometheus = openOverview(withSedna());
    expect(await screen.findByRole('link', { name: 'dog' })).toBeInTheDocument();
    expect(screen.getByTestId(TEST_IDS.overview.jobs)).toHaveTextContent('robots · Stage failed');
    expect(screen.getByTestId(TEST_IDS.overview.nodes)).toHaveTextContent('Seen 5 s ago');
    expect(screen.getByTestId(TEST_IDS.overview.components)).toHaveTextContent('gm-0');
    const queries = prometheus.requests.flatMap((request) => Object.values(request));
    expect(queries.length).toBeLessThanOrEqual(7);
    expect(new Set(queries).size).toBe(queries.length);
  });

  it('cancels its queries when the user leaves the page', async () => {
    const prometheus = fakePrometheus();
    prometheus.failure = 'no answer yet';
    mockGrafana({ dataSources: [prometheus] });
    const { unmount } = renderPage(new OverviewScene({}));
    await waitFor(() => expect(prometheus.requests.length).toBeGreaterThan(0));
    unmount();
    expect(prometheus.cancelled).toBe(prometheus.requests.length);
  });

  it('shows nodes when there are no jobs yet', async () => {
    const prometheus = withSedna();
    prometheus.answers = { nodes: prometheus.answers.nodes };
    openOverview(prometheus);
    expect(await screen.findByText('edge-1')).toBeInTheDocument();
  });

  it('explains which metrics are missing and links to the configuration', async () => {
    openOverview();
    expect(await screen.findByText('No Sedna resources yet')).toBeInTheDocument();
    expect(screen.getByText(/Check that it scrapes kube-state-metrics/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Check data source' })).toHaveAttribute(
      'href',
      '/a/kubeedge-sedna-app/configuration'
    );
  });

  it.each([
    ['is down', CONNECTION_REFUSED, "Can't reach"],
    ['refuses the query', PERMISSION_DENIED, "You don't have permission to query"],
  ])('shows an error instead of an empty state when Prometheus %s', async (_, failure, words) => {
    const prometheus = fakePrometheus();
    prometheus.failure = failure;
    openOverview(prometheus);
    expect(await screen.findByTestId(TEST_IDS.queryError)).toHaveTextContent(words);
    expect(screen.queryByText('No Sedna resources yet')).not.toBeInTheDocument();
  });

  it('does not link to the configuration for users who cannot change it', async () => {
    openOverview(fakePrometheus(), 'Viewer');
    expect(await screen.findByText('No Sedna resources yet')).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it('keeps the last data during an outage and recovers with the next refresh', async () => {
    const prometheus = openOverview(withSedna());
    await screen.findByRole('link', { name: 'dog' });
    prometheus.failure = CONNECTION_REFUSED;
    await userEvent.click(screen.getByTestId(/RefreshPicker run/));
    expect(await screen.findByTestId(TEST_IDS.queryError)).toBeInTheDocument();
    expect(screen.getByText(/Refresh failed\. Data from/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'dog' })).toBeInTheDocument();
    prometheus.failure = undefined;
    await userEvent.click(screen.getByTestId(/RefreshPicker run/));
    await waitFor(() => expect(screen.queryByTestId(TEST_IDS.queryError)).not.toBeInTheDocument());
    expect(screen.getByRole('link', { name: 'dog' })).toBeInTheDocument();
  });
});
