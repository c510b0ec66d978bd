/** Turns the responses of the diagnosis queries (src/query/diagnosis) into facts. */
import { STAGES, type Stage } from '../../kinds';
import { LOG_LEVELS, parseLevel, type LogLevel } from '../../logs';
import type { DatasetFact, Facts, FailureFact, LogFact, NodeFact, TriggerFact, WorkerFact } from '.';
import { FACT_LABEL, getIncreaseTag, FACT_SERIES } from './factSeries';
import { FAILURE_WINDOWS } from '../thresholds';

export interface FactRow {
  labels: Readonly<Record<string, string>>;
  value: number;
}

type GetRows = (fact: string) => FactRow[];

/** Value of a label; undefined for an empty one. */
const label = ({ labels }: FactRow, name: string): string | undefined => labels[name] || undefined;

const firstLabel = (rows: readonly FactRow[], name: string) =>
  rows.map((row) => label(row, name)).find((value) => value !== undefined);

const number = (rows: readonly FactRow[]): number | undefined => rows.map(({ value }) => value).find(Number.isFinite);

/** Newest of several times, such as those of two collectors. */
const newest = (rows: readonly FactRow[]): number | undefined => {
  const values = rows.map(({ value }) => value).filter(Number.isFinite);
  return values.length === 0 ? undefined : Math.max(...values);
};

/** Fewer kube-state-metrics than usual answer. */
const isIncomplete = (getRows: GetRows) => getRows(FACT_SERIES.incomplete).length > 0;

function toWorkers(getRows: GetRows): WorkerFact[] | undefined {
  const ended = getRows(FACT_SERIES.workerEnded).map((row): FactRow => ({
    ...row,
    labels: { ...row.labels, phase: 'Succeeded' },
  }));
  // The later rows replace the phase of a pod that failed.
  const phases = [...ended, ...getRows(FACT_SERIES.workerPhase)];
  if (getRows(FACT_SERIES.podsKnown).length === 0 && phases.length === 0) {
    return undefined;
  }
  const of = (fact: string, pod: string) => getRows(fact).filter(({ labels }) => labels.pod === pod);
  const pods = new Map(phases.map((row) => [row.labels.pod ?? '', row]));
  return [...pods].map(([pod, row]) => ({
    pod,
    type: label(row, 'worker_type') ?? '',
    node: label(row, 'node'),
    phase: label(row, 'phase') ?? 'Unknown',
    waitingReason: firstLabel(of(FACT_SERIES.workerWaiting, pod), 'reason'),
    waitingContainer: firstLabel(of(FACT_SERIES.workerWaiting, pod), 'container'),
    created: newest(of(FACT_SERIES.workerPending, pod)),
    isUnschedulable: of(FACT_SERIES.workerUnschedulable, pod).length > 0,
    isNodeMissing: !isIncomplete(getRows) && of(FACT_SERIES.workerNodeMissing, pod).length > 0,
    recentRestarts: newest(of(FACT_SERIES.workerRestarts, pod)) ?? 0,
    changedSince: newest(of(FACT_SERIES.workerChanged, pod)),
    ended: newest(of(FACT_SERIES.workerEnded, pod)),
  }));
}

function toDataset(getRows: GetRows): DatasetFact | undefined {
  const rows = getRows(FACT_SERIES.dataset);
  const name = firstLabel(rows, 'name') ?? firstLabel(getRows(FACT_SERIES.info), 'dataset');
  if (name === undefined) {
    return undefined;
  }
  const read = number(getRows(FACT_SERIES.datasetRead));
  return {
    name,
    // One that was seen lately may be missing because the kube-state-metrics that shows it is down.
    exists:
      rows.length > 0 ||
      (getRows(FACT_SERIES.datasetsKnown).length > 0 && getRows(FACT_SERIES.datasetSeen).length === 0
        ? false
        : undefined),
    node: firstLabel(rows, 'node'),
    // The alert does not know a node without a name, either.
    isNodeMissing:
      !isIncomplete(getRows) && Boolean(firstLabel(rows, 'node')) && getRows(FACT_SERIES.datasetNodeMissing).length > 0,
    format: firstLabel(rows, 'format'),
    samples: number(getRows(FACT_SERIES.datasetSamples)),
    updated: newest(getRows(FACT_SERIES.datasetUpdated)),
    read: read === undefined ? undefined : read > 0,
  };
}

function toTrigger(getRows: GetRows): TriggerFact | undefined {
  const rows = getRows(FACT_SERIES.trigger);
  const [threshold, trainProbability] = [
    number(getRows(FACT_SERIES.threshold)),
    number(getRows(FACT_SERIES.probability)),
  ];
  if (rows.length === 0 && threshold === undefined && trainProbability === undefined) {
    return undefined;
  }
  return {
    operator: firstLabel(rows, 'operator'),
    metric: firstLabel(rows, 'metric'),
    threshold,
    windowStart: firstLabel(rows, 'window_start'),
    windowEnd: firstLabel(rows, 'window_end'),
    trainProbability,
  };
}

