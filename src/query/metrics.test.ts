import { findMetric, SYSTEM_METRICS } from '../sedna/catalog';
import { ANY_METRIC_TARGET, type MetricTarget } from '../sedna/catalog/metricTarget';
import {
  buildChoicesQuery,
  getVisualization,
  hasRounds,
  countSeries,
  buildMetricExpression,
  buildMetricNamesQuery,
  hasJobNames,
  newestSamples,
  roundNumbers,
  sampleCounts,
  stageConditions,
  stateNumbers,
  buildAlertExpression,
} from './metrics';

const ANY: MetricTarget = ANY_METRIC_TARGET;
const DOG: MetricTarget = { kind: '', namespace: 'robots', names: ['dog'] };
const JOB: MetricTarget = { ...DOG, kind: 'LifelongLearningJob' };

it.each([
  ['sedna_lifelonglearningjob_condition', 'states'],
  ['sedna_job_model_info', 'table'],
  ['sedna_dataset_samples', 'series'],
  ['sedna_custom_Recall', 'series'],
])('draws %s as %s', (name, drawing) => expect(getVisualization(findMetric(name))).toBe(drawing));

describe('the expression', () => {
  it.each([
    ['a number as it is', 'sedna_dataset_samples', 'sedna_dataset_samples{namespace="robots", name="dog"}'],
    [
      'states that are on',
      'sedna_lifelonglearningjob_condition',
      'sedna_lifelonglearningjob_condition{namespace="robots", name="dog"} == 1',
    ],
    [
      'the growth of a counter of events',
      'sedna_exporter_errors_total',
      '(sedna_exporter_errors_total{namespace="robots", name="dog"} - sedna_exporter_errors_total{namespace="robots", name="dog"} offset $__interval >= 0) or ' +
        '(sedna_exporter_errors_total{namespace="robots", name="dog"} - min_over_time(sedna_exporter_errors_total{namespace="robots", name="dog"}[$__interval]))',
    ],
    [
      'the rate of a counter of seconds',
      'container_cpu_usage_seconds_total',
      'rate(container_cpu_usage_seconds_total{namespace="robots", name="dog"}[$__rate_interval])',
    ],
    [
      'the age of a time',
      'sedna_dataset_update_timestamp_seconds',
      'time() - sedna_dataset_update_timestamp_seconds{namespace="robots", name="dog"}',
    ],
    [
      'of what comes seldom the last sample of a step',
      'sedna_custom_Recall',
      'last_over_time(sedna_custom_Recall{namespace="robots", name="dog"}[$__rate_interval])',
    ],
  ])('shows %s', (_, name, expected) => expect(buildMetricExpression(name, { target: DOG })).toBe(expected));

  it('is of all where nothing is chosen, and of several that are compared', () => {
    expect(buildMetricExpression('sedna_dataset_samples', { target: ANY })).toBe('sedna_dataset_samples');
    expect(buildMetricExpression('sedna_dataset_samples', { target: { ...ANY, names: ['a.b', 'c'] } })).toBe(
      'sedna_dataset_samples{name=~"a\\\\.b|c"}'
    );
  });

  it('names the kind where the metric has it', () => {
    expect(buildMetricExpression('sedna_job_round', { target: JOB })).toBe(
      'sedna_job_round{kind="LifelongLearningJob", namespace="robots", name="dog"}'
    );
  });

  it.each([
    ['Pod', 'sedna_log_error_lines_per_minute', 'pod="dog"'],
    ['Node', 'sedna_log_local_controller_connected', 'node="dog"'],
    ['Node', 'kube_lease_renew_time', 'lease="dog"'],
    ['Task', 'sedna_knowledge_base_task_samples', 'task="dog"'],
  ] as const)('finds a %s by its label in %s', (kind, metric, matcher) =>
    expect(buildMetricExpression(metric, { target: { kind, namespace: '', names: ['dog'] } })).toContain(`{${matcher}}`)
  );

  it('of a node has no namespace, which it is in none of', () => {
    const target: MetricTarget = { kind: 'Node', namespace: 'robots', names: [] };
    expect(buildMetricExpression('sedna_log_local_controller_connected', { target })).not.toContain('robots');
  });

  it('breaks down by a label', () =>
    expect(buildMetricExpression('sedna_dataset_samples', { target: ANY, by: 'namespace', aggregation: 'max' })).toBe(
      'max by (namespace) (sedna_dataset_samples)'
    ));

  it('is the same at an earlier time', () => {
    expect(buildMetricExpression('sedna_dataset_samples', { target: ANY, before: 3600 })).toBe(
      'sedna_dataset_samples offset 3600s'
    );
    expect(buildMetricExpression('sedna_exporter_errors_total', { target: ANY, before: 60 })).toBe(
      `last_over_time((${buildMetricExpression('sedna_exporter_errors_total', { target: ANY })})[1s:1s] offset 60s)`
    );
    expect(buildMetricExpression('container_cpu_usage_seconds_total', { target: ANY, before: 60 })).toBe(
      'rate(container_cpu_usage_seconds_total[$__rate_interval] offset 60s)'
    );
    expect(buildMetricExpression('sedna_dataset_update_timestamp_seconds', { target: ANY, before: 60 })).toBe(
      'time() - sedna_dataset_update_timestamp_seconds offset 60s - 60'
    );
  });

  it('keeps the highest where there are too many', () =>
    expect(buildMetricExpression('sedna_dataset_samples', { target: ANY, top: 2 })).toBe(
      '(sedna_dataset_samples) and topk(2, last_over_time(sedna_dataset_samples[$__range] @ end()))'
    ));

  it('draws one line of what pods of a job told one after the other', () => {
    const line = 'max without (pod) (sedna:task_score)';
    expect(buildMetricExpression('sedna:task_score', { target: ANY })).toBe(line);
    expect(buildMetricExpression('sedna:task_score', { target: ANY, top: 2 })).toBe(
      `(${line}) and topk(2, max without (pod) (last_over_time(sedna:task_score[$__range] @ end())))`
    );
    expect(buildMetricExpression('sedna:task_sample_dir_info', { target: ANY })).toBe('sedna:task_sample_dir_info');
  });

  it('keeps all pods of a line over rounds, in each of which another one works', () => {
    const name = 'sedna:task_duration_seconds';
    expect(buildMetricExpression(name, { target: ANY, byRound: true, top: 2 })).toBe(
      `(${name}) and ignoring (pod) topk(2, max without (pod) (last_over_time(${name}[$__range] @ end())))`
    );
    expect(countSeries(name, { target: ANY, byRound: true })).toBe(
      `count (max without (pod) (last_over_time(${name}[$__range])))`
    );
  });

  it('keeps whole objects where there are too many states', () =>
    expect(buildMetricExpression('sedna_reidjob_phase', { target: ANY, top: 2 })).toBe(
      '(sedna_reidjob_phase == 1) and on (cluster, namespace, name, kind) (topk(2, max by (cluster, namespace, name, kind) (sedna_reidjob_phase @ end() == 1 or (max_over_time(sedna_reidjob_phase[$__range] @ end()) == 1) * 0)))'
    ));

  it('takes any name in a URL as the name of a metric', () =>
    expect(buildMetricExpression('up) or vector(1', { target: { kind: '', namespace: '"}', names: ['$x'] } })).toBe(
      'last_over_time({__name__="up) or vector(1", namespace="\\"}", name="\\u0024x"}[$__rate_interval])'
    ));
});

