import { CUSTOM_METRIC_PREFIX, findMetric, METRICS } from '.';
import { KIND_NAMES } from '../kinds';
import { FEATURES } from './features';
import { PROPOSAL_TABLES } from './proposal';

const names = METRICS.map(({ name }) => name);
const ofType = (type: string) => METRICS.filter((metric) => metric.type === type).map(({ name }) => name);

const PROPOSAL = PROPOSAL_TABLES.map(({ table, rows }) => [table, rows.map(({ metric }) => metric)] as const);

it('knows all 35 rows of the proposal', () => expect(PROPOSAL.flatMap(([, metrics]) => metrics)).toHaveLength(35));

it.each(PROPOSAL.flatMap(([table, metrics]) => metrics.map((metric) => [table, metric] as const)))(
  'answers table %i: %s',
  (table, wanted) => {
    const answers = METRICS.flatMap(({ proposal = [] }) => proposal);
    expect(answers).toContainEqual({ table, metric: wanted });
  }
);

it('says for each row that Sedna does not record where it can come from, and so do the metrics that answer it', () => {
  const rows = PROPOSAL_TABLES.flatMap(({ table, rows }) => rows.map((row) => ({ table, ...row })));
  const missing = rows.filter(({ notRecorded }) => notRecorded);
  expect(missing.map(({ metric }) => metric)).toEqual([
    'InferenceDoneNumber',
    'InferenceReadyNumber',
    'InferenceErrorNumber',
    'InferenceRate',
    'TaskModelBaseModelPath',
  ]);
  for (const { table, metric, notRecorded } of missing) {
    const answers = METRICS.filter(({ proposal = [] }) =>
      proposal.some((each) => each.table === table && each.metric === metric)
    );
    expect(answers.map((answer) => answer.notRecorded)).toEqual(answers.map(() => notRecorded));
  }
});

it('answers nothing that the proposal does not ask for', () => {
  const asked = PROPOSAL.flatMap(([table, metrics]) => metrics.map((metric) => `${table} ${metric}`));
  const answered = METRICS.flatMap(({ proposal = [] }) => proposal.map(({ table, metric }) => `${table} ${metric}`));
  expect(answered.filter((each) => !asked.includes(each))).toEqual([]);
});

/** Every name that the design gives to a metric; a better one would have to come with a change here. */
it.each([
  'sedna_lifelonglearningjob_status',
  'sedna_lifelonglearningjob_condition',
  'sedna_lifelonglearningjob_train_probability',
  'sedna_dataset_samples',
  'sedna_log_stage_samples',
  'sedna:stage_samples',
  'sedna_model_metric',
  'sedna:tasks:active',
  'sedna:tasks:total',
  'sedna:task_info',
  'sedna:task_start_timestamp_seconds',
  'sedna:task_duration_seconds',
  'sedna:workers:active',
  'sedna:workers:total',
  'sedna:worker_info',
  'sedna_log_inference_samples_per_minute',
  'sedna:inference_samples',
  'sedna:inference_rate:percent',
  'sedna:knowledge_base_info',
  'sedna_knowledge_base_known_tasks',
  'sedna_knowledge_base_task_group_model_info',
  'sedna_knowledge_base_task_samples',
  'sedna_log_task_sample_dir_info',
  'sedna_job_model_info',
  'sedna_knowledge_base_task_relation',
  'sedna_knowledge_base_task_info',
  'sedna_log_task_score',
  'sedna_job_eval_metric',
  'sedna_log_task_deployable',
  'sedna_job_deploy_status',
  'sedna_log_deploy_errors_per_minute',
  'sedna:job_deploy_status',
  'sedna_job_round',
  'sedna_job_condition_transitions_total',
  'sedna_job_stage_duration_seconds',
  'sedna_job_last_transition_timestamp_seconds',
  'sedna_job_trigger_info',
  'sedna_job_trigger_threshold',
  'sedna_knowledge_base_up',
])('has %s', (name) => expect(findMetric(name)).toMatchObject({ name, help: expect.stringMatching(/^[A-Z].+\.$/) }));

it('finds nothing under another name', () => {
  expect(['', 'sedna_dataset', 'toString', '__proto__'].map(findMetric)).toEqual(Array(4).fill(undefined));
});

describe('names', () => {
  it('are given once', () => expect(new Set(names).size).toBe(names.length));

  it('are those of Prometheus, with a prefix of ours', () =>
    expect(names.filter((name) => !/^sedna(_[a-z0-9_]+|:[a-z0-9_]+(:[a-z0-9_]+)?)$/.test(name))).toEqual([]));

  it('have a colon if and only if a recording rule makes them', () =>
    expect(names.filter((name) => name.includes(':'))).toEqual(
      METRICS.filter(({ source }) => source === 'recording-rule').map(({ name }) => name)
    ));

  /** A recorded step that only other rules read. */
  const STEPS = ['sedna:worker_pod:owned'];

  it.each([
    ['counter', '_total'],
    ['info', '_info'],
    ['timestamp', '_timestamp_seconds'],
  ])('of type %s, and no other, end with %s', (type, end) =>
    expect(names.filter((name) => name.endsWith(end))).toEqual(ofType(type).filter((name) => !STEPS.includes(name)))
  );

  it('of seconds say so', () => {
    const seconds = METRICS.filter(({ unit }) => unit === 'seconds').map(({ name }) => name);
    expect(names.filter((name) => name.endsWith('_seconds'))).toEqual(seconds);
  });

  it('of families that kube-state-metrics makes carry their kind, so that no two kinds share one', () =>
    expect(
      METRICS.filter(({ source }) => source === 'kube-state-metrics')
        .map(({ name }) => name)
        .filter((name) => !KIND_NAMES.some((kind) => name.startsWith(`sedna_${kind.toLowerCase()}_`)))
    ).toEqual([]));

  it('leave those of custom metrics free', () =>
    expect(names.filter((name) => name.startsWith(CUSTOM_METRIC_PREFIX))).toEqual([]));
});

describe('labels', () => {
  it('are names of Prometheus and given once', () => {
    for (const { name, labels } of METRICS) {
      expect([name, labels.filter((label) => !/^[a-z][a-z0-9_]*$/.test(label))]).toEqual([name, []]);
      expect([name, new Set(labels).size]).toEqual([name, labels.length]);
    }
  });

  it('do not repeat what every series of a component has', () =>
    expect(
      METRICS.filter(({ labels }) => labels.some((label) => ['namespace', 'name', 'kind', 'cluster'].includes(label)))
    ).toEqual([]));

  it('hold the state of every state set, and of nothing else', () => {
    for (const { name, type, labels, states } of METRICS) {
      expect([name, states !== undefined]).toEqual([name, type === 'stateset']);
      expect([name, states === undefined || labels.includes(states.label)]).toEqual([name, true]);
      expect([name, new Set(states?.values).size]).toEqual([name, states?.values.length ?? 0]);
    }
  });
});

it.each(Object.entries(FEATURES).flatMap(([kind, rows]) => rows.map((row) => [kind, row.asked, row] as const)))(
  'of a %s answers %s with a metric that there is, or says why there is none',
  (_, __, { metric, note }) => {
    if (metric === undefined) {
      expect(note).toBeTruthy();
    } else {
      expect(findMetric(metric)).toBeDefined();
    }
  }
);
