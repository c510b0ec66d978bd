import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { CONNECTION_REFUSED, PERMISSION_DENIED, createSample } from '../../../test/mockGrafana';
import { findRows, findRowTexts, getMetricRequests, openMetrics } from '../testUtils';
import { TEST_IDS } from '../../../ui/testIds';

describe('MetricCatalog', () => {
  const values = ['sedna_dataset_samples', 'sedna_custom_Recall', 'sedna_of_another_version'];
  const resources = {
    'api/v1/metadata': { data: { sedna_custom_Recall: [{ help: 'Recall of the newest evaluation' }] } },
    'api/v1/query': { data: { result: [{ metric: { metric: 'sedna_dataset_samples' }, value: [0, '1000000000'] }] } },
  };

  it('lists metrics with data first, custom metrics with the note of their job included', async () => {
    await openMetrics({}, { values, resources });
    const [first, second, third, fourth] = await findRowTexts();
    expect(first).toMatch(
      /^sedna_dataset_samplesSamples in the dataset\.samples · namespace, name, kind · NumberOfSamplesDatasetkube-state-metricsHas data/
    );
    expect(second).toMatch(/^sedna_custom_RecallRecall of the newest evaluationCustomHas data/);
    expect(third).toMatch(/^sedna_of_another_versionOtherHas data/);
    expect(fourth).not.toMatch(/Has data/);
    expect(screen.getByRole('status')).toHaveTextContent(/^\d+ of \d+ metrics, 3 with data/);
  });

  it('shows the age of the newest sample or that there is none, with a single request', async () => {
    const { prometheus } = await openMetrics({}, { values, resources });
    expect(await screen.findByText(/years ago/)).toBeInTheDocument();
    expect(screen.getAllByText('No recent samples')).toHaveLength(2);
    expect(prometheus.asked.filter((each) => JSON.stringify(each).startsWith('["api/v1/query"'))).toHaveLength(1);
  });

  it('finds metrics by words of any field and keeps the search in the URL', async () => {
    const { metrics } = await openMetrics({}, { values, resources });
    await userEvent.type(await screen.findByLabelText('Search metrics'), 'trained SAMPLES knowledge');
    await waitFor(async () => expect(await findRowTexts()).toHaveLength(2));
    expect((await findRowTexts())[0]).toMatch(/^sedna_knowledge_base_task_samples/);
    expect(metrics.getUrlState()).toMatchObject({ q: 'trained SAMPLES knowledge' });
    await userEvent.keyboard('{Escape}');
    await waitFor(async () => expect((await findRowTexts()).length).toBeGreaterThan(10));
  });

  it('finds a custom metric by its note', async () => {
    await openMetrics({ q: 'newest evaluation recall' }, { values, resources });
    await waitFor(async () => expect(await findRowTexts()).toHaveLength(1));
  });

  it('shows an empty state when no metric matches', async () => {
    await openMetrics({ q: 'nobody has this' }, { values, resources });
    expect(await screen.findByText('No metrics found')).toBeInTheDocument();
  });

  it('filters by data and by category', async () => {
    const { metrics } = await openMetrics({}, { values, resources });
    await screen.findByRole('table');
    await userEvent.click(screen.getByLabelText('Only metrics with data', { selector: 'input' }));
    await waitFor(async () => expect(await findRowTexts()).toHaveLength(3));
    act(() => metrics.changeFilter({ category: 'custom' }));
    expect(await findRowTexts()).toHaveLength(1);
    expect(metrics.getUrlState()).toMatchObject({ data: '1', about: 'custom' });
  });

  it('lists all metrics of the data source on request', async () => {
    const { prometheus } = await openMetrics({ all: '1' }, { values: ['up', 'go_threads'], resources });
    expect(prometheus.asked[0]).toEqual(['api/v1/label/__name__/values', {}]);
    expect((await findRowTexts())[0]).toMatch(/^go_threadsOtherHas data/);
  });

  it('renders one page of 5,000 metrics', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => `other_metric_${index}`);
    await openMetrics({ all: '1' }, { values: many, resources });
    expect(await findRows()).toHaveLength(25);
    expect(screen.getByRole('status')).toHaveTextContent(/5,?000 with data/);
    await userEvent.click(screen.getByRole('button', { name: 'next page' }));
    expect((await findRowTexts())[0]).not.toMatch(/^other_metric_0Other/);
  });

  it('cancels its request when the user leaves the page', async () => {
    const { prometheus, unmount } = await openMetrics({}, { failure: 'no answer yet' });
    expect(prometheus.cancelled).toBe(0);
    unmount();
    expect(prometheus.cancelled).toBe(1);
  });

  it.each([
    [{ q: 'sedna_model_metric' }, /Exporter \(cluster\)Not collected$/],
    [{ q: 'sedna_reidjob_phase' }, /No ReidJob found in this time range.*No such resource$/],
    [{ q: 'node_cpu_seconds_total' }, /Prometheus has no metrics from this source: node_exporter\..*Not collected$/],
    [{ q: 'sedna_dataset_update' }, /No samples in this time range\. Select a longer one\..*No data in range$/],
    [
      { q: 'sedna_log_inference_samples' },
      /Not recorded by Sedna itself: samples of inference are there only where a job writes them .*Not recorded by Sedna$/,
    ],
  ])('explains why the search %j finds metrics without data', async (url, text) => {
    await openMetrics(url, { values: [...values, 'sedna_dataset_info', 'sedna_log_stage_samples'], resources });
    await waitFor(async () => expect((await findRowTexts())[0]).toMatch(text));
  });

  it.each([
    ['Dataset', /^sedna(_|_log_|:)dataset_/],
    ['Model', /^sedna_model_/],
  ])('lists the metrics of a %s and which of them have data', async (kind, name) => {
    const { prometheus } = await openMetrics(
      { kind, namespace: 'robots', name: 'dog' },
      { values: ['sedna_model_info', 'sedna_dataset_info'], resources }
    );
    const found = await findRowTexts();
    expect(found.filter((text) => name.test(text ?? '')).length).toBeGreaterThan(2);
    expect(found.at(-1)).toMatch(/No data for this resource$/);
    expect(prometheus.asked[0]).toEqual([
      'api/v1/label/__name__/values',
      { 'match[]': expect.stringContaining('namespace="robots", name="dog"}') },
    ]);
  });

  it('ignores an unknown resource type in the URL', async () => {
    const { metrics } = await openMetrics({ kind: 'toString' }, { values, resources });
    expect(metrics.getUrlState()).toMatchObject({ kind: null });
    expect((await findRows()).length).toBeGreaterThan(10);
  });

  it('opens a metric and keeps it in the URL', async () => {
    const { prometheus, metrics } = await openMetrics(
      { namespace: 'robots' },
      { values, resources, answers: { lines: [createSample({}, 1)] } }
    );
    await userEvent.click(await screen.findByRole('button', { name: 'sedna_dataset_samples' }));
    await act(async () => {});
    expect(metrics.getUrlState()).toMatchObject({ metric: 'sedna_dataset_samples', namespace: 'robots', name: [] });
    expect(getMetricRequests(prometheus)).toEqual([{ metric: 'sedna_dataset_samples{namespace="robots"}' }]);
    expect(screen.queryByTestId(TEST_IDS.metrics.catalog)).not.toBeInTheDocument();
    expect(screen.getByText('Samples in the dataset.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'View all metrics' }));
    expect(await screen.findByTestId(TEST_IDS.metrics.catalog)).toBeInTheDocument();
  });

  it('explains how to add a custom metric', async () => {
    await openMetrics({}, { values, resources });
    await userEvent.click(await screen.findByRole('button', { name: 'Add a custom metric' }));
    expect(await screen.findByLabelText('SQL')).toHaveTextContent(/INSERT INTO metric_value/);
  });

  it.each([
    ['is unreachable', CONNECTION_REFUSED, { message: 'connection refused' }],
    ['denies access', PERMISSION_DENIED, { status: 403 }],
  ])('shows an error instead of empty metrics when Prometheus %s', async (_, failure, error) => {
    await openMetrics({}, { failure });
    expect(screen.getByRole('alert', { name: describeQueryError(error, 'Prometheus & co').title })).toBeInTheDocument();
    expect(screen.queryByText('Not collected')).not.toBeInTheDocument();
  });
});
