import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { sceneGraph, VizPanel } from '@grafana/scenes';
import {
  CONNECTION_REFUSED,
  fakePrometheus,
  PERMISSION_DENIED,
  sample,
  startGrafana,
  type FakeDataSource,
} from '../../test/grafana';
import { renderPage } from '../../test/render';
import { MetricsScene } from './MetricsScene';

async function openMetrics(
  url: { metric?: string; kind?: string; namespace?: string; name?: string } = {},
  change: Partial<FakeDataSource> = {}
) {
  const prometheus = Object.assign(fakePrometheus(), change);
  startGrafana({ dataSources: [prometheus] });
  const metrics = new MetricsScene({ metric: '', kind: '', namespace: '', name: '' });
  metrics.updateFromUrl(url);
  const { unmount } = renderPage(metrics);
  await act(async () => {});
  return { prometheus, metrics, unmount };
}
const rows = async () =>
  within(await screen.findByRole('table'))
    .getAllByRole('row')
    .slice(1);

describe('catalogue', () => {
  const values = ['sedna_dataset_samples', 'sedna_custom_Recall', 'sedna_of_another_version'];

  it('shows first what has data, custom metrics too', async () => {
    await openMetrics({}, { values });
    const [first, second, third] = await rows();
    expect(first).toHaveTextContent('sedna_dataset_samplesSamples in the dataset.datasethas data');
    expect(second).toHaveTextContent('sedna_custom_RecallCustom metriccustomhas data');
    expect(third).toHaveTextContent('no data');
  });

  it('drops its look-up when it is left', async () => {
    const { prometheus, unmount } = await openMetrics({}, { failure: 'no answer yet' });
    expect(prometheus.cancelled).toBe(0);
    unmount();
    expect(prometheus.cancelled).toBe(1);
  });

  it('tells what has no data', async () => {
    await openMetrics({ kind: 'Model' }, { values: ['sedna_model_info'] });
    const texts = (await rows()).map(({ textContent }) => textContent);
    expect(texts).toContainEqual(expect.stringMatching(/^sedna_model_info.*has data$/));
    expect(texts).toContainEqual(expect.stringMatching(/^sedna_model_metric.*no data$/));
  });

  it('says of what Sedna does not record where it can come from', async () => {
    await openMetrics({ kind: 'JointInferenceService' }, { values });
    const texts = (await rows()).map(({ textContent }) => textContent);
    expect(texts).toContainEqual(
      expect.stringMatching(
        /^sedna_log_inference_samples_per_minute.*Not recorded by Sedna itself: samples of inference are there only where a job writes them .*not recorded by Sedna$/
      )
    );
    expect(texts).toContainEqual(expect.stringMatching(/^sedna_log_error_lines_per_minute.*no data$/));
  });

  it('says so too where a job records it', async () => {
    await openMetrics({ kind: 'JointInferenceService' }, { values: ['sedna_log_inference_samples_per_minute'] });
    const [first] = await rows();
    expect(first).toHaveTextContent(
      /^sedna_log_inference_samples_per_minute.*Not recorded by Sedna itself: .*has data$/
    );
  });

  it.each([
    ['Dataset', /^sedna(_|_log_|:)dataset_/],
    ['Model', /^sedna_model_/],
  ])('of a %s is what tells about one', async (kind, name) => {
    const { prometheus } = await openMetrics({ kind, namespace: 'robots', name: 'dog' }, { values });
    for (const row of await rows()) {
      expect(row).toHaveTextContent(name);
    }
    expect(prometheus.asked).toEqual([
      ['api/v1/label/__name__/values', { 'match[]': '{__name__=~"sedna[_:].+", namespace="robots", name="dog"}' }],
    ]);
  });

  it('is whole where the kind in the URL is none of Sedna', async () => {
    const { metrics } = await openMetrics({ kind: 'toString' }, { values });
    expect(metrics.getUrlState()).toMatchObject({ kind: null });
    expect((await rows()).length).toBeGreaterThan(10);
  });

  it('shows every metric there can be where none has data', async () => {
    await openMetrics({}, { values: [] });
    expect(screen.queryByText('has data')).not.toBeInTheDocument();
    expect((await rows()).length).toBeGreaterThan(10);
  });

  it('leads to a metric, and keeps it in the URL', async () => {
    const { prometheus, metrics } = await openMetrics({ namespace: 'robots' }, { values });
    await userEvent.click(await screen.findByRole('button', { name: 'sedna_dataset_samples' }));
    await act(async () => {});
    expect(metrics.getUrlState()).toEqual({
      metric: 'sedna_dataset_samples',
      kind: null,
      namespace: 'robots',
      name: null,
    });
    expect(prometheus.requests).toEqual([{ metric: 'sedna_dataset_samples{namespace="robots"}' }]);
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    expect(screen.getByText('Samples in the dataset.')).toBeInTheDocument();
  });

  it.each([
    ['is away', CONNECTION_REFUSED, 'Prometheus & co does not answer'],
    ['may not be asked', PERMISSION_DENIED, 'You may not query Prometheus & co'],
  ])('says so where Prometheus %s, and does not show all metrics as empty', async (_, failure, title) => {
    await openMetrics({}, { failure });
    expect(screen.getByRole('alert', { name: title })).toBeInTheDocument();
    expect(screen.queryByText('no data')).not.toBeInTheDocument();
  });
});

