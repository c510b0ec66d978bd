import { mockGrafana, fakePrometheus } from '../../../test/mockGrafana';
import { DEFAULT_SELECTION } from '../selection';
import { buildSelectionDashboardPanel } from './panels';

beforeEach(() => mockGrafana({ dataSources: [fakePrometheus()] }));

const DOG = { namespace: 'robots', name: 'dog', kind: 'LifelongLearningJob', instance: 'a:1', job: 'x' };

describe('buildSelectionDashboardPanel', () => {
  it('names the series of a number by their labels', () =>
    expect(
      buildSelectionDashboardPanel({ ...DEFAULT_SELECTION, metric: 'sedna_job_stage_duration_seconds' }, 2, [
        { ...DOG, stage: 'Train' },
        { ...DOG, stage: 'Eval' },
      ])
    ).toMatchObject({
      type: 'timeseries',
      transformations: [],
      targets: [{ expr: 'sedna_job_stage_duration_seconds', legendFormat: '{{namespace}}/{{name}} · {{stage}}' }],
    }));

  it('stores states as numbers with their names and colors', () => {
    const panel = buildSelectionDashboardPanel(
      { ...DEFAULT_SELECTION, metric: 'sedna_lifelonglearningjob_condition' },
      1,
      [
        { ...DOG, stage: 'Train', condition: 'Running' },
        { ...DOG, stage: 'Eval', condition: 'Waiting' },
      ]
    );
    expect(panel).toMatchObject({
      type: 'state-timeline',
      transformations: [],
      targets: [{ legendFormat: '{{namespace}}/{{name}}' }],
    });
    const expr = String(panel.targets?.[0].expr);
    const options = panel.fieldConfig?.defaults.mappings?.[0].options as Record<
      string,
      { text: string; color: string }
    >;
    const failed = Object.entries(options).find(([, { text }]) => text === 'Failed');
    expect(failed?.[1].color).toBe('red');
    expect(expr).toContain(`condition="Failed"} == 1) * ${failed?.[0]}`);
  });

  it('stores an info metric as a table without constant columns', () =>
    expect(buildSelectionDashboardPanel({ ...DEFAULT_SELECTION, metric: 'sedna_job_model_info' }, 1, [])).toMatchObject(
      {
        type: 'table',
        targets: [{ expr: 'sedna_job_model_info', instant: true, format: 'table' }],
        transformations: [
          { id: 'organize', options: { excludeByName: { Time: true, Value: true, __name__: true, instance: true } } },
        ],
      }
    ));
});
