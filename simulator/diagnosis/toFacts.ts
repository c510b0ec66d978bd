import {
  FAILURE_WINDOWS,
  type Facts,
  type FailureFact,
  type LogFact,
  type NodeFact,
  type WorkerFact,
} from '../../src/sedna/diagnosis';
import { findStateStart } from '../../src/sedna/conditions';
import { findKind, getWorkerLabelPrefix, type KindName, type Stage } from '../../src/sedna/kinds';
import type { StagedCondition } from '../engine/jobs/conditions';
import type { Json, KubeObject } from '../engine/types';
import { getContainerStatuses, KEPT, type ClusterView } from './clusterView';

const seconds = (time: string) => Date.parse(time) / 1000;

/** Samples of logs reach Prometheus a minute after their lines. */
const RULE_DELAY = 60;

/** Seconds for which Prometheus keeps a sample current. */
const LOOKBACK = 300;

const ENDED = ['Succeeded', 'Failed'];
const BEING_CREATED = ['ContainerCreating', 'PodInitializing'];

const conditionsOf = (object: KubeObject): StagedCondition[] => object.status?.conditions ?? [];

const typeOf = (kind: KindName, { metadata }: KubeObject): string =>
  metadata.labels?.[`${getWorkerLabelPrefix(kind)}worker-type`] ?? '';

/** End of the last container of a pod that has ended. */
const endOf = (pod: KubeObject): number | undefined => {
  const ends = getContainerStatuses(pod).flatMap(({ state }) => state?.terminated?.finishedAt ?? []);
  return ENDED.includes(pod.status?.phase) && ends.length > 0 ? Math.max(...ends.map(seconds)) : undefined;
};

const isUnschedulable = ({ status }: KubeObject): boolean =>
  (status?.conditions ?? []).some(
    ({ type, status: value, reason }: Json) =>
      type === 'PodScheduled' && value === 'False' && reason === 'Unschedulable'
  );

const isNodeMissing = (view: ClusterView, node: string | undefined): boolean =>
  node !== undefined &&
  view.ofKind('Node').length > 0 &&
  !view.ofKind('Node').some(({ metadata }) => metadata.name === node);

/** Only the newest succeeded pod, and the newest end, of each type are part of the facts. */
function toWorkers(view: ClusterView, kind: KindName, pods: readonly KubeObject[], now: number): WorkerFact[] {
  const newest = new Map<string, KubeObject>();
  for (const pod of pods) {
    const [type, end] = [typeOf(kind, pod), endOf(pod)];
    const best = newest.get(type);
    if (end !== undefined && (!best || end > endOf(best)!)) {
      newest.set(type, pod);
    }
  }
  const isNewest = (pod: KubeObject) => newest.get(typeOf(kind, pod)) === pod;
  return pods
    .filter((pod) => pod.status?.phase !== 'Succeeded' || isNewest(pod))
    .map((pod) => ({ ...toWorker(view, kind, pod, now), ended: isNewest(pod) ? endOf(pod) : undefined }));
}

function toWorker(view: ClusterView, kind: KindName, pod: KubeObject, now: number): WorkerFact {
  const phase: string = pod.status?.phase ?? 'Pending';
  const waiting = getContainerStatuses(pod).find(
    ({ state }) => state?.waiting && !BEING_CREATED.includes(state.waiting.reason)
  );
  const created = pod.metadata.creationTimestamp ?? pod.status?.startTime;
  return {
    pod: pod.metadata.name,
    type: typeOf(kind, pod),
    node: pod.spec.nodeName,
    phase,
    waitingReason: waiting?.state.waiting.reason,
    waitingContainer: waiting?.name,
    created: phase === 'Pending' && created ? seconds(created) : undefined,
    isUnschedulable: isUnschedulable(pod),
    isNodeMissing: isNodeMissing(view, pod.spec.nodeName),
    recentRestarts: view.restartsOf(pod, now),
    changedSince: view.lastChangeOf(pod),
  };
}

function toNodes(view: ClusterView, names: Array<string | undefined>): NodeFact[] {
  return [...new Set(names)].flatMap((node) => {
    const lease = node === undefined ? undefined : view.leaseOf(node);
    return node && lease
      ? [{ node, roles: [], leaseAge: lease.age, worstLeaseAge: lease.worst, lastOffline: lease.lastOffline }]
      : [];
  });
}

function toFailures(conditions: readonly StagedCondition[], now: number): FailureFact[] {
  return FAILURE_WINDOWS.map((window) => {
    const before = conditions.findLastIndex(({ lastTransitionTime }) => now - seconds(lastTransitionTime) > window);
    const recent = conditions.slice(before + 1);
    return {
      window,
      failed: recent.filter(({ type }) => type === 'Failed').length,
      completedRounds: recent.filter(({ stage, type }) => stage === 'Deploy' && type === 'Completed').length,
    };
  });
}

