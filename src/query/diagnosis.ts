/**
 * Queries for the facts about one object: two PromQL expressions and one LogQL query. Every series of the expressions has
 * the label `fact`, which names the fact that it contains.
 */
import { getFamilyPrefix } from '../sedna/catalog/resourceMetrics';
// Not from the index of the diagnosis: its rules are loaded on demand.
import { FACT_LABEL, FACT_SERIES, getIncreaseTag } from '../sedna/diagnosis/facts/factSeries';
import { INCOMPLETE } from '../sedna/diagnosis/promql/completeness';
import {
  DATASET_SEEN_SECONDS,
  FAILURE_WINDOWS,
  NODE_OFFLINE_AFTER_SECONDS,
  NODE_SETTLE_SECONDS,
  RESTART_SETTLED_SECONDS,
  RESTART_WINDOW_SECONDS,
  SEEN_STEP_SECONDS,
  SEEN_WINDOW_SECONDS,
} from '../sedna/diagnosis/thresholds';
import { getSignaturePatterns, type LogSignatureId } from '../sedna/logs/signatures';
import { findKind, SEDNA_NAMESPACE } from '../sedna/kinds';
import { STREAM_LABELS, type LogLabelNames } from './logs/logLabels';
import { logLines } from './logs/logql';
import {
  aggregate,
  ageAtScrape,
  buildAnySelector,
  copyLabel,
  increaseSinceFirstSample,
  topkBy,
  filterActiveState,
  joinInfo,
  andOn,
  sampleTimestamp,
  buildSelector,
  withLabel,
  union,
} from './promql';
import {
  allObjects,
  objectCondition,
  objectInfoByName,
  objectLastTransition,
  workerPods,
  workerPodsByName,
} from './resources';
import { equals, matches, noneOf, oneOf, type Matcher } from './escape';
import type { ObjectRef } from '../sedna/objectRef';

const ON_OBJECT = ['cluster', 'namespace', 'name'];
const ON_POD = ['cluster', 'namespace', 'pod'];
const ON_NODE = ['cluster', 'node'];

const fact = (name: string, expression: string) => withLabel(expression, FACT_LABEL, name);

export const buildRefMatchers = ({ namespace, name }: ObjectRef) => [
  equals('namespace', namespace),
  equals('name', name),
];
const kindMatchers = (ref: ObjectRef) => [equals('kind', ref.kind), ...buildRefMatchers(ref)];
export const selectFamily = (ref: ObjectRef, suffix: string) =>
  buildSelector(`${getFamilyPrefix(ref.kind)}_${suffix}`, buildRefMatchers(ref));
export const selectJobMetric = (name: string, ref: ObjectRef, more: readonly Matcher[] = []) =>
  buildSelector(name, [...kindMatchers(ref), ...more]);

/** Selects a metric of the dataset that the object is, or names. */
export function selectDatasetMetric(metric: string, ref: ObjectRef): string {
  return ref.kind === 'Dataset'
    ? buildSelector(metric, buildRefMatchers(ref))
    : andOn(
        buildSelector(metric, [equals('namespace', ref.namespace)]),
        ON_OBJECT,
        copyLabel(objectInfoByName(ref), 'dataset', 'name', '(?s)(.+)')
      );
}

/** Nodes of the object's workers and of its dataset: labels cluster and node. */
function nodesOf(ref: ObjectRef): string {
  const dataset = aggregate('group', ON_NODE, selectDatasetMetric('sedna_dataset_info', ref));
  return ref.kind === 'Dataset' ? dataset : union([aggregate('group', ON_NODE, workerPods(ref)), dataset]);
}

const LEASES = buildSelector('kube_lease_renew_time', [equals('namespace', 'kube-node-lease')]);
const leaseAge = copyLabel(ageAtScrape(LEASES), 'lease', 'node');
/** Highest age of each lease within a window, sampled every minute. */
const worstLeaseAge = copyLabel(
  `max_over_time((${ageAtScrape(LEASES)})[${NODE_SETTLE_SECONDS}s:60s])`,
  'lease',
  'node'
);

/** When each node was last seen offline. */
const lastOffline = copyLabel(
  `max_over_time((timestamp(${LEASES}) and (${ageAtScrape(LEASES)} > ${NODE_OFFLINE_AFTER_SECONDS}))[${NODE_SETTLE_SECONDS}s:15s])`,
  'lease',
  'node'
);

const onItsNodes = (ref: ObjectRef, expression: string) => andOn(expression, ON_NODE, nodesOf(ref));

