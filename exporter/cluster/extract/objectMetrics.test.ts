import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KindName } from '../../../src/sedna/kinds';
import { extractObjectMetrics, type ObjectMetrics } from './objectMetrics';
import { conditions, job, model, roundSteps, START, TRIGGER, type Step } from './jobs.fixture';
import { CLUSTER_METRICS, renderFamilies } from '../objectSeries';
import { ObjectStore } from '../objectStore';

const extract = (object: unknown, kind: KindName = 'LifelongLearningJob'): ObjectMetrics =>
  extractObjectMetrics(kind, object) ?? assert.fail('the object has no identity');

/** Returns the series as `metric{label=value}` without the prefix `sedna_job_`. */
const series = ({ series: all }: ObjectMetrics) =>
  Object.fromEntries(
    all.map(({ metric, labels, value }) => {
      const text = Object.entries(labels).map(([name, label]) => `${name}=${label}`);
      return [`${metric.replace(/^sedna_job_/, '')}{${text.join(',')}}`, value];
    })
  );
const issues = ({ issues: all }: ObjectMetrics) => all.map(({ cause, where }) => `${cause}: ${where}`);

const TRIGGER_SERIES = {
  'trigger_info{operator=>,metric=num_of_samples,window_start=02:00,window_end=20:00}': 1,
  'trigger_threshold{}': 500,
};

test('a complete round yields all series of a job', () => {
  const result = extract(job('atcii', roundSteps(1)));
  assert.deepEqual(series(result), {
    'round{}': 1,
    'last_transition_timestamp_seconds{}': START + 560,
    'state_start_timestamp_seconds{}': START + 560,
    'stage_duration_seconds{stage=Train}': 300,
    'stage_duration_seconds{stage=Eval}': 199,
    'stage_duration_seconds{stage=Deploy}': 59,
    'consecutive_failures{stage=Train}': 0,
    'consecutive_failures{stage=Eval}': 0,
    'consecutive_failures{stage=Deploy}': 0,
    'completed_without_data{stage=Train}': 0,
    'completed_without_data{stage=Eval}': 0,
    ...TRIGGER_SERIES,
    'model_info{role=trained,url=/output/train/1/index.pkl}': 1,
    'model_info{role=evaluated,url=/output/train/1/index.pkl}': 1,
    'model_info{role=deployed,url=/output/eval/1/index.pkl}': 1,
    'eval_metric{metric=precision_score}': 0.89,
    'deploy_status{status=Waiting}': 0,
    'deploy_status{status=Ok}': 1,
  });
  assert.deepEqual(result.transitions, [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0]);
  assert.deepEqual(result.issues, []);
});

test('a new round replaces current values and keeps those it has not reached', () => {
  const second = extract(job('atcii', [...roundSteps(1), ...roundSteps(2, 1000).slice(0, 4)]));
  const result = series(second);
  assert.equal(result['round{}'], 2);
  assert.equal(result['stage_duration_seconds{stage=Train}'], 300, 'duration of the last finished run');
  assert.equal(result['model_info{role=trained,url=/output/train/1/index.pkl}'], 1);
  assert.equal(second.transitions?.[0], 2);
  const later = series(extract(job('atcii', [...roundSteps(1), ...roundSteps(2, 1000).slice(0, 5)])));
  assert.equal(later['model_info{role=trained,url=/output/train/1/index.pkl}'], undefined);
  assert.equal(later['model_info{role=trained,url=/output/train/2/index.pkl}'], 1);
});

test('a job without a status has counters at 0 and no other status series', () => {
  const { status: _, ...fresh } = job('new', []);
  for (const object of [
    fresh,
    job('empty', []),
    { ...fresh, status: {} },
    { ...fresh, status: { conditions: null } },
  ]) {
    const result = extract(object);
    assert.deepEqual(series(result), TRIGGER_SERIES);
    assert.deepEqual(result.transitions, new Array(18).fill(0));
    assert.deepEqual(result.issues, []);
  }
});

