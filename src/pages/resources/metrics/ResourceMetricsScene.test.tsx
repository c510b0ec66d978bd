import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { METRICS } from '../../../sedna/catalog';
import type { KindName } from '../../../sedna/kinds';
import {
  CONNECTION_REFUSED,
  fakePrometheus,
  PERMISSION_DENIED,
  createSample,
  mockGrafana,
} from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import { INITIAL_PANELS, ResourceMetricsScene } from './ResourceMetricsScene';
import { TEST_IDS } from '../../../ui/testIds';

const OF_JOB = METRICS.filter(
  ({ name }) => name.startsWith('sedna_lifelonglearningjob_') || name.startsWith('sedna_job_')
);

function open(prometheus = fakePrometheus(), kind: KindName = 'LifelongLearningJob') {
  mockGrafana({ dataSources: [prometheus] });
  const scene = new ResourceMetricsScene({ ref: { kind, namespace: 'robots', name: 'dog' } });
  return { prometheus, scene, ...renderPage(scene) };
}

function withAll() {
  const prometheus = fakePrometheus();
  prometheus.answers.metrics = OF_JOB.map(({ name }) => createSample({ __name__: name }));
  return prometheus;
}

const shown = () => [...document.querySelectorAll('[data-metric]')].map((each) => each.getAttribute('data-metric'));

describe('ResourceMetricsScene', () => {
  it('shows the metrics of the object in the order of the catalog with their description', async () => {
    open(withAll());
    await waitFor(() => expect(shown()).toEqual(OF_JOB.slice(0, INITIAL_PANELS).map(({ name }) => name)));
    expect(screen.getByText(new RegExp(OF_JOB[0].help.slice(0, 20)))).toBeInTheDocument();
  });

  it('opens with at most eight distinct queries and queries more panels only on request', async () => {
    const { prometheus } = open(withAll());
    await waitFor(() => expect(shown()).toHaveLength(INITIAL_PANELS));
    const sent = () => prometheus.requests.flatMap((request) => Object.values(request));
    expect(sent().length).toBeLessThanOrEqual(8);
    expect(new Set(sent()).size).toBe(sent().length);
    await userEvent.click(screen.getByRole('button', { name: /Show more/ }));
    await waitFor(() => expect(shown()).toHaveLength(Math.min(OF_JOB.length, INITIAL_PANELS + 8)));
    expect(new Set(sent()).size).toBe(sent().length);
  });

  it('limits the series of metrics with a pod label and says so', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers.metrics = ['sedna:stage_samples', 'sedna:task_score', 'sedna:task_duration_seconds'].map(
      (name) => createSample({ __name__: name })
    );
    open(prometheus);
    const note = await screen.findByText(/Shows at most 50 series, highest last value first/);
    expect(note.closest('[data-metric]')).toHaveAttribute('data-metric', 'sedna:task_duration_seconds');
    const series = (name: string) => `${name}{kind="LifelongLearningJob", namespace="robots", name="dog"}`;
    const duration = series('sedna:task_duration_seconds');
    await waitFor(() =>
      expect(prometheus.sent).toEqual(
        expect.arrayContaining([
          series('sedna:stage_samples'),
          // Scores of successive pods are one series.
          `max without (pod) (${series('sedna:task_score')})`,
          `(${duration}) and topk(50, last_over_time(${duration}[$__range] @ end()))`,
        ])
      )
    );
  });

  it.each([
    ['15', 15],
    ['-3', INITIAL_PANELS],
    ['1e9', METRICS.length],
    ['x', INITIAL_PANELS],
  ])('reads panels=%s in the URL as %d', (value, count) => {
    const { scene } = open();
    scene.updateFromUrl({ panels: value });
    expect(scene.state.shown).toBe(count);
  });

  it('cancels its queries when the user leaves the tab', async () => {
    const prometheus = withAll();
    prometheus.failure = 'no answer yet';
    const { unmount } = open(prometheus);
    await waitFor(() => expect(prometheus.requests).toHaveLength(1));
    unmount();
    expect(prometheus.cancelled).toBe(1);
  });

  it('says that there are no metrics', async () => {
    open();
    expect(await screen.findByText('No metrics in this time range')).toBeInTheDocument();
  });

  it.each([
    ['is unreachable', CONNECTION_REFUSED, "Can't reach"],
    ['refuses the query', PERMISSION_DENIED, "You don't have permission to query"],
  ])('shows an error instead of an empty state when Prometheus %s', async (_, failure, words) => {
    const prometheus = fakePrometheus();
    prometheus.failure = failure;
    open(prometheus);
    expect(await screen.findByTestId(TEST_IDS.queryError)).toHaveTextContent(words);
    expect(screen.queryByText('No metrics in this time range')).not.toBeInTheDocument();
  });

  it('lists the requirements of the proposal and what Sedna does not record', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers.metrics = [createSample({ __name__: 'sedna_federatedlearningjob_condition' })];
    open(prometheus, 'FederatedLearningJob');
    const table = within(await screen.findByTestId(TEST_IDS.resource.featureMetrics));
    const row = (requirement: string) => table.getByRole('row', { name: new RegExp(`^${requirement}`) });
    expect(row('TrainStatus')).not.toHaveTextContent('No data in this time range');
    expect(row('CompletionTime')).toHaveTextContent('No data in this time range');
    expect(row('AggregationNo')).toHaveTextContent('Not recorded by Sedna');
    expect(within(row('TrainStatus')).getByRole('link')).toHaveAttribute(
      'href',
      expect.stringMatching(
        /metric=sedna_federatedlearningjob_condition&kind=FederatedLearningJob&namespace=robots&name=dog/
      )
    );
    // A dataset has a name of its own.
    expect(within(row('NodeSampleNum')).getByRole('link')).toHaveAttribute(
      'href',
      expect.stringMatching(/metric=sedna_dataset_samples&namespace=robots&from/)
    );
  });
});