const TRANSITIONS = 'sedna_job_condition_transitions_total';
/** Increase of Failed and Completed conditions within each window; several exporters count the same. */
const growths = (ref: ObjectRef) =>
  FAILURE_WINDOWS.map((window) =>
    fact(
      getIncreaseTag(window),
      aggregate(
        'max',
        ['stage', 'condition'],
        increaseSinceFirstSample(
          selectJobMetric(TRANSITIONS, ref, [oneOf('condition', ['Failed', 'Completed'])]),
          window
        )
      )
    )
  );

const stagedFacts = (ref: ObjectRef) => [
  fact(FACT_SERIES.exporterSince, selectJobMetric('sedna_job_last_transition_timestamp_seconds', ref)),
  fact(FACT_SERIES.stateSince, selectJobMetric('sedna_job_state_start_timestamp_seconds', ref)),
  fact(FACT_SERIES.withoutData, selectJobMetric('sedna_job_completed_without_data', ref)),
  fact(FACT_SERIES.trainedModel, selectJobMetric('sedna_job_model_info', ref, [equals('role', 'trained')])),
  fact(FACT_SERIES.deployedModel, selectJobMetric('sedna_job_model_info', ref, [equals('role', 'deployed')])),
  fact(FACT_SERIES.trigger, selectJobMetric('sedna_job_trigger_info', ref)),
  fact(FACT_SERIES.threshold, selectFamily(ref, 'trigger_threshold')),
  fact(FACT_SERIES.probability, selectFamily(ref, 'train_probability')),
  fact(FACT_SERIES.globalManagerPod, componentPod('gm')),
  fact(FACT_SERIES.deployStatus, selectJobMetric('sedna:job_deploy_status', ref, [equals('status', 'NotOk')])),
  fact(
    FACT_SERIES.datasetsKnown,
    aggregate('group', [], andOn(buildSelector('sedna_dataset_info'), ['cluster'], objectInfoByName(ref)))
  ),
  fact(FACT_SERIES.failuresInARow, selectJobMetric('sedna_job_consecutive_failures', ref)),
  ...growths(ref),
];

/** Leaves series whose label `node` names a node that doesn't exist. */
const onMissingNodes = (expression: string) => {
  const nodes = aggregate('group', ON_NODE, buildSelector('kube_node_info'));
  return andOn(`(${expression} unless on (cluster, node) ${nodes})`, ['cluster'], nodes);
};

/** The dataset that a job names, if it was seen within the window for which the alert takes it for present. */
const datasetSeen = (ref: ObjectRef) =>
  andOn(
    `last_over_time(${buildSelector('sedna_dataset_info', [equals('namespace', ref.namespace)])}[${DATASET_SEEN_SECONDS}s])`,
    ON_OBJECT,
    copyLabel(objectInfoByName(ref), 'dataset', 'name', '(?s)(.+)')
  );

const datasetFacts = (ref: ObjectRef) => [
  ...(ref.kind === 'Dataset' ? [] : [fact(FACT_SERIES.datasetSeen, datasetSeen(ref))]),
  fact(FACT_SERIES.dataset, selectDatasetMetric('sedna_dataset_info', ref)),
  fact(FACT_SERIES.datasetSamples, selectDatasetMetric('sedna_dataset_samples', ref)),
  fact(FACT_SERIES.datasetUpdated, selectDatasetMetric('sedna_dataset_update_timestamp_seconds', ref)),
  fact(FACT_SERIES.datasetNodeMissing, onMissingNodes(selectDatasetMetric('sedna_dataset_info', ref))),
  fact(FACT_SERIES.datasetRead, selectDatasetMetric('sedna:dataset_read', ref)),
];

const nodeFacts = (ref: ObjectRef) => [
  fact(FACT_SERIES.lease, onItsNodes(ref, leaseAge)),
  fact(FACT_SERIES.worstLease, onItsNodes(ref, worstLeaseAge)),
  fact(FACT_SERIES.lastOffline, onItsNodes(ref, lastOffline)),
  fact(FACT_SERIES.role, onItsNodes(ref, buildSelector('kube_node_role'))),
  fact(FACT_SERIES.connected, onItsNodes(ref, buildSelector('sedna:local_controller_connected'))),
  fact(FACT_SERIES.leasesKnown, aggregate('group', [], LEASES)),
];

/** Phase of the pods of a component of Sedna. */
export const componentPod = (component: 'gm' | 'kb') =>
  filterActiveState(
    buildSelector('kube_pod_status_phase', [equals('namespace', SEDNA_NAMESPACE), matches('pod', `${component}-.+`)])
  );

/** The service of the knowledge base, which exists as long as it is installed. */
export const knowledgeBaseService = () =>
  buildSelector('kube_service_info', [equals('namespace', SEDNA_NAMESPACE), equals('service', 'kb')]);