describe('a metric', () => {
  const panel = (metrics: MetricsScene) =>
    sceneGraph.findObject(metrics, (each) => each instanceof VizPanel) as VizPanel;

  it.each([
    ['sedna_dataset_samples', 'timeseries', 'sedna_dataset_samples'],
    ['sedna_lifelonglearningjob_condition', 'state-timeline', 'sedna_lifelonglearningjob_condition == 1'],
    ['sedna_job_model_info', 'table', 'sedna_job_model_info'],
    ['sedna_custom_Recall', 'timeseries', 'sedna_custom_Recall'],
  ])('%s is drawn as %s', async (metric, pluginId, query) => {
    const { prometheus, metrics } = await openMetrics({ metric });
    expect(panel(metrics).state).toMatchObject({ pluginId, title: metric });
    expect(prometheus.requests).toEqual([{ metric: query }]);
  });

  it('that is a time is drawn as an age, and says so', async () => {
    const { metrics } = await openMetrics({ metric: 'sedna_dataset_update_timestamp_seconds' });
    expect(panel(metrics).state.title).toBe('Age of sedna_dataset_update_timestamp_seconds');
    expect(panel(metrics).state.fieldConfig.defaults.unit).toBe('s');
  });

  it('tells what it says, where it comes from and what to be careful about', async () => {
    await openMetrics({ metric: 'sedna_job_round' });
    expect(screen.getByText('Round the job is in, from its newest output directory.')).toBeInTheDocument();
    expect(
      screen.getByText('From the exporter, from the cluster · Restarts at 1 when the local controller restarts.')
    ).toBeInTheDocument();
  });

  it('of which a part is not recorded says which', async () => {
    await openMetrics({ metric: 'sedna_job_model_info' });
    expect(
      screen.getByText(/^Not recorded by Sedna itself: a base model is there only where .* sets MODEL_URLS/)
    ).toBeInTheDocument();
  });

  it('that the catalogue does not have says so', async () => {
    await openMetrics({ metric: 'sedna_custom_Recall' });
    expect(screen.getByText(/Not in the catalogue/)).toBeInTheDocument();
  });

  it('without data says so', async () => {
    await openMetrics({ metric: 'sedna_dataset_samples' });
    expect(await screen.findByText('Nothing found')).toBeInTheDocument();
  });

  it('that cannot be asked for is not called empty, and comes with the next refresh', async () => {
    const { prometheus } = await openMetrics({ metric: 'sedna_dataset_samples' }, { failure: CONNECTION_REFUSED });
    expect(await screen.findByTestId('query-error')).toHaveTextContent('does not answer');
    expect(screen.queryByText('Nothing found')).not.toBeInTheDocument();
    Object.assign(prometheus, { failure: undefined, answers: { metric: [sample({ name: 'a' })] } });
    await userEvent.click(screen.getByTestId(/RefreshPicker run/));
    await act(async () => {});
    expect(screen.queryByTestId('query-error')).not.toBeInTheDocument();
  });

  it('of a hostile URL is a name that nothing has', async () => {
    const { prometheus } = await openMetrics({ metric: 'up) or vector(1', namespace: '"}' });
    expect(prometheus.requests).toEqual([{ metric: '{__name__="up) or vector(1", namespace="\\"}"}' }]);
  });
});

it('offers components that the metric has', async () => {
  const { prometheus } = await openMetrics(
    { metric: 'sedna_dataset_samples', namespace: 'robots' },
    { values: ['steps', 'dog'] }
  );
  await userEvent.click(screen.getByLabelText('Component'));
  await userEvent.click(await screen.findByRole('option', { name: 'steps' }));
  await act(async () => {});
  expect(prometheus.asked).toContainEqual([
    'api/v1/label/name/values',
    { 'match[]': 'sedna_dataset_samples{namespace="robots"}' },
  ]);
  expect(prometheus.requests.at(-1)).toEqual({ metric: 'sedna_dataset_samples{namespace="robots", name="steps"}' });
});
