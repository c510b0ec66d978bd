/**
 * Everything that the rules of src/sedna/diagnosis need about one object: two PromQL expressions and one LogQL query.
 * Every series of the expressions has the label `fact`, which says what it tells.
 */
import { familyPrefix } from '../sedna/catalogue/resources';
import {
  FACT_LABEL,
  FAILURE_WINDOWS,
  growthTag,
  RESTART_WINDOW,
  SEEN_STEP,
  SEEN_WINDOW,
  signPatterns,
  type SignId,
  STEADY_WINDOW,
  TAGS,
} from '../sedna/diagnosis';
import { findKind, SEDNA_NAMESPACE } from '../sedna/kinds';
import { STREAM_LABELS, type LogLabelNames } from './logLabels';
import { logLines } from './logql';
import {
  aggregate,
  ageAtScrape,
  anySelector,
  copyLabel,
  growth,
  highest,
  isOn,
  joinInfo,
  keepMatching,
  scrapedAt,
  selector,
  tagged,
  union,
} from './promql';
import {
  allObjects,
  objectCondition,
  objectInfoOf,
  objectLastTransition,
  workerPods,
  workerPodsNamed,
  type ObjectRef,
} from './resources';
import { equals, matches, noneOf, oneOf, type Matcher } from './text';

const ON_OBJECT = ['cluster', 'namespace', 'name'];
const ON_POD = ['cluster', 'namespace', 'pod'];
const ON_NODE = ['cluster', 'node'];

const fact = (name: string, expression: string) => tagged(expression, FACT_LABEL, name);

export const refMatchers = ({ namespace, name }: ObjectRef) => [equals('namespace', namespace), equals('name', name)];
const kindMatchers = (ref: ObjectRef) => [equals('kind', ref.kind), ...refMatchers(ref)];
export const ofFamily = (ref: ObjectRef, suffix: string) =>
  selector(`${familyPrefix(ref.kind)}_${suffix}`, refMatchers(ref));
export const ofJob = (name: string, ref: ObjectRef, more: readonly Matcher[] = []) =>
  selector(name, [...kindMatchers(ref), ...more]);

/** Series of the dataset that the object is, or names, by a metric of datasets. */
export function ofDataset(metric: string, ref: ObjectRef): string {
  return ref.kind === 'Dataset'
    ? selector(metric, refMatchers(ref))
    : keepMatching(
        selector(metric, [equals('namespace', ref.namespace)]),
        ON_OBJECT,
        copyLabel(objectInfoOf(ref), 'dataset', 'name', '(?s)(.+)')
      );
}

/** Nodes of the object's workers and of its dataset: labels cluster and node. */
function nodesOf(ref: ObjectRef): string {
  const dataset = aggregate('group', ON_NODE, ofDataset('sedna_dataset_info', ref));
  return ref.kind === 'Dataset' ? dataset : union([aggregate('group', ON_NODE, workerPods(ref)), dataset]);
}

const LEASES = selector('kube_lease_renew_time', [equals('namespace', 'kube-node-lease')]);
const leaseAge = copyLabel(ageAtScrape(LEASES), 'lease', 'node');
/** The highest age of each lease within a window, looked at every minute. */
const worstLeaseAge = copyLabel(`max_over_time((${ageAtScrape(LEASES)})[${STEADY_WINDOW}s:60s])`, 'lease', 'node');

const onItsNodes = (ref: ObjectRef, expression: string) => keepMatching(expression, ON_NODE, nodesOf(ref));

const TRANSITIONS = 'sedna_job_condition_transitions_total';
/** Conditions that ended a stage run, over windows; two exporters count the same. */
const growths = (ref: ObjectRef) =>
  FAILURE_WINDOWS.map((window) =>
    fact(
      growthTag(window),
      aggregate(
        'max',
        ['stage', 'condition'],
        growth(ofJob(TRANSITIONS, ref, [oneOf('condition', ['Failed', 'Completed'])]), window)
      )
    )
  );

