import { findMetric, type Metric } from '.';
import { isMetricOfKind, isAnyMetricTarget, getNameLabel } from './metricTarget';

const metric = (name: string) => findMetric(name) as Metric;

it.each([
  ['', 'sedna_dataset_samples', true],
  ['LifelongLearningJob', 'sedna_lifelonglearningjob_condition', true],
  ['LifelongLearningJob', 'sedna_incrementallearningjob_condition', false],
  ['LifelongLearningJob', 'sedna_job_round', true],
  ['LifelongLearningJob', 'sedna:workers:total', true],
  ['JointInferenceService', 'sedna_job_round', false],
  ['Dataset', 'sedna_dataset_samples', true],
  ['Dataset', 'sedna:dataset_read', true],
  ['Dataset', 'sedna_model_info', false],
  ['Pod', 'sedna_log_error_lines_per_minute', true],
  ['Pod', 'sedna_dataset_samples', false],
  ['Node', 'sedna_log_local_controller_connected', true],
  ['Node', 'sedna:worker_pod_info', true],
  ['Task', 'sedna:task_score', true],
  ['KnowledgeBase', 'sedna_knowledge_base_up', true],
  ['KnowledgeBase', 'sedna_job_round', false],
] as const)('of kind %j is %s: %s', (kind, name, expected) =>
  expect(isMetricOfKind(kind, metric(name))).toBe(expected)
);

it('finds each by the label that its series have', () => {
  expect(getNameLabel('Dataset')).toBe('name');
  expect(getNameLabel('Node', metric('kube_lease_renew_time'))).toBe('lease');
  expect(getNameLabel('KnowledgeBase')).toBeUndefined();
});

it('is anything as long as neither namespace nor name is chosen', () => {
  expect(isAnyMetricTarget({ kind: 'Pod', namespace: '', names: [] })).toBe(true);
  expect(isAnyMetricTarget({ kind: '', namespace: 'robots', names: [] })).toBe(false);
});
