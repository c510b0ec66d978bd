/** PromQL for custom resources, their workers and the nodes they run on. */
import { SEDNA_NAMESPACE, type KindName } from '../sedna/kinds';
import {
  buildTruncatedWorkerPodPatterns,
  buildTypedWorkerPodPattern,
  buildWorkerPodPattern,
} from '../sedna/kinds/workers';
import type { ObjectRef } from '../sedna/objectRef';
import { ageAtScrape, aggregate, buildAnySelector, filterActiveState, joinInfo, buildSelector } from './promql';
import {
  contains,
  equals,
  escapeRegex,
  formatLabelList,
  matches,
  noneOf,
  buildLabelValuesQuery,
  type LabelQuery,
  type Matcher,
} from './escape';

/** Which objects: all fields narrow, an absent one does not. */
export interface ObjectFilter {
  namespace?: string;
  /** Substring of the name, whatever its case. */
  text?: string;
}

const family = (kind: KindName, suffix: string) => `sedna_${kind.toLowerCase()}_${suffix}`;

function filterMatchers({ namespace, text }: ObjectFilter): Matcher[] {
  const matchers: Matcher[] = [];
  if (namespace) {
    matchers.push(equals('namespace', namespace));
  }
  if (text) {
    matchers.push(contains('name', text));
  }
  return matchers;
}

const refMatchers = ({ namespace, name }: ObjectRef) => [equals('namespace', namespace), equals('name', name)];

/** Every object that is collected, of any kind, one series each. */
export const allObjects = (filter: ObjectFilter = {}) =>
  buildAnySelector([matches('__name__', 'sedna_[a-z]+_info'), matches('kind', '.+'), ...filterMatchers(filter)]);

/** Objects of one kind with their descriptive labels. */
export const objectInfo = (kind: KindName, filter: ObjectFilter = {}) =>
  buildSelector(family(kind, 'info'), filterMatchers(filter));

/** Newest condition of each object: labels stage and condition. */
export const newestCondition = (kind: KindName, filter: ObjectFilter = {}) =>
  filterActiveState(buildSelector(family(kind, 'condition'), filterMatchers(filter)));

/** Unix time in seconds of the newest condition. */
export const lastTransition = (kind: KindName, filter: ObjectFilter = {}) =>
  buildSelector(family(kind, 'last_transition_timestamp_seconds'), filterMatchers(filter));

/** Newest condition of one object. */
export const objectCondition = (ref: ObjectRef) =>
  filterActiveState(buildSelector(family(ref.kind, 'condition'), refMatchers(ref)));

/** Unix time in seconds of the newest condition of one object. */
export const objectLastTransition = (ref: ObjectRef) =>
  buildSelector(family(ref.kind, 'last_transition_timestamp_seconds'), refMatchers(ref));

/** Description of one object. */
export const objectInfoByName = (ref: ObjectRef) => buildSelector(family(ref.kind, 'info'), refMatchers(ref));

/** Samples of one dataset. */
export const datasetSamples = (ref: ObjectRef) => buildSelector('sedna_dataset_samples', refMatchers(ref));

/** Unix time in seconds of the last report of one dataset or model. */
export const objectUpdateTime = (ref: ObjectRef) =>
  buildSelector(family(ref.kind, 'update_timestamp_seconds'), refMatchers(ref));

/** Clusters that share a Prometheus may have pods of one name. */
const ON_POD = ['cluster', 'namespace', 'pod'];
const WORKER_PODS = 'sedna:worker_pod_info';

/** Worker pods, one series each: labels pod, worker_type, node, and the job as kind, namespace, name. */
export const workerPods = (ref?: ObjectRef) =>
  buildSelector(WORKER_PODS, ref ? [equals('kind', ref.kind), ...refMatchers(ref)] : []);

/** Asks for the names of what has had worker pods, of one namespace or of all. */
export const workersByName = (namespace: string): LabelQuery =>
  buildLabelValuesQuery('name', [
    equals('__name__', WORKER_PODS),
    ...(namespace === '' ? [] : [equals('namespace', namespace)]),
  ]);