const stagedFacts = (ref: ObjectRef) => [
  fact(TAGS.withoutData, ofJob('sedna_job_completed_without_data', ref)),
  fact(TAGS.trainedModel, ofJob('sedna_job_model_info', ref, [equals('role', 'trained')])),
  fact(TAGS.trigger, ofJob('sedna_job_trigger_info', ref)),
  fact(TAGS.threshold, ofFamily(ref, 'trigger_threshold')),
  fact(TAGS.probability, ofFamily(ref, 'train_probability')),
  fact(TAGS.globalManagerPod, componentPod('gm')),
  fact(TAGS.deployStatus, ofJob('sedna:job_deploy_status', ref, [equals('status', 'NotOk')])),
  fact(
    TAGS.datasetsKnown,
    aggregate('group', [], keepMatching(selector('sedna_dataset_info'), ['cluster'], objectInfoOf(ref)))
  ),
  ...growths(ref),
];

const datasetFacts = (ref: ObjectRef) => [
  fact(TAGS.dataset, ofDataset('sedna_dataset_info', ref)),
  fact(TAGS.datasetSamples, ofDataset('sedna_dataset_samples', ref)),
  fact(TAGS.datasetUpdated, ofDataset('sedna_dataset_update_timestamp_seconds', ref)),
  fact(TAGS.datasetRead, ofDataset('sedna:dataset_read', ref)),
];

const nodeFacts = (ref: ObjectRef) => [
  fact(TAGS.lease, onItsNodes(ref, leaseAge)),
  fact(TAGS.worstLease, onItsNodes(ref, worstLeaseAge)),
  fact(TAGS.role, onItsNodes(ref, selector('kube_node_role'))),
  fact(TAGS.connected, onItsNodes(ref, selector('sedna:local_controller_connected'))),
  fact(TAGS.leasesKnown, aggregate('group', [], LEASES)),
];

/** Phase of the pods of a component of Sedna. */
export const componentPod = (component: 'gm' | 'kb') =>
  isOn(selector('kube_pod_status_phase', [equals('namespace', SEDNA_NAMESPACE), matches('pod', `${component}-.+`)]));

/** The service of the knowledge base, which is there as long as it is installed. */
export const knowledgeBaseService = () =>
  selector('kube_service_info', [equals('namespace', SEDNA_NAMESPACE), equals('service', 'kb')]);

/** When the newest sample of the object was scraped, also where there is none now. */
export const lastSampled = (ref: ObjectRef) => {
  const sampled = scrapedAt(objectInfoOf(ref));
  return union([sampled, `max_over_time(${sampled}[${SEEN_WINDOW}s:${SEEN_STEP}s])`]);
};

/** What tells about the object itself, its dataset, the nodes it depends on and how fresh all this is. */
export function objectFacts(ref: ObjectRef): string {
  const kind = findKind(ref.kind);
  const hasConditions = (kind?.conditionTypes.length ?? 0) > 0;
  const has = (field: 'failed' | 'phase') => kind?.statusFields.includes(field);
  return union([
    fact(TAGS.info, objectInfoOf(ref)),
    fact(TAGS.sampled, lastSampled(ref)),
    fact(TAGS.uncollected, `absent(${allObjects()})`),
    fact(TAGS.source, selector('sedna_exporter_source_last_success_timestamp_seconds')),
    ...(hasConditions ? [fact(TAGS.condition, objectCondition(ref)), fact(TAGS.since, objectLastTransition(ref))] : []),
    ...(has('failed') ? [fact(TAGS.failedWorkers, ofFamily(ref, 'failed_workers'))] : []),
    ...(has('phase') ? [fact(TAGS.phase, isOn(ofFamily(ref, 'phase')))] : []),
    ...(kind?.staged ? stagedFacts(ref) : []),
    ...(kind?.staged || ref.kind === 'Dataset' ? datasetFacts(ref) : []),
    ...(ref.kind === 'Model' ? [] : nodeFacts(ref)),
    ...(ref.kind === 'LifelongLearningJob'
      ? [
          fact(TAGS.knowledgeBaseUp, selector('sedna_knowledge_base_up')),
          fact(TAGS.knowledgeBasePod, componentPod('kb')),
          fact(TAGS.knowledgeBaseService, knowledgeBaseService()),
        ]
      : []),
  ]);
}

const ofWorkers = (ref: ObjectRef, expression: string) =>
  joinInfo(expression, ON_POD, ['worker_type', 'node'], workerPods(ref));

const inNamespace = (ref: ObjectRef) => equals('namespace', ref.namespace);

/** Phases of the worker pods that did not succeed. */
export const unfinishedWorkers = (ref: ObjectRef) =>
  ofWorkers(ref, isOn(selector('kube_pod_status_phase', [inNamespace(ref), noneOf('phase', ['Succeeded'])])));

