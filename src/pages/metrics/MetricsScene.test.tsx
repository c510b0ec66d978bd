import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { makeTimeRange } from '@grafana/data';
import { sceneGraph, VizPanel } from '@grafana/scenes';
import { describeQueryError } from '../../data/errors/describeQueryError';
import { CONNECTION_REFUSED, createSample, seriesFrame } from '../../test/mockGrafana';
import type { MetricsScene } from './MetricsScene';
import { findRowTexts, getMetricRequests, openMetrics } from './testUtils';
import { TEST_IDS } from '../../ui/testIds';

describe('MetricsScene', () => {
  const findPanel = (metrics: MetricsScene) =>
    sceneGraph.findObject(metrics, (each) => each instanceof VizPanel) as VizPanel;

  it.each([
    ['sedna_dataset_samples', 'timeseries', 'sedna_dataset_samples'],
    ['sedna_lifelonglearningjob_condition', 'state-timeline', 'sedna_lifelonglearningjob_condition == 1'],
  ])('draws %s as %s', async (metric, pluginId, query) => {
    const { prometheus, metrics } = await openMetrics({ metric });
    expect(findPanel(metrics).state).toMatchObject({ pluginId, title: metric });
    expect(getMetricRequests(prometheus)).toEqual([{ metric: query }]);
    expect(screen.getByLabelText('PromQL')).toHaveTextContent(query);
  });

  it('shows the statistics of each series of a number', async () => {
    await openMetrics(
      { metric: 'sedna_job_stage_duration_seconds' },
      {
        frames: {
          metric: [
            seriesFrame({ namespace: 'robots', name: 'dog', stage: 'Train' }, [
              [0, 30],
              [15, 90],
            ]),
            seriesFrame({ namespace: 'robots', name: 'dog', stage: 'Eval' }, [[0, 1.5]]),
          ],
        },
      }
    );
    expect(await findRowTexts()).toEqual([
      'robots/dog · Train1.50 mins30 s1 min1.50 mins',
      'robots/dog · Eval1.50 s1.50 s1.50 s1.50 s',
    ]);
    expect(screen.getAllByTitle('90')).toHaveLength(2);
  });

  it('draws a sparse metric with points and counts its samples', async () => {
    const { metrics, prometheus } = await openMetrics(
      { metric: 'sedna_custom_Recall' },
      {
        frames: { metric: [seriesFrame({ task: 'Spring' }, [[0, 0.5]])] },
        answers: { samples: [createSample({ task: 'Spring' }, 2160)] },
      }
    );
    expect((await findRowTexts())[0]).toBe('Spring0.5000.5000.5000.5002,160');
    expect(findPanel(metrics).state.fieldConfig.defaults.custom).toMatchObject({
      showPoints: 'always',
      spanNulls: true,
    });
    expect(getMetricRequests(prometheus)).toEqual([
      {
        metric: 'last_over_time(sedna_custom_Recall[$__rate_interval])',
        samples: 'count_over_time(sedna_custom_Recall[$__range])',
      },
    ]);
  });

  it('hides the data of the previous metric while the next one loads', async () => {
    const { metrics, prometheus } = await openMetrics(
      { metric: 'sedna_dataset_samples' },
      { frames: { metric: [seriesFrame({ name: 'dog' }, [[0, 1]])] } }
    );
    expect(await findRowTexts()).toHaveLength(1);
    prometheus.failure = 'no answer yet';
    act(() => metrics.select({ metric: 'sedna_job_round' }));
    expect(screen.queryByTestId(TEST_IDS.metrics.table)).not.toBeInTheDocument();
  });

  it('shows the newest state of each resource in words', async () => {
    const now = Math.floor(Date.now() / 1000);
    await openMetrics(
      { metric: 'sedna_lifelonglearningjob_condition' },
      {
        frames: {
          metric: [
            seriesFrame({ namespace: 'robots', name: 'dog', stage: 'Train', condition: 'Running' }, [[now - 60, 1]]),
            seriesFrame({ namespace: 'robots', name: 'dog', stage: 'Eval', condition: 'Waiting' }, [[now, 1]]),
          ],
        },
      }
    );
    expect((await findRowTexts())[0]).toMatch(/^robots\/dogEval Waitinga few seconds ago1$/);
  });

  it('shows the values of an info metric as a table with their times', async () => {
    const now = Math.floor(Date.now() / 1000);
    await openMetrics(
      { metric: 'sedna_job_model_info' },
      {
        frames: {
          metric: [
            seriesFrame({ namespace: 'robots', name: 'dog', role: 'deployed', url: '/1' }, [[now - 600, 1]]),
            seriesFrame({ namespace: 'robots', name: 'dog', role: 'deployed', url: '/2' }, [[now, 1]]),
          ],
        },
      }
    );
    expect(await findRowTexts()).toEqual([
      'robotsdogdeployed/2a few seconds agoNow',
      'robotsdogdeployed/110 minutes ago10 minutes ago',
    ]);
  });

  it('draws a timestamp metric as its age in seconds', async () => {
    const { metrics } = await openMetrics({ metric: 'sedna_dataset_update_timestamp_seconds' });
    expect(findPanel(metrics).state.title).toBe('Age of sedna_dataset_update_timestamp_seconds');
    expect(findPanel(metrics).state.fieldConfig.defaults.unit).toBe('s');
  });

  it('shows description, source, unit, number of series, and caveat', async () => {
    await openMetrics(
      { metric: 'sedna_job_round' },
      { answers: { seriesCount: [createSample({}, 3)], newestSample: [createSample({}, Date.now() / 1000)] } }
    );
    expect(screen.getByText('Round the job is in, as Sedna numbers it in its output directory.')).toBeInTheDocument();
    expect(
      screen.getByText(
        /^Exporter \(cluster\) · rounds · 3 series in this time range · Restarts at 1 when the local controller restarts\. Sedna numbers triggers, not runs: .+ ·/
      )
    ).toBeInTheDocument();
    expect(screen.getByText('Last sample: a few seconds ago')).toBeInTheDocument();
  });

  it('names the part of a metric that Sedna does not record', async () => {
    await openMetrics({ metric: 'sedna_job_model_info' });
    expect(
      screen.getByText(/^Not recorded by Sedna itself: a base model is there only where .* sets MODEL_URLS/)
    ).toBeInTheDocument();
  });

  it('shows only the highest series of a metric that has too many', async () => {
    const { prometheus } = await openMetrics(
      { metric: 'sedna_dataset_samples' },
      {
        answers: { seriesCount: [createSample({}, 10_000)] },
        frames: { metric: [seriesFrame({ name: 'a' }, [[0, 1]])] },
      }
    );
    expect(getMetricRequests(prometheus)[0].metric).toContain('topk(50, ');
    expect(await screen.findByText(/^Showing 50 of 10,?000 series, highest last value first/)).toBeInTheDocument();
  });

  it('limits the series as soon as a refresh finds too many', async () => {
    const { prometheus } = await openMetrics(
      { metric: 'sedna:task_score' },
      { answers: { seriesCount: [createSample({}, 50)] } }
    );
    expect(getMetricRequests(prometheus).at(-1)).toEqual({ metric: 'max without (pod) (sedna:task_score)' });
    prometheus.answers = { seriesCount: [createSample({}, 51)] };
    await userEvent.click(screen.getByTestId(/RefreshPicker run/));
    await waitFor(() => expect(getMetricRequests(prometheus).at(-1)?.metric).toContain('topk(50, '));
  });

  it('counts the series again before it draws a much longer time range', async () => {
    const { prometheus, metrics } = await openMetrics(
      { metric: 'sedna:task_score' },
      { answers: { seriesCount: [createSample({}, 50)] } }
    );
    Object.assign(prometheus, { failure: 'no answer yet', answers: { seriesCount: [createSample({}, 4000)] } });
    act(() => sceneGraph.getTimeRange(metrics).onTimeRangeChange(makeTimeRange('2026-10-01', '2026-10-31')));
    expect(screen.queryByLabelText('PromQL')).not.toBeInTheDocument();
    prometheus.failure = undefined;
    await userEvent.click(screen.getByTestId(/RefreshPicker run/));
    await waitFor(() => expect(getMetricRequests(prometheus).at(-1)?.metric).toContain('topk(50, '));
  });

  it('shows all series when they cannot be counted', async () => {
    const { prometheus } = await openMetrics(
      { metric: 'sedna_dataset_samples' },
      { refused: { seriesCount: 'query timed out' } }
    );
    expect(getMetricRequests(prometheus)).toEqual([{ metric: 'sedna_dataset_samples' }]);
  });

  it('groups by a label of the series', async () => {
    const { prometheus, metrics } = await openMetrics(
      { metric: 'sedna_dataset_samples' },
      { resources: { 'api/v1/labels': { data: ['__name__', 'namespace', 'name', 'service.name'] } } }
    );
    await userEvent.click(screen.getByLabelText('Group by'));
    const namespace = await screen.findByRole('option', { name: 'namespace' });
    expect(screen.queryByRole('option', { name: 'service.name' })).not.toBeInTheDocument();
    await userEvent.click(namespace);
    await act(async () => {});
    expect(prometheus.asked).toContainEqual(['api/v1/labels', { 'match[]': 'sedna_dataset_samples' }]);
    expect(getMetricRequests(prometheus).at(-1)).toEqual({ metric: 'avg by (namespace) (sedna_dataset_samples)' });
    expect(metrics.getUrlState()).toMatchObject({ by: 'namespace' });
  });

  it('compares with an earlier time', async () => {
    const { prometheus } = await openMetrics({ metric: 'sedna_dataset_samples', compare: '1d' });
    expect(getMetricRequests(prometheus)).toEqual([
      { metric: 'sedna_dataset_samples', comparison: 'sedna_dataset_samples offset 86400s' },
    ]);
  });

  it('shows the metric when the comparison fails', async () => {
    await openMetrics(
      { metric: 'sedna_dataset_samples', compare: '1d' },
      { refused: { comparison: 'too many samples' }, frames: { metric: [seriesFrame({ name: 'a' }, [[0, 1]])] } }
    );
    expect(await findRowTexts()).toHaveLength(1);
    expect(screen.getByRole('alert', { name: "Some data couldn't be loaded" })).toBeInTheDocument();
  });

  it('shows the last value in each round of a job', async () => {
    const { prometheus, metrics } = await openMetrics(
      { metric: 'sedna:stage_samples', kind: 'LifelongLearningJob', name: 'dog', x: 'round' },
      {
        frames: {
          metric: [
            seriesFrame({ name: 'dog', stage: 'train' }, [
              [0, 10],
              [15, 20],
              [30, 40],
            ]),
          ],
          rounds: [
            seriesFrame({ name: 'dog' }, [
              [0, 1],
              [15, 1],
              [30, 2],
            ]),
          ],
        },
      }
    );
    expect(findPanel(metrics).state.pluginId).toBe('trend');
    expect(getMetricRequests(prometheus).map(({ rounds }) => rounds)).toEqual([
      'sedna_job_round{kind="LifelongLearningJob", name="dog"}',
    ]);
    expect(await findRowTexts()).toEqual(['dog · train40203040']);
  });

  it.each([
    ['no job has rounds', [], /^These jobs have no rounds in this time range/],
    [
      'the rounds are those of another job',
      [seriesFrame({ name: 'cat' }, [[0, 1]])],
      /none of a job whose round was known/,
    ],
  ])('explains why there are no values by round: %s', async (_, rounds, reason) => {
    const { metrics } = await openMetrics(
      { metric: 'sedna:task_score', kind: 'Pod', x: 'round' },
      { frames: { metric: [seriesFrame({ name: 'dog', pod: 'dog-eval-x' }, [[0, 1]])], rounds } }
    );
    expect(await screen.findByText('No values by round')).toBeInTheDocument();
    expect(screen.getByText(reason)).toBeInTheDocument();
    expect(screen.queryByTestId(TEST_IDS.metrics.table)).not.toBeInTheDocument();
    act(() => metrics.select({ byRound: false }));
    expect(await findRowTexts()).toHaveLength(1);
  });

  it('shows the stage changes of the selected jobs with at most eight different queries', async () => {
    const { prometheus } = await openMetrics({ metric: 'sedna_job_round', name: ['dog', 'cat'], compare: '1h' });
    expect(prometheus.sent).toContainEqual(expect.stringMatching(/_condition.*, name=~"dog\|cat"\} == 1$/));
    expect(prometheus.sent.length).toBeLessThanOrEqual(8);
    expect(new Set(prometheus.sent).size).toBe(prometheus.sent.length);
  });

  it('shows the note of a custom metric', async () => {
    const metadata = { data: { sedna_custom_Recall: [{ help: 'Recall of the newest evaluation' }] } };
    await openMetrics({ metric: 'sedna_custom_Recall' }, { resources: { 'api/v1/metadata': metadata } });
    expect(await screen.findByText('Recall of the newest evaluation')).toBeInTheDocument();
  });

  it('marks a metric that is not in the catalog', async () => {
    await openMetrics({ metric: 'my_own' });
    expect(screen.getByText(/^Not in the catalog/)).toBeInTheDocument();
  });

  it('shows an empty state for a metric without data', async () => {
    await openMetrics({ metric: 'sedna_dataset_samples' });
    expect(await screen.findByText('No data found')).toBeInTheDocument();
  });

  it('shows an error instead of an empty state and recovers with the next refresh', async () => {
    const { prometheus } = await openMetrics({ metric: 'sedna_dataset_samples' }, { failure: CONNECTION_REFUSED });
    const { title } = describeQueryError({ message: 'connection refused' }, 'Prometheus & co');
    expect(await screen.findByRole('alert', { name: title })).toBeInTheDocument();
    expect(screen.queryByText('No data found')).not.toBeInTheDocument();
    Object.assign(prometheus, { failure: undefined, frames: { metric: [seriesFrame({ name: 'a' }, [[0, 1]])] } });
    await userEvent.click(screen.getByTestId(/RefreshPicker run/));
    await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument());
    expect(await findRowTexts()).toHaveLength(1);
  });

  it('bookmarks a metric and opens it from the bookmarks', async () => {
    await openMetrics({ metric: 'sedna_dataset_samples', namespace: 'robots' }, { values: ['sedna_dataset_samples'] });
    await userEvent.click(screen.getByRole('button', { name: 'Bookmark' }));
    await userEvent.click(screen.getByRole('button', { name: 'View all metrics' }));
    const bookmarks = within(await screen.findByRole('list', { name: 'Bookmarks' }));
    await userEvent.click(bookmarks.getByRole('button', { name: 'sedna_dataset_samples · robots' }));
    expect(await screen.findByText('Samples in the dataset.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Bookmark', pressed: true }));
    expect(screen.getByRole('button', { name: 'Bookmark', pressed: false })).toBeInTheDocument();
  });

  it('compares several resources that the metric has series for', async () => {
    const { prometheus } = await openMetrics(
      { metric: 'sedna_dataset_samples', namespace: 'robots' },
      { values: ['steps', 'dog'] }
    );
    await userEvent.click(screen.getByLabelText('Resource'));
    await userEvent.click(await screen.findByRole('option', { name: 'steps' }));
    await userEvent.click(await screen.findByRole('option', { name: 'dog' }));
    await act(async () => {});
    expect(prometheus.asked).toContainEqual([
      'api/v1/label/name/values',
      { 'match[]': 'sedna_dataset_samples{namespace="robots"}' },
    ]);
    expect(getMetricRequests(prometheus).at(-1)).toEqual({
      metric: 'sedna_dataset_samples{namespace="robots", name=~"steps|dog"}',
    });
  });
});