test('a late report does not change durations and counts with its model', () => {
  const late = job('late', [
    ...roundSteps(1).slice(0, 4),
    ['Train', 'Completed', 300],
    ['Eval', 'Waiting', 301],
    ['Train', 'Completed', 302, { output: { models: [model('/output/train/1/index.pkl')] } }],
    ['Eval', 'Waiting', 303],
  ]);
  const result = extract(late);
  assert.equal(series(result)['stage_duration_seconds{stage=Train}'], 300);
  assert.equal(series(result)['completed_without_data{stage=Train}'], 0);
  assert.equal(series(result)['model_info{role=trained,url=/output/train/1/index.pkl}'], 1);
  assert.deepEqual(issues(result), ['late_report: conditions[6]']);
});

test('a late report before the next stage does not start a run', () => {
  const steps = roundSteps(1).slice(0, 5);
  steps[4] = ['Train', 'Completed', 300];
  steps.push(['Train', 'Completed', 302, { output: { models: [model('/output/train/1/index.pkl')] } }]);
  const result = extract(job('late', steps));
  assert.equal(series(result)['stage_duration_seconds{stage=Train}'], 300);
  assert.equal(series(result)['completed_without_data{stage=Train}'], 0);
  assert.deepEqual(issues(result), ['late_report: conditions[5]']);
});

test('a lost report is Completed without data and keeps the previous model', () => {
  const lost = roundSteps(2, 1000).slice(0, 5);
  lost[4] = ['Train', 'Completed', 1300];
  const result = series(extract(job('lost', [...roundSteps(1), ...lost])));
  assert.equal(result['completed_without_data{stage=Train}'], 1);
  assert.equal(result['completed_without_data{stage=Eval}'], 0);
  assert.equal(result['model_info{role=trained,url=/output/train/1/index.pkl}'], 1);
});

test('a stage that failed and restarted counts as two runs', () => {
  const result = series(
    extract(
      job('failing', [
        ['Train', 'Waiting', 0],
        ['Train', 'Ready', 5],
        ['Train', 'Failed', 10],
        ['Train', 'Waiting', 10],
        ['Train', 'Ready', 40],
        ['Train', 'Failed', 50],
        ['Train', 'Waiting', 50],
      ])
    )
  );
  assert.equal(result['stage_duration_seconds{stage=Train}'], 40);
  assert.equal(result['deploy_status{status=Ok}'], undefined, 'no deployment yet');
});

test('stages and rounds that move backward are reported', () => {
  const steps: Step[] = [
    ...roundSteps(3).slice(0, 7),
    ['Train', 'Waiting', 400],
    ['Train', 'Ready', 410, { input: { outputDir: '/output/train/1/' } }],
  ];
  const result = extract(job('back', steps));
  assert.equal(series(result)['round{}'], 1);
  assert.deepEqual(issues(result), ['stage_back: conditions[7]', 'round_restarted: conditions[8]']);
});

test('the deploy status distinguishes waiting, deployed, and nothing to deploy', () => {
  const status = (...steps: Step[]) => {
    const result = series(extract(job('deploy', steps)));
    return [result['deploy_status{status=Waiting}'], result['deploy_status{status=Ok}']];
  };
  const ready: Step = ['Deploy', 'Ready', 2, { input: { models: [model('/m')] } }];
  assert.deepEqual(status(['Deploy', 'Waiting', 1]), [1, 0]);
  assert.deepEqual(status(['Deploy', 'Waiting', 1], ready), [1, 0]);
  assert.deepEqual(status(['Deploy', 'Waiting', 1], ready, ['Deploy', 'Completed', 3]), [0, 1]);
  assert.deepEqual(status(['Deploy', 'Waiting', 1], ['Deploy', 'Completed', 3, '{}']), [0, 0]);
  const deployed: Step[] = [['Deploy', 'Waiting', 1], ready, ['Deploy', 'Completed', 3]];
  assert.deepEqual(status(...deployed, ['Train', 'Waiting', 4]), [0, 1], 'the deployed model remains in use');
  assert.deepEqual(status(...deployed, ['Deploy', 'Waiting', 5], ['Deploy', 'Completed', 6]), [0, 0]);
});

