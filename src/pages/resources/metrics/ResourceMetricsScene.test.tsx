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
import { PANELS_AT_FIRST, ResourceMetricsScene } from './ResourceMetricsScene';

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

it('shows what the object has, in the order of the catalogue, and says what each means', async () => {
  open(withAll());
  await waitFor(() => expect(shown()).toEqual(OF_JOB.slice(0, PANELS_AT_FIRST).map(({ name }) => name)));
  expect(screen.getByText(new RegExp(OF_JOB[0].help.slice(0, 20)))).toBeInTheDocument();
});

it('opens with eight queries at most, none twice, and asks for more panels only when they are wanted', async () => {
  const { prometheus } = open(withAll());
  await waitFor(() => expect(shown()).toHaveLength(PANELS_AT_FIRST));
  const sent = () => prometheus.requests.flatMap((request) => Object.values(request));
  expect(sent().length).toBeLessThanOrEqual(8);
  expect(new Set(sent()).size).toBe(sent().length);
  await userEvent.click(screen.getByRole('button', { name: /Show more/ }));
  await waitFor(() => expect(shown()).toHaveLength(Math.min(OF_JOB.length, PANELS_AT_FIRST + 8)));
  expect(new Set(sent()).size).toBe(sent().length);
});

it('draws no more lines of pods, which come and go, than can be read, and says so', async () => {
  const prometheus = fakePrometheus();
  prometheus.answers.metrics = ['sedna:stage_samples', 'sedna:task_score', 'sedna:task_duration_seconds'].map((name) =>
    createSample({ __name__: name })
  );
  open(prometheus);
  const note = await screen.findByText(/Not more than 50 lines, whose last sample is highest/);
  expect(note.closest('[data-metric]')).toHaveAttribute('data-metric', 'sedna:task_duration_seconds');
  const series = (name: string) => `${name}{kind="LifelongLearningJob", namespace="robots", name="dog"}`;
  const duration = series('sedna:task_duration_seconds');
  await waitFor(() =>
    expect(prometheus.sent).toEqual(
      expect.arrayContaining([
        series('sedna:stage_samples'),
        // Of one pod after another, which is one line.
        `max without (pod) (${series('sedna:task_score')})`,
        `(${duration}) and topk(50, last_over_time(${duration}[$__range] @ end()))`,
      ])
    )
  );
});

it.each([
  ['15', 15],
  ['-3', PANELS_AT_FIRST],
  ['1e9', METRICS.length],
  ['x', PANELS_AT_FIRST],
])('reads %j panels of the URL as %d', (value, count) => {
  const { scene } = open();
  scene.updateFromUrl({ panels: value });
  expect(scene.state.shown).toBe(count);
});

it('drops its queries when it is left', async () => {
  const prometheus = withAll();
  prometheus.failure = 'no answer yet';
  const { unmount } = open(prometheus);
  await waitFor(() => expect(prometheus.requests).toHaveLength(1));
  unmount();
  expect(prometheus.cancelled).toBe(1);
});

it('says where there is none', async () => {
  open();
  expect(await screen.findByText('No metric of it in this time range')).toBeInTheDocument();
});

it.each([
  ['is away', CONNECTION_REFUSED, 'does not answer'],
  ['may not be asked', PERMISSION_DENIED, 'You may not query'],
])('of a Prometheus that %s does not say that there is none', async (_, failure, words) => {
  const prometheus = fakePrometheus();
  prometheus.failure = failure;
  open(prometheus);
  expect(await screen.findByTestId('query-error')).toHaveTextContent(words);
  expect(screen.queryByText('No metric of it in this time range')).not.toBeInTheDocument();
});

it('says of other features what their proposal asks for, and what Sedna does not record', async () => {
  const prometheus = fakePrometheus();
  prometheus.answers.metrics = [createSample({ __name__: 'sedna_federatedlearningjob_condition' })];
  open(prometheus, 'FederatedLearningJob');
  const table = within(await screen.findByTestId('feature-metrics'));
  const row = (asked: string) => table.getByRole('row', { name: new RegExp(`^${asked}`) });
  expect(row('TrainStatus')).not.toHaveTextContent('nothing in this time range');
  expect(row('CompletionTime')).toHaveTextContent('nothing in this time range');
  expect(row('AggregationNo')).toHaveTextContent('not recorded by Sedna');
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
