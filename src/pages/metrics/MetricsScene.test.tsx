import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { makeTimeRange } from '@grafana/data';
import { sceneGraph, VizPanel } from '@grafana/scenes';
import { CONNECTION_REFUSED, createSample, seriesFrame } from '../../test/mockGrafana';
import type { MetricsScene } from './MetricsScene';
import { asked, openMetrics, texts } from './testSupport';

describe('a metric', () => {
  const panel = (metrics: MetricsScene) =>
    sceneGraph.findObject(metrics, (each) => each instanceof VizPanel) as VizPanel;

  it.each([
    ['sedna_dataset_samples', 'timeseries', 'sedna_dataset_samples'],
    ['sedna_lifelonglearningjob_condition', 'state-timeline', 'sedna_lifelonglearningjob_condition == 1'],
  ])('%s is drawn as %s', async (metric, pluginId, query) => {
    const { prometheus, metrics } = await openMetrics({ metric });
    expect(panel(metrics).state).toMatchObject({ pluginId, title: metric });
    expect(asked(prometheus)).toEqual([{ metric: query }]);
    expect(screen.getByLabelText('PromQL')).toHaveTextContent(query);
  });

  it('that is a number has the statistics of each series', async () => {
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
    expect(await texts()).toEqual([
      'robots/dog · Train1.50 mins30 s1 min1.50 mins',
      'robots/dog · Eval1.50 s1.50 s1.50 s1.50 s',
    ]);
    expect(screen.getAllByTitle('90')).toHaveLength(2);
  });

  it('that comes seldom is marked by dots, and its samples are counted', async () => {
    const { metrics, prometheus } = await openMetrics(
      { metric: 'sedna_custom_Recall' },
      {
        frames: { metric: [seriesFrame({ task: 'Spring' }, [[0, 0.5]])] },
        answers: { samples: [createSample({ task: 'Spring' }, 2160)] },
      }
    );
    expect((await texts())[0]).toBe('Spring0.5000.5000.5000.5002,160');
    expect(panel(metrics).state.fieldConfig.defaults.custom).toMatchObject({ showPoints: 'always', spanNulls: true });
    expect(asked(prometheus)).toEqual([
      {
        metric: 'last_over_time(sedna_custom_Recall[$__rate_interval])',
        samples: 'count_over_time(sedna_custom_Recall[$__range])',
      },
    ]);
  });

  it('does not show what was known of another one', async () => {
    const { metrics, prometheus } = await openMetrics(
      { metric: 'sedna_dataset_samples' },
      { frames: { metric: [seriesFrame({ name: 'dog' }, [[0, 1]])] } }
    );
    expect(await texts()).toHaveLength(1);
    prometheus.failure = 'no answer yet';
    act(() => metrics.choose({ metric: 'sedna_job_round' }));
    expect(screen.queryByTestId('metric-table')).not.toBeInTheDocument();
  });

  it('that is a state tells it in words', async () => {
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
    expect((await texts())[0]).toMatch(/^robots\/dogEval Waitinga few seconds ago1$/);
  });

  it('that is an info is a table of what it told and when', async () => {
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
    expect(await texts()).toEqual([
      'robotsdogdeployed/2a few seconds agonow',
      'robotsdogdeployed/110 minutes ago10 minutes ago',
    ]);
  });

  it('that is a time is drawn as an age, and says so', async () => {
    const { metrics } = await openMetrics({ metric: 'sedna_dataset_update_timestamp_seconds' });
    expect(panel(metrics).state.title).toBe('Age of sedna_dataset_update_timestamp_seconds');
    expect(panel(metrics).state.fieldConfig.defaults.unit).toBe('s');
  });

  it('tells what it says, where it comes from, how many series there are and what to be careful about', async () => {
    await openMetrics(
      { metric: 'sedna_job_round' },
      { answers: { lines: [createSample({}, 3)], newest: [createSample({}, Date.now() / 1000)] } }
    );
    expect(screen.getByText('Round the job is in, from its newest output directory.')).toBeInTheDocument();
    expect(
      screen.getByText(
        /^exporter, from the cluster · rounds · 3 series in this time range · Restarts at 1 when the local controller restarts\. · newest sample/
      )
    ).toBeInTheDocument();
  });

  it('of which a part is not recorded says which', async () => {
    await openMetrics({ metric: 'sedna_job_model_info' });
    expect(
      screen.getByText(/^Not recorded by Sedna itself: a base model is there only where .* sets MODEL_URLS/)
    ).toBeInTheDocument();
  });

  it('of which there are too many asks for the highest, and says so', async () => {
    const { prometheus } = await openMetrics(
      { metric: 'sedna_dataset_samples' },
      { answers: { lines: [createSample({}, 10_000)] }, frames: { metric: [seriesFrame({ name: 'a' }, [[0, 1]])] } }
    );
    expect(asked(prometheus)[0].metric).toContain('topk(50, ');
    expect(await screen.findByText(/^There are 10,?000 of them: only the 50/)).toBeInTheDocument();
  });

  it('of which too many come to be there while it is looked at asks for the highest from then on', async () => {
    const { prometheus } = await openMetrics(
      { metric: 'sedna:task_score' },
      { answers: { lines: [createSample({}, 50)] } }
    );
    expect(asked(prometheus).at(-1)).toEqual({ metric: 'max without (pod) (sedna:task_score)' });
    prometheus.answers = { lines: [createSample({}, 51)] };
    await userEvent.click(screen.getByTestId(/RefreshPicker run/));
    await waitFor(() => expect(asked(prometheus).at(-1)?.metric).toContain('topk(50, '));
  });

  it('is counted anew over a much longer time range before any of it is drawn', async () => {
    const { prometheus, metrics } = await openMetrics(
      { metric: 'sedna:task_score' },
      { answers: { lines: [createSample({}, 50)] } }
    );
    Object.assign(prometheus, { failure: 'no answer yet', answers: { lines: [createSample({}, 4000)] } });
    act(() => sceneGraph.getTimeRange(metrics).onTimeRangeChange(makeTimeRange('2026-10-01', '2026-10-31')));
    expect(screen.queryByLabelText('PromQL')).not.toBeInTheDocument();
    prometheus.failure = undefined;
    await userEvent.click(screen.getByTestId(/RefreshPicker run/));
    await waitFor(() => expect(asked(prometheus).at(-1)?.metric).toContain('topk(50, '));
  });

  it('is shown whole where it cannot be counted', async () => {
    const { prometheus } = await openMetrics(
      { metric: 'sedna_dataset_samples' },
      { refused: { lines: 'query timed out' } }
    );
    expect(asked(prometheus)).toEqual([{ metric: 'sedna_dataset_samples' }]);
  });

  it('is broken down by a label that its series have', async () => {
    const { prometheus, metrics } = await openMetrics(
      { metric: 'sedna_dataset_samples' },
      { resources: { 'api/v1/labels': { data: ['__name__', 'namespace', 'name', 'service.name'] } } }
    );
    await userEvent.click(screen.getByLabelText('Break down by'));
    const namespace = await screen.findByRole('option', { name: 'namespace' });
    expect(screen.queryByRole('option', { name: 'service.name' })).not.toBeInTheDocument();
    await userEvent.click(namespace);
    await act(async () => {});
    expect(prometheus.asked).toContainEqual(['api/v1/labels', { 'match[]': 'sedna_dataset_samples' }]);
    expect(asked(prometheus).at(-1)).toEqual({ metric: 'avg by (namespace) (sedna_dataset_samples)' });
    expect(metrics.getUrlState()).toMatchObject({ by: 'namespace' });
  });

  it('is compared with an earlier time', async () => {
    const { prometheus } = await openMetrics({ metric: 'sedna_dataset_samples', compare: '1d' });
    expect(asked(prometheus)).toEqual([
      { metric: 'sedna_dataset_samples', before: 'sedna_dataset_samples offset 86400s' },
    ]);
  });

  it('is shown where what it is compared with cannot be had', async () => {
    await openMetrics(
      { metric: 'sedna_dataset_samples', compare: '1d' },
      { refused: { before: 'too many samples' }, frames: { metric: [seriesFrame({ name: 'a' }, [[0, 1]])] } }
    );
    expect(await texts()).toHaveLength(1);
    expect(screen.getByRole('alert', { name: /could not be read/ })).toBeInTheDocument();
  });

  it('is compared over the rounds of its job', async () => {
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
    expect(panel(metrics).state.pluginId).toBe('trend');
    expect(asked(prometheus).map(({ rounds }) => rounds)).toEqual([
      'sedna_job_round{kind="LifelongLearningJob", name="dog"}',
    ]);
    expect(await texts()).toEqual(['dog · train40203040']);
  });

  it.each([
    ['no job has one', [], /^No round of these jobs was seen/],
    ['it is that of another job', [seriesFrame({ name: 'cat' }, [[0, 1]])], /none of a job whose round is known/],
  ])('says why it has nothing over rounds: %s', async (_, rounds, reason) => {
    const { metrics } = await openMetrics(
      { metric: 'sedna:task_score', kind: 'Pod', x: 'round' },
      { frames: { metric: [seriesFrame({ name: 'dog', pod: 'dog-eval-x' }, [[0, 1]])], rounds } }
    );
    expect(await screen.findByText('No value belongs to a round')).toBeInTheDocument();
    expect(screen.getByText(reason)).toBeInTheDocument();
    expect(screen.queryByTestId('metric-table')).not.toBeInTheDocument();
    act(() => metrics.choose({ byRound: false }));
    expect(await texts()).toHaveLength(1);
  });

  it('has the stage changes of the jobs that are named in its graph, and asks eight times at most', async () => {
    const { prometheus } = await openMetrics({ metric: 'sedna_job_round', name: ['dog', 'cat'], compare: '1h' });
    expect(prometheus.sent).toContainEqual(expect.stringMatching(/_condition.*, name=~"dog\|cat"\} == 1$/));
    expect(prometheus.sent.length).toBeLessThanOrEqual(8);
    expect(new Set(prometheus.sent).size).toBe(prometheus.sent.length);
  });

  it('that is a custom one has the note of its job', async () => {
    const metadata = { data: { sedna_custom_Recall: [{ help: 'Recall of the newest evaluation' }] } };
    await openMetrics({ metric: 'sedna_custom_Recall' }, { resources: { 'api/v1/metadata': metadata } });
    expect(await screen.findByText('Recall of the newest evaluation')).toBeInTheDocument();
  });

  it('that the catalogue does not have says so', async () => {
    await openMetrics({ metric: 'my_own' });
    expect(screen.getByText(/^Not in the catalogue/)).toBeInTheDocument();
  });

  it('without data says so', async () => {
    await openMetrics({ metric: 'sedna_dataset_samples' });
    expect(await screen.findByText('Nothing found')).toBeInTheDocument();
  });

  it('that cannot be asked for is not called empty, and comes with the next refresh', async () => {
    const { prometheus } = await openMetrics({ metric: 'sedna_dataset_samples' }, { failure: CONNECTION_REFUSED });
    expect(await screen.findByRole('alert', { name: 'Prometheus & co does not answer' })).toBeInTheDocument();
    expect(screen.queryByText('Nothing found')).not.toBeInTheDocument();
    Object.assign(prometheus, { failure: undefined, frames: { metric: [seriesFrame({ name: 'a' }, [[0, 1]])] } });
    await userEvent.click(screen.getByTestId(/RefreshPicker run/));
    await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument());
    expect(await texts()).toHaveLength(1);
  });

  it('is kept among the bookmarks, and opened from there', async () => {
    await openMetrics({ metric: 'sedna_dataset_samples', namespace: 'robots' }, { values: ['sedna_dataset_samples'] });
    await userEvent.click(screen.getByRole('button', { name: 'Bookmark' }));
    await userEvent.click(screen.getByRole('button', { name: 'All metrics' }));
    const bookmarks = within(await screen.findByRole('list', { name: 'Bookmarks' }));
    await userEvent.click(bookmarks.getByRole('button', { name: 'sedna_dataset_samples · robots' }));
    expect(await screen.findByText('Samples in the dataset.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Bookmark', pressed: true }));
    expect(screen.getByRole('button', { name: 'Bookmark', pressed: false })).toBeInTheDocument();
  });
});

it('offers components that the metric has, several to compare', async () => {
  const { prometheus } = await openMetrics(
    { metric: 'sedna_dataset_samples', namespace: 'robots' },
    { values: ['steps', 'dog'] }
  );
  await userEvent.click(screen.getByLabelText('Component'));
  await userEvent.click(await screen.findByRole('option', { name: 'steps' }));
  await userEvent.click(await screen.findByRole('option', { name: 'dog' }));
  await act(async () => {});
  expect(prometheus.asked).toContainEqual([
    'api/v1/label/name/values',
    { 'match[]': 'sedna_dataset_samples{namespace="robots"}' },
  ]);
  expect(asked(prometheus).at(-1)).toEqual({
    metric: 'sedna_dataset_samples{namespace="robots", name=~"steps|dog"}',
  });
});