/** What a pod works for (labels kind, namespace, name), also where the pod is gone but was there within the range. */
export const podOwners = (namespace: string, pod: string) =>
  aggregate(
    'group',
    ['kind', 'namespace', 'name'],
    `last_over_time(${buildSelector(WORKER_PODS, [equals('namespace', namespace), equals('pod', pod)])}[$__range])`
  );

/** Phase of the worker pods of an object, one series a pod: labels pod, phase, worker_type, node. */
export const workerPhase = (ref: ObjectRef) =>
  joinInfo(
    filterActiveState(buildSelector('kube_pod_status_phase', [equals('namespace', ref.namespace)])),
    ON_POD,
    ['worker_type', 'node'],
    workerPods(ref)
  );

/** Worker pods of each job that failed within the last hour; Sedna keeps failed pods until the job is deleted. */
export const failedWorkers = () =>
  aggregate(
    'count',
    ['cluster', 'kind', 'namespace', 'name'],
    joinInfo(
      `${filterActiveState(buildSelector('kube_pod_status_phase', [equals('phase', 'Failed')]))} and on (${formatLabelList(ON_POD)}) ` +
        `${buildSelector('kube_pod_completion_time')} > time() - 3600`,
      ON_POD,
      ['kind', 'name'],
      workerPods()
    )
  );

/** Why worker containers wait, one series for each job and reason. */
export const waitingReasons = () =>
  aggregate(
    'max',
    ['cluster', 'kind', 'namespace', 'name', 'reason'],
    joinInfo(
      filterActiveState(
        buildAnySelector([
          matches('__name__', 'kube_pod(_init)?_container_status_waiting_reason'),
          noneOf('reason', ['ContainerCreating', 'PodInitializing']),
        ])
      ),
      ON_POD,
      ['kind', 'name'],
      workerPods()
    )
  );

/**
 * What worker pods tell of the objects that own them: why containers wait (label reason), and how many pods failed of
 * late (no reason).
 */
export const unhealthyWorkers = () => `${waitingReasons()} or ${failedWorkers()}`;

/** Objects and pods with a text in their names, in one query: pods have the label pod, objects kind and name. */
export const objectsMatchingName = (text: string) =>
  `${allObjects({ text })} or ${buildSelector('kube_pod_info', [contains('pod', text)])}`;

/**
 * Nodes: their roles (label role, one series each), and how old their lease was (s, label lease) when it was last
 * scraped, which is how old what they report may be.
 */
export const nodes = () => {
  const lease = buildSelector('kube_lease_renew_time', [equals('namespace', 'kube-node-lease')]);
  return `kube_node_role or (${ageAtScrape(lease)})`;
};

/** Whether the components of Sedna run. */
export const componentPhase = () =>
  filterActiveState(buildSelector('kube_pod_status_phase', [equals('namespace', SEDNA_NAMESPACE)]));

/**
 * Pods that the workers of a job or service run in, of whatever kind, by how they are named. A name that is cut off
 * within itself (beyond 58 characters) cannot be told from another with the same start.
 */
export const workerPodsByName = (job: string): Matcher =>
  matches(
    'pod',
    [buildWorkerPodPattern(escapeRegex(job)), ...buildTruncatedWorkerPodPatterns(job, escapeRegex)].join('|')
  );

/** Pods that workers of one type run in, of one job or of any; where a long name has cut the type off, of none. */
export const workerPodsByType = (type: string, job?: string): Matcher =>
  matches('pod', buildTypedWorkerPodPattern(job === undefined ? '.+' : escapeRegex(job), type));

/**
 * Pods that the workers of any job run in. By the name alone, other pods that are called like one (`x-edge-x7k2p` of a
 * DaemonSet) count, and those whose worker type was cut off a long name do not.
 */
export const anyWorkerPod = (): Matcher => matches('pod', buildWorkerPodPattern('.+'));