const ENDED = ['Succeeded', 'Failed'];

/** Nodes of unfinished workers and of the dataset, as far as their leases are known. */
function toNodes(getRows: GetRows, workers: readonly WorkerFact[], dataset?: DatasetFact): NodeFact[] | undefined {
  const leases = getRows(FACT_SERIES.lease);
  if (leases.length === 0 && getRows(FACT_SERIES.leasesKnown).length === 0) {
    return undefined;
  }
  const wanted = new Set([
    ...workers.filter(({ phase }) => !ENDED.includes(phase)).map(({ node }) => node),
    dataset?.node,
  ]);
  const of = (fact: string, node: string) => getRows(fact).filter(({ labels }) => labels.node === node);
  return [...wanted].flatMap((node): NodeFact[] => {
    const ages = node === undefined ? [] : of(FACT_SERIES.lease, node);
    if (node === undefined || ages.length === 0) {
      return [];
    }
    const leaseAge = Math.min(...ages.map(({ value }) => value));
    return [
      {
        node,
        roles: of(FACT_SERIES.role, node).flatMap((row) => label(row, 'role') ?? []),
        leaseAge,
        worstLeaseAge: Math.max(leaseAge, newest(of(FACT_SERIES.worstLease, node)) ?? leaseAge),
        lastOffline: newest(of(FACT_SERIES.lastOffline, node)),
      },
    ];
  });
}

/** Of two exporters, the one that has seen more counts. */
function toFailuresInARow(rows: readonly FactRow[]): Facts['failuresInARow'] {
  const counts = STAGES.flatMap((stage): Array<[Stage, number]> => {
    const count = newest(rows.filter(({ labels }) => labels.stage === stage));
    return count === undefined ? [] : [[stage, count]];
  });
  return counts.length === 0 ? undefined : Object.fromEntries(counts);
}

/** Counts failures by the condition counters, where they are collected, and by failed pods, which Sedna keeps. */
function toFailures(getRows: GetRows, podsAreKnown: boolean): FailureFact[] | undefined {
  const pods = new Set(getRows(FACT_SERIES.failedPods).map(({ labels }) => labels.pod)).size;
  const failures = FAILURE_WINDOWS.flatMap((window): FailureFact[] => {
    const rows = getRows(getIncreaseTag(window));
    const podsFailed = window === FAILURE_WINDOWS[0] && podsAreKnown ? pods : 0;
    if (rows.length === 0) {
      return window === FAILURE_WINDOWS[0] && podsAreKnown ? [{ window, failed: pods }] : [];
    }
    const sum = (wanted: (labels: FactRow['labels']) => boolean) =>
      rows.filter(({ labels }) => wanted(labels)).reduce((total, { value }) => total + value, 0);
    return [
      {
        window,
        failed: Math.max(
          sum(({ condition }) => condition === 'Failed'),
          podsFailed
        ),
        completedRounds: sum(({ stage, condition }) => stage === 'Deploy' && condition === 'Completed'),
      },
    ];
  });
  return failures.length === 0 ? undefined : failures;
}

function toCompletedWithoutData(rows: readonly FactRow[]): Facts['completedWithoutData'] {
  const known = rows.filter(({ labels }) => STAGES.includes(labels.stage as Stage));
  return known.length === 0
    ? undefined
    : Object.fromEntries(known.map(({ labels, value }) => [labels.stage, value === 1]));
}

/** The exporter reports models together with conditions without data: if only those are there, no model exists. */
const hasModel = (getRows: GetRows, fact: string): boolean | undefined =>
  getRows(FACT_SERIES.withoutData).length === 0 ? undefined : getRows(fact).length > 0;

function toCondition(getRows: GetRows): Facts['condition'] {
  const rows = getRows(FACT_SERIES.condition);
  const type = firstLabel(rows, 'condition');
  if (type === undefined) {
    return undefined;
  }
  const since = newest(getRows(FACT_SERIES.since));
  // The exporter may not have seen the newest condition yet.
  const isCurrent = (newest(getRows(FACT_SERIES.exporterSince)) ?? -Infinity) >= (since ?? Infinity);
  const stateSince = isCurrent ? newest(getRows(FACT_SERIES.stateSince)) : undefined;
  return { stage: firstLabel(rows, 'stage') ?? '', type, since, ...(stateSince !== undefined && { stateSince }) };
}

/** Phase of the pod of a Deployment. Evicted pods remain, so one running pod is enough. */
function toPodPhase(rows: readonly FactRow[]): string | undefined {
  const phases = rows.map((row) => label(row, 'phase'));
  return phases.includes('Running') ? 'Running' : phases[0];
}

function toGlobalManager(getRows: GetRows): Facts['globalManager'] {
  const podPhase = toPodPhase(getRows(FACT_SERIES.globalManagerPod));
  return podPhase === undefined ? undefined : { podPhase };
}