/** Why containers of worker pods wait: labels pod, container, reason. */
export const workerWaiting = (ref: ObjectRef) =>
  ofWorkers(
    ref,
    isOn(
      anySelector([
        matches('__name__', 'kube_pod(_init)?_container_status_waiting_reason'),
        inNamespace(ref),
        noneOf('reason', ['ContainerCreating', 'PodInitializing']),
      ])
    )
  );

/** When the worker pods that pend were created. */
export const pendingWorkers = (ref: ObjectRef) =>
  timesOfPods(ref, selector('kube_pod_created', [inNamespace(ref)]), ['Pending']);

/** Worker pods for which the scheduler finds no node. */
const unschedulableWorkers = (ref: ObjectRef) =>
  ofWorkers(ref, isOn(selector('kube_pod_status_unschedulable', [inNamespace(ref)])));

/** Restarts of worker pods within the window, by container. */
export const workerRestarts = (ref: ObjectRef) =>
  ofWorkers(ref, growth(selector('kube_pod_container_status_restarts_total', [inNamespace(ref)]), RESTART_WINDOW));

/** Times that pods in some phases have, by pod. A container that waits to be restarted has ended, its pod has not. */
const timesOfPods = (ref: ObjectRef, times: string, phases: readonly string[]) =>
  ofWorkers(
    ref,
    keepMatching(times, ON_POD, isOn(selector('kube_pod_status_phase', [inNamespace(ref), oneOf('phase', phases)])))
  );

const completionTime = (ref: ObjectRef) => selector('kube_pod_completion_time', [inNamespace(ref)]);

/** When worker pods failed, those within the shorter window of failures. */
const failedPods = (ref: ObjectRef) =>
  timesOfPods(ref, `${completionTime(ref)} > time() - ${FAILURE_WINDOWS[0]}`, ['Failed']);

/** When the worker pod of each type that ended last did so; Sedna keeps them all. */
export const endedWorkers = (ref: ObjectRef) =>
  highest(['cluster', 'worker_type'], timesOfPods(ref, completionTime(ref), ['Succeeded', 'Failed']));

/** What tells about the worker pods of an object; undefined for kinds that have none. */
export function workerFacts(ref: ObjectRef): string | undefined {
  return findKind(ref.kind)?.hasWorkers
    ? union([
        fact(
          TAGS.podsKnown,
          aggregate('group', [], selector('kube_pod_info', [oneOf('namespace', [ref.namespace, SEDNA_NAMESPACE])]))
        ),
        fact(TAGS.workerPhase, unfinishedWorkers(ref)),
        fact(TAGS.workerEnded, endedWorkers(ref)),
        fact(TAGS.workerWaiting, workerWaiting(ref)),
        fact(TAGS.workerPending, pendingWorkers(ref)),
        fact(TAGS.workerUnschedulable, unschedulableWorkers(ref)),
        fact(TAGS.workerRestarts, workerRestarts(ref)),
        fact(TAGS.failedPods, failedPods(ref)),
      ])
    : undefined;
}

/** Lines that the query for the rules fetches at most, newest first. */
export const DIAGNOSIS_LINES = 1000;

/**
 * Lines of the object's pods, and of the global manager and the local controllers, that tell the rules something.
 * @param only signs that are wanted; all where absent
 * @returns undefined for a kind about which no line tells anything
 */
export function diagnosisLines(
  ref: ObjectRef,
  only?: readonly SignId[],
  names: LogLabelNames = STREAM_LABELS
): string | undefined {
  const signs = signPatterns(ref).filter(({ id }) => only === undefined || only.includes(id));
  if (signs.length === 0) {
    return undefined;
  }
  const pods = [
    ...(['gm', 'lc'] as const)
      .filter((part) => signs.some(({ writer }) => writer === part))
      .map((part) => `${part}-.+`),
    ...(signs.some(({ writer }) => writer === 'worker') ? [workerPodsNamed(ref.name).value] : []),
  ];
  const namespaces = [...new Set([SEDNA_NAMESPACE, ref.namespace])];
  return logLines(
    {
      matchers: [oneOf('namespace', namespaces), matches('pod', pods.join('|'))],
      pattern: signs.map(({ pattern }) => pattern).join('|'),
    },
    names
  );
}