/** Time of the newest sample of the object, also if it has no current one. */
export const lastSampleTimestamps = (ref: ObjectRef) => {
  const sampled = sampleTimestamp(objectInfoByName(ref));
  return union([sampled, `max_over_time(${sampled}[${SEEN_WINDOW_SECONDS}s:${SEEN_STEP_SECONDS}s])`]);
};

/** Findings that Prometheus recorded for the object. */
export const recordedFindings = (ref: ObjectRef) => selectJobMetric('sedna:finding', ref);

/** Facts about the object itself, its dataset, its nodes, and the age of its samples. */
export function objectFacts(ref: ObjectRef): string {
  const kind = findKind(ref.kind);
  const hasConditions = (kind?.conditionTypes.length ?? 0) > 0;
  const has = (field: 'failed' | 'phase') => kind?.statusFields.includes(field);
  return union([
    fact(FACT_SERIES.info, objectInfoByName(ref)),
    fact(FACT_SERIES.sampled, lastSampleTimestamps(ref)),
    fact(FACT_SERIES.uncollected, `absent(${allObjects()})`),
    fact(FACT_SERIES.incomplete, andOn(INCOMPLETE, ['cluster'], objectInfoByName(ref))),
    fact(FACT_SERIES.source, buildSelector('sedna_exporter_source_last_success_timestamp_seconds')),
    ...(hasConditions
      ? [fact(FACT_SERIES.condition, objectCondition(ref)), fact(FACT_SERIES.since, objectLastTransition(ref))]
      : []),
    ...(has('failed') ? [fact(FACT_SERIES.failedWorkers, selectFamily(ref, 'failed_workers'))] : []),
    ...(has('phase') ? [fact(FACT_SERIES.phase, filterActiveState(selectFamily(ref, 'phase')))] : []),
    ...(kind?.staged ? stagedFacts(ref) : []),
    ...(kind?.staged || ref.kind === 'Dataset' ? datasetFacts(ref) : []),
    ...(ref.kind === 'Model' ? [] : nodeFacts(ref)),
    ...(kind?.hasWorkers
      ? [
          // The same rule file records it for each job: without it, no finding means nothing.
          fact(FACT_SERIES.findingsKnown, selectJobMetric('sedna:job_info', ref)),
          fact(FACT_SERIES.finding, recordedFindings(ref)),
        ]
      : []),
    ...(ref.kind === 'LifelongLearningJob'
      ? [
          fact(FACT_SERIES.knowledgeBaseUp, buildSelector('sedna_knowledge_base_up')),
          fact(FACT_SERIES.knowledgeBasePod, componentPod('kb')),
          fact(FACT_SERIES.knowledgeBaseService, knowledgeBaseService()),
        ]
      : []),
  ]);
}

const ofWorkers = (ref: ObjectRef, expression: string) =>
  joinInfo(expression, ON_POD, ['worker_type', 'node'], workerPods(ref));

const inNamespace = (ref: ObjectRef) => equals('namespace', ref.namespace);

/** Phases of the worker pods that have not succeeded. */
export const unfinishedWorkers = (ref: ObjectRef) =>
  ofWorkers(
    ref,
    filterActiveState(buildSelector('kube_pod_status_phase', [inNamespace(ref), noneOf('phase', ['Succeeded'])]))
  );

/** Reasons of waiting containers, while they wait for them. */
const waitingReasons = (ref: ObjectRef) =>
  filterActiveState(
    buildAnySelector([
      matches('__name__', 'kube_pod(_init)?_container_status_waiting_reason'),
      inNamespace(ref),
      noneOf('reason', ['ContainerCreating', 'PodInitializing']),
    ])
  );

/** Reasons of waiting containers of worker pods: labels pod, container, reason. */
export const workerWaiting = (ref: ObjectRef) => ofWorkers(ref, waitingReasons(ref));

/** Times at which worker pods still had another waiting reason, or fewer restarts, than now. */
const changedWorkers = (ref: ObjectRef) => {
  const restarts = buildSelector('kube_pod_container_status_restarts_total', [inNamespace(ref)]);
  const reasons = waitingReasons(ref);
  return ofWorkers(
    ref,
    aggregate(
      'max',
      ON_POD,
      union([
        `max_over_time(timestamp(${reasons})[${NODE_SETTLE_SECONDS}s:15s]) unless ${reasons}`,
        `max_over_time((timestamp(${restarts}) and (${restarts} > ${restarts} offset 1m))[${NODE_SETTLE_SECONDS}s:15s]) - 60`,
      ])
    )
  );
};