test('the round is parsed from local paths and remote URLs', () => {
  const round = (input: unknown) => series(extract(job('r', [['Train', 'Ready', 0, { input }]])))['round{}'];
  assert.equal(round({ outputDir: 's3://bucket/output/train/12' }), 12);
  assert.equal(round({ outputDir: '/output/train/' }), undefined);
  assert.equal(round({ outputDir: '/output', dataURL: '/2024/data/eval/4/data.csv' }), 4);
  assert.equal(round({ outputDir: 's3://7', dataURL: 's3://8/data.csv' }), undefined, "a bucket isn't a round");
  assert.equal(round({ outputDir: `/o/${'9'.repeat(16)}` }), undefined, 'not exact as a number');
  assert.equal(round({ outputDir: 5, dataURL: ['/1/x'] }), undefined);
});

test('triggers while a pod is pending have no round, and those while a pod is refused have one', () => {
  const trigger = (number: number): Step => ['Train', 'Ready', number, { input: { outputDir: `/o/train/${number}` } }];
  const starting: Step = ['Train', 'Starting', 9];
  const round = (...steps: Step[]) => series(extract(job('r', [['Train', 'Waiting', 0], ...steps])))['round{}'];
  assert.equal(round(trigger(1), starting, trigger(2), starting, trigger(3)), 1);
  assert.equal(round(trigger(1), trigger(2), trigger(3)), 3);
  assert.equal(round(trigger(1), starting, ['Train', 'Waiting', 10], trigger(2)), 2, 'the end of the run was lost');
});

test('a state starts with the first of the conditions that repeat while a pod is pending or refused', () => {
  const start = (...steps: Step[]) => series(extract(job('s', steps)))['state_start_timestamp_seconds{}'];
  const waiting: Step = ['Train', 'Waiting', 0];
  const pending: Step[] = [
    ['Train', 'Ready', 10],
    ['Train', 'Starting', 11],
    ['Train', 'Ready', 20],
    ['Train', 'Starting', 21],
  ];
  assert.equal(start(waiting, ...pending), START + 10);
  assert.equal(start(waiting, ['Train', 'Ready', 10], ['Train', 'Ready', 20], ['Train', 'Ready', 30]), START + 10);
  assert.equal(start(waiting, ...pending, ['Train', 'Running', 30]), START + 30);
  assert.equal(start(waiting, ...pending, ['Train', 'Running', 30], ['Train', 'Starting', 40]), START + 40);
  assert.equal(start(['Train', 'Ready', 1], ['Eval', 'Ready', 50]), START + 50, 'of another stage');
});

test('malformed data is skipped and reported by location, never by content', () => {
  const result = extract({
    ...job('odd', []),
    status: {
      conditions: [
        ...conditions([
          ['Train', 'Ready', 0, '{"input":'],
          ['Train', 'Completed', 5, { output: { models: 'secret' } }],
          ['Train', 'Pending', 6],
          ['Fly', 'Ready', 7],
          ['Eval', 'Completed', 8, { output: { models: [model('/m', ['secret'])] } }],
        ]),
        'text',
        { stage: 'Eval', type: 'Waiting', lastTransitionTime: null },
        { stage: 'Eval', type: 'Failed', lastTransitionTime: '24.11.2026', data: 5 },
      ],
    },
  });
  assert.deepEqual(issues(result), [
    'malformed_data: conditions[0]',
    'malformed_data: conditions[1] models',
    'unknown_condition: conditions[2]',
    'unknown_condition: conditions[3]',
    'late_report: conditions[4]',
    'invalid_object: conditions[5]',
    'invalid_time: conditions[6]',
    'invalid_time: conditions[7]',
    'malformed_data: conditions[7]',
    'malformed_data: conditions[4] metrics',
  ]);
  assert.equal(series(result)['stage_duration_seconds{stage=Train}'], 5);
  assert.equal(series(result)['stage_duration_seconds{stage=Eval}'], undefined);
  assert.equal(series(result)['last_transition_timestamp_seconds{}'], undefined);
});

