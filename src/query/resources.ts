/** PromQL for custom resources, their workers, and the nodes they run on. */
import type { RecordedRule } from '../sedna/diagnosis/rule';
import { RECORDED_RULES } from '../sedna/diagnosis/rules/recorded';
import { SEDNA_NAMESPACE, type KindName } from '../sedna/kinds';
import {
  ANY_WORKER_POD_PATTERN,
  buildTruncatedWorkerPodPatterns,
  buildTypedWorkerPodPattern,
  buildWorkerPodPattern,
} from '../sedna/kinds/workers';
import type { ObjectRef } from '../sedna/objectRef';
import {
  ageAtScrape,
  aggregate,
  andOn,
  buildAnySelector,
  filterActiveState,
  joinInfo,
  buildSelector,
  union,
  withLabel,
} from './promql';
import {
  contains,
  equals,
  escapeRegex,
  formatLabelList,
  matches,
  noneOf,
  oneOf,
  buildLabelValuesQuery,
  type LabelQuery,
  type Matcher,
} from './escape';

/** Filters objects. An absent field allows all. */
export interface ObjectFilter {
  namespace?: string;
  /** Substring of the name, ignoring case. */
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

/** Returns all collected objects of any kind, one series each. */
export const allObjects = (filter: ObjectFilter = {}) =>
  buildAnySelector([matches('__name__', 'sedna_[a-z]+_info'), matches('kind', '.+'), ...filterMatchers(filter)]);

/** Returns the objects of one kind with their descriptive labels. */
export const objectInfo = (kind: KindName, filter: ObjectFilter = {}) =>
  buildSelector(family(kind, 'info'), filterMatchers(filter));

/** Returns the newest condition of each object (labels stage and condition). */
export const newestCondition = (kind: KindName, filter: ObjectFilter = {}) =>
  filterActiveState(buildSelector(family(kind, 'condition'), filterMatchers(filter)));

/** Returns the Unix time in seconds of each object's newest condition. */
export const lastTransition = (kind: KindName, filter: ObjectFilter = {}) =>
  buildSelector(family(kind, 'last_transition_timestamp_seconds'), filterMatchers(filter));

/** Returns the newest condition of one object. */
export const objectCondition = (ref: ObjectRef) =>
  filterActiveState(buildSelector(family(ref.kind, 'condition'), refMatchers(ref)));

/** Returns the Unix time in seconds of one object's newest condition. */
export const objectLastTransition = (ref: ObjectRef) =>
  buildSelector(family(ref.kind, 'last_transition_timestamp_seconds'), refMatchers(ref));

/** Returns the info series of one object. */
export const objectInfoByName = (ref: ObjectRef) => buildSelector(family(ref.kind, 'info'), refMatchers(ref));

/** Returns the number of samples of one dataset. */
export const datasetSamples = (ref: ObjectRef) => buildSelector('sedna_dataset_samples', refMatchers(ref));

/** Returns the Unix time in seconds of the last report of one dataset or model. */
export const objectUpdateTime = (ref: ObjectRef) =>
  buildSelector(family(ref.kind, 'update_timestamp_seconds'), refMatchers(ref));

/** Clusters that share a Prometheus may have pods of the same name. */
const ON_POD = ['cluster', 'namespace', 'pod'];
const WORKER_PODS = 'sedna:worker_pod_info';

/** Returns worker pods, one series each: labels pod, worker_type, node, and kind, namespace, name of the owner. */
export const workerPods = (ref?: ObjectRef) =>
  buildSelector(WORKER_PODS, ref ? [equals('kind', ref.kind), ...refMatchers(ref)] : []);

/**
 * Builds a query for the names of objects that have had worker pods.
 * @param namespace - empty for all
 */
export const workersByName = (namespace: string): LabelQuery =>
  buildLabelValuesQuery('name', [
    equals('__name__', WORKER_PODS),
    ...(namespace === '' ? [] : [equals('namespace', namespace)]),
  ]);

/** Returns the object that a pod works for (labels kind, namespace, name), even if the pod is gone within the range. */
export const podOwners = (namespace: string, pod: string) =>
  aggregate(
    'group',
    ['kind', 'namespace', 'name'],
    `last_over_time(${buildSelector(WORKER_PODS, [equals('namespace', namespace), equals('pod', pod)])}[$__range])`
  );

/** Returns the phase of an object's worker pods, one series for each pod: labels pod, phase, worker_type, node. */
export const workerPhase = (ref: ObjectRef) =>
  joinInfo(
    filterActiveState(buildSelector('kube_pod_status_phase', [equals('namespace', ref.namespace)])),
    ON_POD,
    ['worker_type', 'node'],
    workerPods(ref)
  );

/** Counts the worker pods of each job that failed in the last hour. Sedna keeps failed pods until the job is deleted. */
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

/** Returns the reasons for which worker containers wait, one series for each job and reason. */
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
 * Returns the findings that Prometheus recorded (label rule): those about objects, again with the label held if they have
 * held for as long as their rules ask for, and those about the sources of the exporter.
 */
function recordedFindings(): string {
  const ON_RULE = ['cluster', 'kind', 'namespace', 'name', 'rule'];
  const select = (rules: readonly RecordedRule[]) =>
    buildSelector('sedna:finding', [
      oneOf(
        'rule',
        rules.map(({ id }) => id)
      ),
    ]);
  const held = [...new Set(RECORDED_RULES.map(({ holdFor }) => holdFor))].map((seconds) => {
    const findings = select(RECORDED_RULES.filter(({ holdFor }) => holdFor === seconds));
    return andOn(findings, ON_RULE, `${findings} offset ${seconds}s`);
  });
  return union([
    aggregate(
      'group',
      ON_RULE,
      union([select(RECORDED_RULES), buildSelector('sedna:finding', [equals('rule', 'exporter-stale')])])
    ),
    withLabel(aggregate('group', ON_RULE, union(held)), 'held', 'true'),
  ]);
}

/** Returns a series for each cluster in which Prometheus records findings: the same file of rules records this, too. */
const findingsKnown = () => aggregate('group', ['cluster'], buildSelector('sedna:job_info'));

/**
 * Returns signs of unhealthy objects: reasons for which containers wait (label reason), recorded findings (labels rule and held), and
 * the count of recently failed pods (neither), by owner; and the clusters in which findings are recorded (no kind).
 */
export const unhealthyWorkers = () => union([waitingReasons(), recordedFindings(), findingsKnown(), failedWorkers()]);

/** Returns objects (labels kind and name) and pods (label pod) whose name contains a text. */
export const objectsMatchingName = (text: string) =>
  `${allObjects({ text })} or ${buildSelector('kube_pod_info', [contains('pod', text)])}`;

/**
 * Returns the roles of nodes (label role, one series each), and the age in seconds of their leases at the last scrape
 * (label lease), which bounds the age of the data that they report.
 */
export const nodes = () => {
  const lease = buildSelector('kube_lease_renew_time', [equals('namespace', 'kube-node-lease')]);
  return `kube_node_role or (${ageAtScrape(lease)})`;
};

/** Returns the pod phases of Sedna's components. */
export const componentPhase = () =>
  aggregate(
    'max',
    ['cluster', 'pod', 'phase'],
    filterActiveState(buildSelector('kube_pod_status_phase', [equals('namespace', SEDNA_NAMESPACE)]))
  );

/**
 * Matches the worker pods of an object of any kind by their names. A name of more than 58 characters is cut off and can't
 * be distinguished from another with the same start.
 */
export const workerPodsByName = (job: string): Matcher =>
  matches(
    'pod',
    [buildWorkerPodPattern(escapeRegex(job)), ...buildTruncatedWorkerPodPatterns(job, escapeRegex)].join('|')
  );

/**
 * Matches the pods of one worker type. Pods whose type was cut off by a long name don't match.
 * @param job - undefined for any job
 */
export const workerPodsByType = (type: string, job?: string): Matcher =>
  matches('pod', buildTypedWorkerPodPattern(job === undefined ? '.+' : escapeRegex(job), type));

/**
 * Matches the worker pods of any object by name alone. Other pods with such a name match too: `x-edge-x7k2p` of a DaemonSet,
 * and those with a name of 63 characters.
 */
export const anyWorkerPod = (): Matcher => matches('pod', ANY_WORKER_POD_PATTERN);