/** Creation times of pending worker pods. */
export const pendingWorkers = (ref: ObjectRef) =>
  timesOfPods(ref, buildSelector('kube_pod_created', [inNamespace(ref)]), ['Pending']);

/** Worker pods that can't be scheduled. */
const unschedulableWorkers = (ref: ObjectRef) =>
  ofWorkers(ref, filterActiveState(buildSelector('kube_pod_status_unschedulable', [inNamespace(ref)])));

/** Worker pods that are bound to a node that doesn't exist. */
const workersOnMissingNodes = (ref: ObjectRef) =>
  onMissingNodes(buildSelector('sedna:worker_pod_info', [...kindMatchers(ref), noneOf('node', [''])]));

/** Restarts of worker pods within the window, by container; none of a container that has settled since. */
export const workerRestarts = (ref: ObjectRef) => {
  const restarts = buildSelector('kube_pod_container_status_restarts_total', [inNamespace(ref)]);
  const increase = (window: number) => `(${increaseSinceFirstSample(restarts, window)})`;
  return ofWorkers(
    ref,
    andOn(increase(RESTART_WINDOW_SECONDS), [...ON_POD, 'container'], `${increase(RESTART_SETTLED_SECONDS)} > 0`)
  );
};

/** Times of pods in some phases. The container of a restarting pod has ended, but the pod has not. */
const timesOfPods = (ref: ObjectRef, times: string, phases: readonly string[]) =>
  ofWorkers(
    ref,
    andOn(
      times,
      ON_POD,
      filterActiveState(buildSelector('kube_pod_status_phase', [inNamespace(ref), oneOf('phase', phases)]))
    )
  );

const completionTime = (ref: ObjectRef) => buildSelector('kube_pod_completion_time', [inNamespace(ref)]);

/** End of worker pods that failed within the shorter window of failures. */
const failedPods = (ref: ObjectRef) =>
  timesOfPods(ref, `${completionTime(ref)} > time() - ${FAILURE_WINDOWS[0]}`, ['Failed']);

/** End of the last ended worker pod of each type; Sedna keeps all of them. */
export const endedWorkers = (ref: ObjectRef) =>
  topkBy(['cluster', 'worker_type'], timesOfPods(ref, completionTime(ref), ['Succeeded', 'Failed']));

/** Facts about the worker pods of an object; undefined for kinds without workers. */
export function workerFacts(ref: ObjectRef): string | undefined {
  return findKind(ref.kind)?.hasWorkers
    ? union([
        fact(
          FACT_SERIES.podsKnown,
          aggregate('group', [], buildSelector('kube_pod_info', [oneOf('namespace', [ref.namespace, SEDNA_NAMESPACE])]))
        ),
        fact(FACT_SERIES.workerPhase, unfinishedWorkers(ref)),
        fact(FACT_SERIES.workerEnded, endedWorkers(ref)),
        fact(FACT_SERIES.workerWaiting, workerWaiting(ref)),
        fact(FACT_SERIES.workerPending, pendingWorkers(ref)),
        fact(FACT_SERIES.workerUnschedulable, unschedulableWorkers(ref)),
        fact(FACT_SERIES.workerNodeMissing, workersOnMissingNodes(ref)),
        fact(FACT_SERIES.workerRestarts, workerRestarts(ref)),
        fact(FACT_SERIES.workerChanged, changedWorkers(ref)),
        fact(FACT_SERIES.failedPods, failedPods(ref)),
      ])
    : undefined;
}

/** Limit of log lines of the query, newest first. */
export const DIAGNOSIS_LINES = 1000;

/**
 * Log lines of the object's pods, the global manager, and the local controllers that match a signature.
 * @param only signatures to match; all if absent
 * @returns undefined for a kind without signatures
 */
export function diagnosisLines(
  ref: ObjectRef,
  only?: readonly LogSignatureId[],
  names: LogLabelNames = STREAM_LABELS
): string | undefined {
  const signatures = getSignaturePatterns(ref).filter(({ id }) => only === undefined || only.includes(id));
  if (signatures.length === 0) {
    return undefined;
  }
  const pods = [
    ...(['gm', 'lc'] as const)
      .filter((part) => signatures.some(({ writer }) => writer === part))
      .map((part) => `${part}-.+`),
    ...(signatures.some(({ writer }) => writer === 'worker') ? [workerPodsByName(ref.name).value] : []),
  ];
  const namespaces = [...new Set([SEDNA_NAMESPACE, ref.namespace])];
  return logLines(
    {
      matchers: [oneOf('namespace', namespaces), matches('pod', pods.join('|'))],
      pattern: signatures.map(({ pattern }) => pattern).join('|'),
    },
    names
  );
}