test('a clock that was set back yields no negative duration', () => {
  const result = extract(job('clock', [...roundSteps(1), ['Train', 'Waiting', 900], ['Train', 'Failed', 700]]));
  assert.equal(series(result)['stage_duration_seconds{stage=Train}'], 300);
  assert.deepEqual(issues(result), ['time_backwards: conditions[14]']);
});

test('models are deduplicated, limited, and read from older reports with a single model', () => {
  const models = Array.from({ length: 20 }, (_, index) => model(`/m/${index}`));
  const completed = (output: unknown) =>
    extract(
      job('m', [
        ['Train', 'Waiting', 0],
        ['Train', 'Completed', 1, { output }],
      ])
    );
  const many = completed({ models: [models[0], ...models] });
  assert.equal(many.series.filter(({ metric }) => metric === 'sedna_job_model_info').length, 16);
  assert.deepEqual(issues(many), ['too_many_models: conditions[1]']);
  assert.equal(series(completed({ model: model('/one'), models: [] }))['model_info{role=trained,url=/one}'], 1);
  const long = completed({ models: [model('/'.repeat(1025))] });
  assert.deepEqual(issues(long), ['too_long: conditions[1] url']);
});

test('base models come only from the recorded fields', () => {
  const base = (result: ObjectMetrics) =>
    result.series.filter(({ labels }) => labels.role === 'base').map(({ labels }) => labels.url);
  assert.deepEqual(base(extract(job('none', roundSteps(1)))), []);
  const withEnvironment = job('env', roundSteps(1)) as ReturnType<typeof job> & { spec: object };
  Object.assign(withEnvironment.spec.trainSpec.template.spec.containers[0], {
    env: [{ name: 'OTHER', value: 'x' }, { name: 'MODEL_URLS', value: '/models/base.pkl' }, { name: 'MODEL_URLS' }],
  });
  assert.deepEqual(base(extract(withEnvironment)), ['/models/base.pkl']);
  const ready: Step = ['Train', 'Ready', 0, { input: { models: [model('/initial/1')], outputDir: '/o/train/1' } }];
  assert.deepEqual(base(extract(job('il', [ready]), 'IncrementalLearningJob')), ['/initial/1']);
});

test('fields of the wrong type in a trigger are skipped', () => {
  const odd = job('t', []);
  const condition = { operator: 7, threshold: 'many', metric: '' };
  const result = extract({ ...odd, spec: { trainSpec: { trigger: { ...TRIGGER, timer: null, condition } } } });
  assert.deepEqual(series(result), { 'trigger_info{operator=,metric=,window_start=,window_end=}': 1 });
  assert.deepEqual(issues(result), [
    'invalid_object: spec.trainSpec.trigger.condition.operator',
    'not_a_number: spec.trainSpec.trigger.condition.threshold',
  ]);
});

