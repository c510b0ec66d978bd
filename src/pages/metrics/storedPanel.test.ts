import { mockGrafana, fakePrometheus } from '../../test/mockGrafana';
import { NO_LOOK } from './look';
import { storedPanel } from './metricQueries';

beforeEach(() => mockGrafana({ dataSources: [fakePrometheus()] }));

const DOG = { namespace: 'robots', name: 'dog', kind: 'LifelongLearningJob', instance: 'a:1', job: 'x' };

it('stores a number with names for people', () =>
  expect(
    storedPanel({ ...NO_LOOK, metric: 'sedna_job_stage_duration_seconds' }, 2, [
      { ...DOG, stage: 'Train' },
      { ...DOG, stage: 'Eval' },
    ])
  ).toMatchObject({
    type: 'timeseries',
    transformations: [],
    targets: [{ expr: 'sedna_job_stage_duration_seconds', legendFormat: '{{namespace}}/{{name}} · {{stage}}' }],
  }));

it('stores states as numbers that have their names and colours', () => {
  const panel = storedPanel({ ...NO_LOOK, metric: 'sedna_lifelonglearningjob_condition' }, 1, [
    { ...DOG, stage: 'Train', condition: 'Running' },
    { ...DOG, stage: 'Eval', condition: 'Waiting' },
  ]);
  expect(panel).toMatchObject({
    type: 'state-timeline',
    transformations: [],
    targets: [{ legendFormat: '{{namespace}}/{{name}}' }],
  });
  const expr = String(panel.targets?.[0].expr);
  const options = panel.fieldConfig?.defaults.mappings?.[0].options as Record<string, { text: string; color: string }>;
  const failed = Object.entries(options).find(([, { text }]) => text === 'Failed');
  expect(failed?.[1].color).toBe('red');
  expect(expr).toContain(`condition="Failed"} == 1) * ${failed?.[0]}`);
});

it('stores infos as a table without what says the same in each row', () =>
  expect(storedPanel({ ...NO_LOOK, metric: 'sedna_job_model_info' }, 1, [])).toMatchObject({
    type: 'table',
    targets: [{ expr: 'sedna_job_model_info', instant: true, format: 'table' }],
    transformations: [
      { id: 'organize', options: { excludeByName: { Time: true, Value: true, __name__: true, instance: true } } },
    ],
  }));