describe('counts the lines that would be drawn', () => {
  it.each([
    [
      'series, also those that have ended',
      'sedna_dataset_samples',
      undefined,
      'count (last_over_time(sedna_dataset_samples[$__range]))',
    ],
    [
      'what the newest pod of a job told, whichever it was',
      'sedna:task_score',
      undefined,
      'count (max without (pod) (last_over_time(sedna:task_score[$__range])))',
    ],
    [
      'groups',
      'sedna_dataset_samples',
      'namespace',
      'count (count by (namespace) (last_over_time(sedna_dataset_samples[$__range])))',
    ],
    [
      'objects that had a state',
      'sedna_reidjob_phase',
      undefined,
      'count (count by (cluster, namespace, name, kind) (max_over_time(sedna_reidjob_phase[$__range]) == 1))',
    ],
  ])('%s', (_, name, by, expression) => expect(countSeries(name, { target: ANY, by })).toBe(expression));
});

it('counts the samples of each series', () =>
  expect(sampleCounts('sedna_custom_Recall', { target: DOG })).toBe(
    'count_over_time(sedna_custom_Recall{namespace="robots", name="dog"}[$__range])'
  ));

it('asks for the newest samples of several metrics at once', () =>
  expect(newestSamples(['up', 'sedna_job_round'], ANY)).toBe(
    'label_replace(max (timestamp({__name__="up"})), "metric", "up", "", "") or ' +
      'label_replace(max (timestamp(sedna_job_round)), "metric", "sedna_job_round", "", "")'
  ));

