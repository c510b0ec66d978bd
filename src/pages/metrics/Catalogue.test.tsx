import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CONNECTION_REFUSED, PERMISSION_DENIED, createSample } from '../../test/mockGrafana';
import { asked, openMetrics, rows, texts } from './testSupport';

describe('catalogue', () => {
  const values = ['sedna_dataset_samples', 'sedna_custom_Recall', 'sedna_of_another_version'];
  const resources = {
    'api/v1/metadata': { data: { sedna_custom_Recall: [{ help: 'Recall of the newest evaluation' }] } },
    'api/v1/query': { data: { result: [{ metric: { metric: 'sedna_dataset_samples' }, value: [0, '1000000000'] }] } },
  };

  it('shows first what has data, custom metrics too, with the note of their job', async () => {
    await openMetrics({}, { values, resources });
    const [first, second, third, fourth] = await texts();
    expect(first).toMatch(
      /^sedna_dataset_samplesSamples in the dataset\.samples · namespace, name, kind · NumberOfSamplesdatasetkube-state-metricshas data/
    );
    expect(second).toMatch(/^sedna_custom_RecallRecall of the newest evaluationcustomhas data/);
    expect(third).toMatch(/^sedna_of_another_versionotherhas data/);
    expect(fourth).not.toMatch(/has data/);
    expect(screen.getByRole('status')).toHaveTextContent(/^\d+ of \d+ metrics, 3 of them with data/);
  });

  it('says how fresh each is, and where there is none of late; it asks once', async () => {
    const { prometheus } = await openMetrics({}, { values, resources });
    expect(await screen.findByText(/years ago/)).toBeInTheDocument();
    expect(screen.getAllByText('none of the last minutes')).toHaveLength(2);
    expect(prometheus.asked.filter((each) => JSON.stringify(each).startsWith('["api/v1/query"'))).toHaveLength(1);
  });

  it('finds by words of name, help, unit, labels and source, and keeps them in the URL', async () => {
    const { metrics } = await openMetrics({}, { values, resources });
    await userEvent.type(await screen.findByLabelText('Find'), 'trained SAMPLES knowledge');
    await waitFor(async () => expect(await texts()).toHaveLength(2));
    expect((await texts())[0]).toMatch(/^sedna_knowledge_base_task_samples/);
    expect(metrics.getUrlState()).toMatchObject({ q: 'trained SAMPLES knowledge' });
    await userEvent.keyboard('{Escape}');
    await waitFor(async () => expect((await texts()).length).toBeGreaterThan(10));
  });

  it('finds a custom metric by its note', async () => {
    await openMetrics({ q: 'newest evaluation recall' }, { values, resources });
    await waitFor(async () => expect(await texts()).toHaveLength(1));
  });

  it('says so where nothing matches', async () => {
    await openMetrics({ q: 'nobody has this' }, { values, resources });
    expect(await screen.findByText('No metric matches')).toBeInTheDocument();
  });

  it('shows only what has data, and only what is about one thing', async () => {
    const { metrics } = await openMetrics({}, { values, resources });
    await screen.findByRole('table');
    await userEvent.click(screen.getByLabelText('Only with data', { selector: 'input' }));
    await waitFor(async () => expect(await texts()).toHaveLength(3));
    act(() => metrics.find({ about: 'custom' }));
    expect(await texts()).toHaveLength(1);
    expect(metrics.getUrlState()).toMatchObject({ data: '1', about: 'custom' });
  });

  it('looks among all metrics of the data source where that is wanted', async () => {
    const { prometheus } = await openMetrics({ all: '1' }, { values: ['up', 'go_threads'], resources });
    expect(prometheus.asked[0]).toEqual(['api/v1/label/__name__/values', {}]);
    expect((await texts())[0]).toMatch(/^go_threadsotherhas data/);
  });

  it('stays fluid with 5,000 of them: a page is drawn', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => `other_metric_${index}`);
    await openMetrics({ all: '1' }, { values: many, resources });
    expect(await rows()).toHaveLength(25);
    expect(screen.getByRole('status')).toHaveTextContent(/5,?000 of them with data/);
    await userEvent.click(screen.getByRole('button', { name: 'next page' }));
    expect((await texts())[0]).not.toMatch(/^other_metric_0other/);
  });

  it('drops its look-up when it is left', async () => {
    const { prometheus, unmount } = await openMetrics({}, { failure: 'no answer yet' });
    expect(prometheus.cancelled).toBe(0);
    unmount();
    expect(prometheus.cancelled).toBe(1);
  });

  it.each([
    [{ q: 'sedna_model_metric' }, /exporter, from the clusternot collected$/],
    [{ q: 'sedna_reidjob_phase' }, /No object of kind ReidJob was there in this time range\..*no such object$/],
    [{ q: 'node_cpu_seconds_total' }, /Nothing of its source is in Prometheus: node_exporter\..*not collected$/],
    [{ q: 'sedna_dataset_update' }, /told nothing of it in this time range.*nothing in this range$/],
    [
      { q: 'sedna_log_inference_samples' },
      /Not recorded by Sedna itself: samples of inference are there only where a job writes them .*not recorded by Sedna$/,
    ],
  ])('says why %j has no data', async (url, text) => {
    await openMetrics(url, { values: [...values, 'sedna_dataset_info', 'sedna_log_stage_samples'], resources });
    await waitFor(async () => expect((await texts())[0]).toMatch(text));
  });

  it.each([
    ['Dataset', /^sedna(_|_log_|:)dataset_/],
    ['Model', /^sedna_model_/],
  ])('of a %s is what tells about one, and what of it has data', async (kind, name) => {
    const { prometheus } = await openMetrics(
      { kind, namespace: 'robots', name: 'dog' },
      { values: ['sedna_model_info', 'sedna_dataset_info'], resources }
    );
    const found = await texts();
    expect(found.filter((text) => name.test(text ?? '')).length).toBeGreaterThan(2);
    expect(found.at(-1)).toMatch(/none of it$/);
    expect(prometheus.asked[0]).toEqual([
      'api/v1/label/__name__/values',
      { 'match[]': expect.stringContaining('namespace="robots", name="dog"}') },
    ]);
  });

  it('is whole where the kind in the URL is none of Sedna', async () => {
    const { metrics } = await openMetrics({ kind: 'toString' }, { values, resources });
    expect(metrics.getUrlState()).toMatchObject({ kind: null });
    expect((await rows()).length).toBeGreaterThan(10);
  });

  it('leads to a metric, and keeps it in the URL', async () => {
    const { prometheus, metrics } = await openMetrics(
      { namespace: 'robots' },
      { values, resources, answers: { lines: [createSample({}, 1)] } }
    );
    await userEvent.click(await screen.findByRole('button', { name: 'sedna_dataset_samples' }));
    await act(async () => {});
    expect(metrics.getUrlState()).toMatchObject({ metric: 'sedna_dataset_samples', namespace: 'robots', name: [] });
    expect(asked(prometheus)).toEqual([{ metric: 'sedna_dataset_samples{namespace="robots"}' }]);
    expect(screen.queryByTestId('metric-catalogue')).not.toBeInTheDocument();
    expect(screen.getByText('Samples in the dataset.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'All metrics' }));
    expect(await screen.findByTestId('metric-catalogue')).toBeInTheDocument();
  });

  it('says how a job records a metric of its own', async () => {
    await openMetrics({}, { values, resources });
    await userEvent.click(await screen.findByRole('button', { name: 'Record your own metric' }));
    expect(await screen.findByLabelText('SQL')).toHaveTextContent(/INSERT INTO metric_value/);
  });

  it.each([
    ['is away', CONNECTION_REFUSED, 'Prometheus & co does not answer'],
    ['may not be asked', PERMISSION_DENIED, 'You may not query Prometheus & co'],
  ])('says so where Prometheus %s, and does not show all metrics as empty', async (_, failure, title) => {
    await openMetrics({}, { failure });
    expect(screen.getByRole('alert', { name: title })).toBeInTheDocument();
    expect(screen.queryByText('not collected')).not.toBeInTheDocument();
  });
});