test('metrics in text count only if the whole text is a number', () => {
  const value: Array<[string, unknown]> = [
    ['plain', '0.95'],
    ['integer', '12'],
    ['negative', '-0.5'],
    ['exponent', '1e3'],
    ['point', '.5'],
    ['number', 0.25],
    ['percent', '93.1%'],
    ['hex', '0x10'],
    ['empty', ''],
    ['blank', ' '],
    ['infinity', 'Infinity'],
    ['nan', 'NaN'],
    ['large', '1e999'],
    ['time', '2026-11-24T08:00:00Z'],
    ['size', '5Mi'],
    ['null', null],
    ['plain', '0.1'],
  ];
  const metadata = { namespace: 'default', name: 'm', uid: 'u' };
  const status = { metrics: [...value.map(([key, text]) => ({ key, value: text })), 'text', { key: '', value: '1' }] };
  const result = extract({ metadata, status }, 'Model');
  assert.deepEqual(
    result.series.map(({ metric, labels, value: number }) => [metric, labels.key, number]),
    [
      ['sedna_model_metric', 'plain', 0.95],
      ['sedna_model_metric', 'integer', 12],
      ['sedna_model_metric', 'negative', -0.5],
      ['sedna_model_metric', 'exponent', 1000],
      ['sedna_model_metric', 'point', 0.5],
      ['sedna_model_metric', 'number', 0.25],
    ]
  );
  const left = ['percent', 'hex', 'empty', 'blank', 'infinity', 'nan', 'large', 'time', 'size', 'null'];
  assert.deepEqual(issues(result), [
    ...left.map((key) => `not_a_number: status.metrics ${key}`),
    'duplicate_key: status.metrics plain',
    'invalid_object: status.metrics key',
  ]);
  const many = Array.from({ length: 70 }, (_, index) => ({ key: `k${index}`, value: '1' }));
  const bounded = extract({ metadata, status: { metrics: many } }, 'FeatureExtractionService');
  assert.equal(bounded.series.length, 64);
  assert.deepEqual(issues(bounded), ['too_many_keys: status.metrics']);
});

test('every metric in the catalog is exported with its labels and without secrets', () => {
  const identity = { namespace: 'default', name: 'x', uid: 'u' };
  const metrics = { metadata: identity, status: { metrics: [{ key: 'a"b\\c\nd', value: '1' }] } };
  const compared = [model('/output/train/1/model.pkl', { f1: [1] }), model('/models/deploy.pkl', { f1: [0.5] })];
  const steps: Step[] = [
    ['Train', 'Waiting', 0],
    ['Eval', 'Ready', 1, { input: { models: compared } }],
    ['Eval', 'Completed', 2, { output: { models: compared } }],
  ];
  const stores: Array<[KindName, object]> = [
    ['LifelongLearningJob', job('atcii', roundSteps(1))],
    ['IncrementalLearningJob', job('helmet', steps)],
    ['Model', metrics],
    ['JointInferenceService', metrics],
    ['FeatureExtractionService', metrics],
  ];
  const kinds = stores.map(([kind, object]) => {
    const objects = new ObjectStore(kind, () => assert.fail('no issues expected'));
    objects.put(object);
    return objects;
  });
  const text = [...renderFamilies(kinds.flatMap((objects) => objects.snapshot()))].join('');
  for (const { name, help, type, labels } of CLUSTER_METRICS) {
    assert.ok(text.includes(`# HELP ${name} ${help}\n`), name);
    assert.ok(text.includes(`# TYPE ${name} ${type === 'counter' ? 'counter' : 'gauge'}\n`), name);
    const lines = text.split('\n').filter((each) => each.startsWith(`${name}{`));
    const given = lines.flatMap((line) => [...line.matchAll(/([a-z_]+)="(?:[^"\\]|\\.)*"/g)].map(([, label]) => label));
    assert.deepEqual([...new Set(given)], ['namespace', 'name', 'kind', ...labels], name);
  }
  assert.ok(text.includes('sedna_model_metric{namespace="default",name="x",kind="Model",key="a\\"b\\\\c\\nd"} 1\n'));
  assert.doesNotMatch(text, /secret|lifelong-dataset/);
});

test('the number of series of a job does not grow with its history', () => {
  const count = (rounds: number) => {
    const objects = new ObjectStore('LifelongLearningJob', () => undefined);
    objects.put(job('j', Array.from({ length: rounds }, (_, index) => roundSteps(index + 1, index * 600)).flat()));
    return [...renderFamilies(objects.snapshot())]
      .join('')
      .split('\n')
      .filter((line) => line && !line.startsWith('#')).length;
  };
  assert.equal(count(1), 41);
  assert.equal(count(400), 41);
});