describe('names of metrics', () => {
  it('are ours and those of nodes and pods, of everything or of one', () => {
    const ours = ['sedna[_:].+', ...SYSTEM_METRICS.map(({ name }) => name)].join('|');
    expect(buildMetricNamesQuery()).toEqual({ label: '__name__', selector: `{__name__=~"${ours}"}` });
    expect(buildMetricNamesQuery(DOG).selector).toBe(`{__name__=~"${ours}", namespace="robots", name="dog"}`);
  });

  it('are all that there are, or all that one has', () => {
    expect(buildMetricNamesQuery(ANY, true)).toEqual({ label: '__name__' });
    expect(buildMetricNamesQuery(DOG, true)).toEqual({
      label: '__name__',
      selector: '{namespace="robots", name="dog"}',
    });
  });
});

it('asks for what can be chosen: of a metric, or all there are of a kind', () => {
  expect(buildChoicesQuery('sedna_dataset_samples', 'namespace', DOG)).toEqual({
    label: 'namespace',
    selector: 'sedna_dataset_samples',
  });
  expect(buildChoicesQuery('sedna_dataset_samples', 'name', DOG)).toEqual({
    label: 'name',
    selector: 'sedna_dataset_samples{namespace="robots"}',
  });
  expect(buildChoicesQuery('', 'name', { ...DOG, kind: 'Pod' })).toEqual({
    label: 'pod',
    selector: '{__name__="sedna:worker_pod_info", namespace="robots"}',
  });
  expect(buildChoicesQuery('', 'name', { ...ANY, kind: 'ReidJob' }).selector).toBe('{__name__="sedna_reidjob_info"}');
});

it('asks for stage changes of jobs that are named, and of nothing else', () => {
  expect(hasJobNames(JOB)).toBe(true);
  expect(hasJobNames(DOG)).toBe(true);
  expect(hasJobNames({ ...DOG, names: [] })).toBe(false);
  expect(hasJobNames({ ...DOG, kind: 'Dataset' })).toBe(false);
  expect(stageConditions(JOB)).toBe(
    '{__name__=~"sedna_lifelonglearningjob_condition|sedna_incrementallearningjob_condition", namespace="robots", name="dog"} == 1'
  );
});

describe('rounds', () => {
  it.each([
    ['a job', JOB, 'sedna_job_round{kind="LifelongLearningJob", namespace="robots", name="dog"}'],
    ['anything of a name', DOG, 'sedna_job_round{namespace="robots", name="dog"}'],
    ['a task', { ...DOG, kind: 'Task' }, 'sedna_job_round{namespace="robots"}'],
    ['a pod', { ...DOG, kind: 'Pod' }, 'sedna_job_round{namespace="robots"}'],
    ['a node', { ...ANY, kind: 'Node', names: ['edge'] }, 'sedna_job_round'],
  ] as Array<[string, MetricTarget, string]>)('of %s are those of its jobs', (_, target, expression) =>
    expect(roundNumbers(target)).toBe(expression)
  );

  it.each([
    ['sedna:task_score', ANY, true],
    ['sedna_lifelonglearningjob_train_probability', ANY, true],
    ['sedna:task_duration_seconds', { ...ANY, kind: 'Pod' }, true],
    ['sedna_federatedlearningjob_active_workers', ANY, false],
    ['sedna:workers:active', { ...ANY, kind: 'FederatedLearningJob' }, false],
    ['sedna_dataset_samples', ANY, false],
    ['sedna_job_model_info', ANY, false],
  ] as Array<[string, MetricTarget, boolean]>)('may be had of %s', (name, target, expected) =>
    expect(hasRounds(name, target)).toBe(expected)
  );
});

it('gives the states of an object as numbers', () => {
  const status = findMetric('sedna_lifelonglearningjob_status')!;
  expect(stateNumbers(status, { target: DOG })).toBe(
    'max by (cluster, namespace, name, kind) (' +
      status
        .states!.values.map(
          (value, index) =>
            `(sedna_lifelonglearningjob_status{namespace="robots", name="dog", status="${value}"} == 1) * ${index + 1}`
        )
        .join(' or ') +
      ')'
  );
  expect(stateNumbers(status, { target: ANY, top: 50 })).toContain(
    'topk(50, max by (cluster, namespace, name, kind) (sedna_lifelonglearningjob_status @ end() == 1 or (max_over_time(sedna_lifelonglearningjob_status[$__range] @ end()) == 1) * 0))'
  );
});

it.each([
  [
    'of states those that are bad',
    'sedna_lifelonglearningjob_condition',
    'sedna_lifelonglearningjob_condition{namespace="robots", name="dog", condition="Failed"} == 1',
  ],
  ['a number as it is shown', 'sedna_dataset_samples', 'sedna_dataset_samples{namespace="robots", name="dog"}'],
])('lets an alert rule watch %s', (_, name, expression) =>
  expect(buildAlertExpression(name, { target: DOG })).toBe(expression)
);