function toKnowledgeBase(getRows: GetRows): Facts['knowledgeBase'] {
  const up = number(getRows(FACT_SERIES.knowledgeBaseUp));
  const podPhase = toPodPhase(getRows(FACT_SERIES.knowledgeBasePod));
  const isExpected = getRows(FACT_SERIES.knowledgeBaseService).length > 0 && getRows(FACT_SERIES.podsKnown).length > 0;
  const isWithoutPod = isExpected && podPhase === undefined && !isIncomplete(getRows);
  return up === undefined && podPhase === undefined && !isWithoutPod
    ? undefined
    : { readable: up === undefined ? undefined : up === 1, podPhase, isWithoutPod };
}

function toLocalController(getRows: GetRows, node: string | undefined): Facts['localController'] {
  const connected = number(getRows(FACT_SERIES.connected).filter(({ labels }) => labels.node === node));
  return node === undefined || connected === undefined ? undefined : { node, connected: connected === 1 };
}

/** Whether the object exists; undefined where no objects are collected. */
function isExisting(getRows: GetRows): boolean | undefined {
  if (getRows(FACT_SERIES.info).length > 0 || getRows(FACT_SERIES.condition).length > 0) {
    return true;
  }
  return getRows(FACT_SERIES.uncollected).length > 0 ? undefined : false;
}

function toFreshness(getRows: GetRows): Facts['freshness'] {
  const sampled = newest(getRows(FACT_SERIES.sampled));
  const sources = getRows(FACT_SERIES.source).map((row) => ({
    source: label(row, 'source') ?? '',
    lastSuccess: row.value,
  }));
  const collected = getRows(FACT_SERIES.uncollected).length === 0;
  return collected && sampled === undefined && sources.length === 0 ? undefined : { sampled, collected, sources };
}

/** Labels of a recorded finding that are parameters of its texts. */
function toRecordedFinding({ labels }: FactRow) {
  const { rule = '', __name__, [FACT_LABEL]: fact, severity, ...params } = labels;
  return { rule, labels: params };
}

/**
 * Returns facts about an object from the rows of both diagnosis queries, each with the label `fact`. A missing row
 * leaves its fact unknown.
 */
export function toFacts(object: Facts['object'], rows: readonly FactRow[]): Facts {
  const byFact = new Map<string, FactRow[]>();
  for (const row of rows) {
    const fact = row.labels[FACT_LABEL] ?? '';
    byFact.set(fact, [...(byFact.get(fact) ?? []), row]);
  }
  const getRows: GetRows = (fact) => byFact.get(fact) ?? [];
  const workers = toWorkers(getRows);
  const dataset = toDataset(getRows);
  const deployStatus = number(getRows(FACT_SERIES.deployStatus));
  return {
    object,
    exists: isExisting(getRows),
    condition: toCondition(getRows),
    completedWithoutData: toCompletedWithoutData(getRows(FACT_SERIES.withoutData)),
    hasTrainedModel: hasModel(getRows, FACT_SERIES.trainedModel),
    hasDeployedModel: hasModel(getRows, FACT_SERIES.deployedModel),
    failures: toFailures(getRows, workers !== undefined),
    failuresInARow: toFailuresInARow(getRows(FACT_SERIES.failuresInARow)),
    workers,
    failedWorkers: number(getRows(FACT_SERIES.failedWorkers)),
    phase: firstLabel(getRows(FACT_SERIES.phase), 'phase'),
    nodes: toNodes(getRows, workers ?? [], dataset),
    localController: toLocalController(getRows, dataset?.node),
    dataset,
    trigger: toTrigger(getRows),
    deployNotOk: deployStatus === undefined ? undefined : deployStatus === 1,
    globalManager: toGlobalManager(getRows),
    knowledgeBase: toKnowledgeBase(getRows),
    isIncomplete: isIncomplete(getRows) || undefined,
    freshness: toFreshness(getRows),
    recordedFindings:
      getRows(FACT_SERIES.findingsKnown).length === 0 ? undefined : getRows(FACT_SERIES.finding).map(toRecordedFinding),
  };
}

export interface LogRow {
  /** Unix time in milliseconds. */
  time: number;
  text: string;
  labels: Readonly<Record<string, string>>;
}

const isLevel = (text: string | undefined): text is LogLevel => LOG_LEVELS.includes(text as LogLevel);

/** Returns log lines as facts, oldest first, with the level of the query, else that of the text. */
export function toLogFacts(rows: readonly LogRow[]): LogFact[] {
  return rows
    .map(({ time, text, labels: { detected_level: level, namespace = '', pod = '', container = '' } }) => ({
      time: time / 1000,
      level: isLevel(level) ? level : parseLevel(text),
      namespace,
      pod,
      container,
      text,
    }))
    .sort((a, b) => a.time - b.time);
}
