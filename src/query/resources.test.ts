import {
  allObjects,
  componentPhase,
  failedWorkers,
  lastTransition,
  objectsMatchingName,
  newestCondition,
  nodes,
  objectCondition,
  objectInfo,
  objectInfoByName,
  objectLastTransition,
  objectUpdateTime,
  datasetSamples,
  waitingReasons,
  workerPhase,
  workerPods,
  unhealthyWorkers,
} from './resources';
import { RECORDED_RULES } from '../sedna/diagnosis/rules/recorded';
import type { ObjectRef } from '../sedna/objectRef';

const job: ObjectRef = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' };
const dataset: ObjectRef = { kind: 'Dataset', namespace: 'robots', name: 'steps' };
const hostile = { namespace: 'a"} or up{x="', text: 'dog.*|$all' };

describe('all objects of a kind', () => {
  it.each([
    [objectInfo('Model'), 'sedna_model_info'],
    [objectInfo('LifelongLearningJob', { namespace: 'robots' }), 'sedna_lifelonglearningjob_info{namespace="robots"}'],
    [newestCondition('LifelongLearningJob'), 'sedna_lifelonglearningjob_condition == 1'],
    [
      newestCondition('IncrementalLearningJob', { namespace: 'robots', text: 'dog' }),
      'sedna_incrementallearningjob_condition{namespace="robots", name=~"(?i).*dog.*"} == 1',
    ],
    [lastTransition('LifelongLearningJob'), 'sedna_lifelonglearningjob_last_transition_timestamp_seconds'],
  ])('%s', (query, expected) => expect(query).toBe(expected));
});

describe('one object', () => {
  it.each([
    [objectInfoByName(job), 'sedna_lifelonglearningjob_info{namespace="robots", name="dog"}'],
    [objectCondition(job), 'sedna_lifelonglearningjob_condition{namespace="robots", name="dog"} == 1'],
    [
      objectLastTransition(job),
      'sedna_lifelonglearningjob_last_transition_timestamp_seconds{namespace="robots", name="dog"}',
    ],
    [datasetSamples(dataset), 'sedna_dataset_samples{namespace="robots", name="steps"}'],
    [objectUpdateTime(dataset), 'sedna_dataset_update_timestamp_seconds{namespace="robots", name="steps"}'],
  ])('%s', (query, expected) => expect(query).toBe(expected));
});

describe('search by name', () => {
  it('looks at objects of every kind, and at nothing else that is called info', () =>
    expect(allObjects({ text: 'Dog' })).toBe('{__name__=~"sedna_[a-z]+_info", kind=~".+", name=~"(?i).*Dog.*"}'));

  it('looks at the names of pods in the same query', () =>
    expect(objectsMatchingName('dog')).toBe(
      '{__name__=~"sedna_[a-z]+_info", kind=~".+", name=~"(?i).*dog.*"} or kube_pod_info{pod=~"(?i).*dog.*"}'
    ));

  it('takes what is typed as text', () => {
    expect(allObjects(hostile)).toBe(
      '{__name__=~"sedna_[a-z]+_info", kind=~".+", namespace="a\\"} or up{x=\\"", ' +
        'name=~"(?i).*dog\\\\.\\\\*\\\\|\\\\\\u0024all.*"}'
    );
  });
});

describe('workers', () => {
  const WORKERS = 'sedna:worker_pod_info{kind="LifelongLearningJob", namespace="robots", name="dog"}';

  it('are those of one object, not of another kind with its name', () => {
    expect(workerPods(job)).toBe(WORKERS);
    expect(workerPods()).toBe('sedna:worker_pod_info');
  });

  it('have a phase', () =>
    expect(workerPhase(job)).toBe(
      '(kube_pod_status_phase{namespace="robots"} == 1) * on (cluster, namespace, pod) ' +
        `group_left (worker_type, node) ${WORKERS}`
    ));

  it('that failed within an hour are counted by job', () =>
    expect(failedWorkers()).toBe(
      'count by (cluster, kind, namespace, name) ((kube_pod_status_phase{phase="Failed"} == 1 ' +
        'and on (cluster, namespace, pod) kube_pod_completion_time > time() - 3600) * ' +
        'on (cluster, namespace, pod) group_left (kind, name) sedna:worker_pod_info)'
    ));

  it('that wait say why, in their init containers too', () =>
    expect(waitingReasons()).toBe(
      'max by (cluster, kind, namespace, name, reason) ' +
        '(({__name__=~"kube_pod(_init)?_container_status_waiting_reason", ' +
        'reason!~"ContainerCreating|PodInitializing"} == 1) * ' +
        'on (cluster, namespace, pod) group_left (kind, name) sedna:worker_pod_info)'
    ));
});

describe('signs of unhealthy objects', () => {
  it('are asked for at once', () => {
    const query = unhealthyWorkers();
    for (const part of [waitingReasons(), failedWorkers(), 'group by (cluster) (sedna:job_info)']) {
      expect(query.split(' or ').join('|')).toContain(part.split(' or ').join('|'));
    }
  });

  it.each(RECORDED_RULES.map(({ id, holdFor }) => [id, holdFor] as const))(
    'include the finding %s if it has held for %d seconds',
    (id, holdFor) => {
      const held = [...unhealthyWorkers().matchAll(/sedna:finding\{rule=~"([^"]+)"\} offset (\d+)s/g)];
      expect(held.filter(([, rules]) => rules.split('|').includes(id)).map(([, , offset]) => offset)).toEqual([
        String(holdFor),
      ]);
    }
  );
});

it('reads the roles of nodes and the age of their leases when they were scraped', () =>
  expect(nodes()).toBe(
    'kube_node_role or (timestamp(kube_lease_renew_time{namespace="kube-node-lease"}) - ' +
      'kube_lease_renew_time{namespace="kube-node-lease"})'
  ));

it("reads the phase of Sedna's own pods", () =>
  expect(componentPhase()).toBe('max by (cluster, pod, phase) (kube_pod_status_phase{namespace="sedna"} == 1)'));