function toFailuresInARow(conditions: readonly StagedCondition[]): Facts['failuresInARow'] {
  const counts: Facts['failuresInARow'] = {};
  for (const { stage, type } of conditions.filter((each) => ['Failed', 'Completed'].includes(each.type))) {
    counts[stage] = type === 'Failed' ? (counts[stage] ?? 0) + 1 : 0;
  }
  return counts;
}

function withoutData(conditions: readonly StagedCondition[]): Facts['completedWithoutData'] {
  const stages: Stage[] = ['Train', 'Eval'];
  return Object.fromEntries(
    stages.flatMap((stage) => {
      const completed = conditions.filter((each) => each.stage === stage && each.type === 'Completed').at(-1);
      return completed ? [[stage, !completed.data]] : [];
    })
  );
}

/** Value of the Loki rule and its recording rule for the newest line with one of two texts. */
function lastSaid(lines: readonly LogFact[], now: number, yes: string, no: string): boolean | undefined {
  const said = lines
    .filter(({ time }) => now - time >= RULE_DELAY)
    .filter(({ text }) => text.includes(yes) || text.includes(no))
    .at(-1);
  return said?.text.includes(yes);
}

function toDataset(view: ClusterView, namespace: string, name: string, now: number): Facts['dataset'] {
  const datasets = view.ofKind('Dataset');
  const object = datasets.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  const { numberOfSamples: samples, updateTime } = object?.status ?? {};
  return {
    name,
    exists: object !== undefined || (datasets.length > 0 ? false : undefined),
    node: object?.spec.nodeName,
    isNodeMissing: isNodeMissing(view, object?.spec.nodeName),
    format: object?.spec.format,
    samples,
    updated: updateTime && seconds(updateTime),
    read: lastSaid(object ? view.linesOf([object]) : [], now, 'successfully', 'failed'),
  };
}

const componentPhase = (view: ClusterView, component: 'gm' | 'kb'): string | undefined =>
  view.ofKind('Pod').find(({ metadata }) => metadata.labels?.sedna === component)?.status.phase;

/**
 * Returns the facts about an object of the simulated cluster, as the queries would.
 * @param now Unix time in seconds
 */
export function toSimulatedFacts(view: ClusterView, object: KubeObject, now: number): Facts {
  const kind = object.kind as KindName;
  const { namespace = '', name, uid } = object.metadata;
  const ref = { kind, namespace, name, uid };
  if (now - view.seen > LOOKBACK) {
    return { object: ref, freshness: { sampled: view.seen, collected: false, sources: [] } };
  }
  const conditions = conditionsOf(object);
  const last = conditions.at(-1);
  const pods = view.podsOf(object);
  const workers = toWorkers(view, kind, pods, now);
  const datasetName: string | undefined = kind === 'Dataset' ? name : object.spec?.dataset?.name;
  const dataset = datasetName === undefined ? undefined : toDataset(view, namespace, datasetName, now);
  const { condition, timer } = object.spec?.trainSpec?.trigger ?? {};
  const connected = dataset?.node === undefined ? undefined : view.wasConnected(dataset.node, now - RULE_DELAY);
  return {
    object: ref,
    exists: true,
    condition: last && {
      stage: last.stage ?? '',
      type: last.type,
      // Conditions of federated learning have no time of transition.
      since: seconds(last.lastTransitionTime ?? last.lastHeartbeatTime),
      ...(findKind(kind)?.staged && { stateSince: seconds(findStateStart(conditions)!.lastTransitionTime) }),
    },
    completedWithoutData: withoutData(conditions),
    hasTrainedModel: conditions.some(({ stage, type, data }) => stage === 'Train' && type === 'Completed' && !!data),
    hasDeployedModel: conditions.some(({ stage, type }) => stage === 'Deploy' && type === 'Ready'),
    failures: toFailures(conditions, now),
    failuresInARow: toFailuresInARow(conditions),
    workers,
    failedWorkers: object.status?.failed,
    phase: object.status?.phase,
    nodes: toNodes(view, [
      ...workers.filter(({ phase }) => !ENDED.includes(phase)).map(({ node }) => node),
      dataset?.node,
    ]),
    localController:
      dataset?.node === undefined || connected === undefined ? undefined : { node: dataset.node, connected },
    dataset,
    trigger: condition && {
      ...condition,
      windowStart: timer?.start,
      windowEnd: timer?.end,
      trainProbability: object.spec.dataset.trainProb,
    },
    globalManager: { podPhase: componentPhase(view, 'gm') },
    knowledgeBase: { readable: view.hasDatabase, podPhase: componentPhase(view, 'kb') },
    freshness: { sampled: view.seen, collected: true, sources: [{ source: 'cluster', lastSuccess: view.seen }] },
    recordedFindings: [],
    logs: view.linesOf([object, ...pods]),
    logsSince: now - KEPT,
  };
}
