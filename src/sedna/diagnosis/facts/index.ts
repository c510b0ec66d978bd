/**
 * Input of the rules: one plain object about one custom resource, built from rows and log lines. An absent field is
 * unknown, which never means that nothing is wrong. Times are Unix seconds.
 */
import type { Stage } from '../../kinds';
import type { LogLevel } from '../../logs';
import type { ObjectRef } from '../../objectRef';

export interface ConditionFact {
  /** Empty for a kind without stages. */
  stage: string;
  type: string;
  /** Time of its transition. */
  since?: number;
  /** Time of the first of an unbroken run of conditions of the same state; absent without the exporter. */
  stateSince?: number;
}

/** A worker pod; of pods that succeeded, only the last one of each type. */
export interface WorkerFact {
  pod: string;
  /** As in the label worker-type, for example train; empty if unknown. */
  type: string;
  node?: string;
  /** Phase of the pod. */
  phase: string;
  /** Reason of Kubernetes for a waiting container; absent for one that is being created. */
  waitingReason?: string;
  /** The container that waits for that reason. */
  waitingContainer?: string;
  /** Creation time; of pending pods only. */
  created?: number;
  /** Whether the scheduler finds no node for it. */
  isUnschedulable?: boolean;
  /** Whether the node that it is bound to doesn't exist. */
  isNodeMissing?: boolean;
  /** Restarts within `RESTART_WINDOW_SECONDS`; 0 where the last is older than `RESTART_SETTLED_SECONDS`. */
  recentRestarts: number;
  /** When it still was in another state than now, by restarts and waiting reasons within `NODE_SETTLE_SECONDS`. */
  changedSince?: number;
  /** End of the last ended pod of each type; absent for an evicted pod, whose containers have none. */
  ended?: number;
}

/** A node that the object depends on: that of an unfinished worker, or of its dataset. */
export interface NodeFact {
  node: string;
  roles: readonly string[];
  /** Seconds since its lease was renewed, as of the newest scrape. */
  leaseAge: number;
  /** The highest such age within `NODE_SETTLE_SECONDS`. */
  worstLeaseAge: number;
  /** When it was last seen offline within that window. */
  lastOffline?: number;
}

/** Failed stages and completed rounds within a window. */
export interface FailureFact {
  /** Seconds. */
  window: number;
  /** Failed stages, or failed worker pods where only those are known. */
  failed: number;
  /** Number of Deploy/Completed; absent if unknown. */
  completedRounds?: number;
}

export interface DatasetFact {
  name: string;
  /** Absent where no dataset at all is known. */
  exists?: boolean;
  node?: string;
  /** Whether there is no such node. */
  isNodeMissing?: boolean;
  format?: string;
  samples?: number;
  /** Time of the newest report of its status. */
  updated?: number;
  /** Whether the local controller could read it at its last try. */
  read?: boolean;
}

export interface TriggerFact {
  operator?: string;
  metric?: string;
  threshold?: number;
  /** `15:04`, in the local time of the local controller. */
  windowStart?: string;
  windowEnd?: string;
  /** Share of the samples that is used for training. */
  trainProbability?: number;
}

export interface LogFact {
  time: number;
  level: LogLevel;
  namespace: string;
  pod: string;
  container: string;
  text: string;
}

export interface Facts {
  object: ObjectRef;
  /** Whether it is among the collected objects; absent where no object is collected. */
  exists?: boolean;
  condition?: ConditionFact;
  /** Whether the newest Completed of a stage carries no data. */
  completedWithoutData?: Partial<Record<Stage, boolean>>;
  /** Whether the training of any round has reported a model. */
  hasTrainedModel?: boolean;
  /** Whether a model of any round was deployed. */
  hasDeployedModel?: boolean;
  failures?: readonly FailureFact[];
  /** Failures of each stage since it last completed; absent without the exporter. */
  failuresInARow?: Partial<Record<Stage, number>>;
  workers?: readonly WorkerFact[];
  /** Failed workers by the status of the object; kinds without stages. */
  failedWorkers?: number;
  /** `status.phase`; kinds that have one. */
  phase?: string;
  nodes?: readonly NodeFact[];
  /** That of the dataset's node. */
  localController?: { node: string; connected: boolean };
  dataset?: DatasetFact;
  trigger?: TriggerFact;
  /** Whether the deployment waits while the local controller logs errors, by recording rule. */
  deployNotOk?: boolean;
  globalManager?: {
    /** Phase of its pod. */
    podPhase?: string;
  };
  knowledgeBase?: {
    /** Whether the exporter could read its database. */
    readable?: boolean;
    /** Phase of its pod. */
    podPhase?: string;
    /** Whether its service exists without a pod, although pods are known. */
    isWithoutPod?: boolean;
  };
  /** Whether fewer kube-state-metrics than usual answer, so that what is not seen may exist. */
  isIncomplete?: boolean;
  freshness?: {
    /** When the newest sample of the object was scraped, within `SEEN_WINDOW_SECONDS`. */
    sampled?: number;
    /** Whether any object of Sedna is collected. */
    collected?: boolean;
    /** Time of the last successful read of each source of the exporter. */
    sources: ReadonlyArray<{ source: string; lastSuccess: number }>;
  };
  /** What Prometheus recorded as `sedna:finding` for the object; absent where its recording rules are not loaded. */
  recordedFindings?: ReadonlyArray<{ rule: string; labels: Readonly<Record<string, string>> }>;
  /** Oldest first: lines of its pods, and of GM and LC that name it. */
  logs?: readonly LogFact[];
  /** Start of the time range in which the logs are complete. */
  logsSince?: number;
}

/** Parts of the facts that a rule may require. */
export const FACT_NAMES = [
  'condition',
  'condition-time',
  'completed-data',
  'failures',
  'workers',
  'status-counts',
  'nodes',
  'controller-node',
  'local-controller',
  'dataset-exists',
  'dataset-read',
  'dataset-format',
  'trigger',
  'deploy-status',
  'knowledge-base',
  'all-parts',
  'freshness',
  'recorded-findings',
  'logs',
] as const;
export type FactName = (typeof FACT_NAMES)[number];

/** Node of the local controller that watches the dataset. */
export const getControllerNode = ({ dataset, localController }: Facts): string | undefined =>
  dataset?.node ?? localController?.node;

const KNOWN: Readonly<Record<FactName, (facts: Facts) => boolean>> = {
  condition: ({ condition }) => condition !== undefined,
  'condition-time': ({ condition }) => condition?.since !== undefined,
  'completed-data': ({ completedWithoutData }) => completedWithoutData !== undefined,
  failures: ({ failures, failuresInARow }) =>
    failuresInARow !== undefined || (failures !== undefined && failures.length > 0),
  workers: ({ workers }) => workers !== undefined,
  'status-counts': ({ failedWorkers }) => failedWorkers !== undefined,
  nodes: ({ nodes }) => nodes !== undefined,
  'controller-node': (facts) => getControllerNode(facts) !== undefined,
  'local-controller': ({ localController }) => localController !== undefined,
  'dataset-exists': ({ dataset }) => dataset?.exists !== undefined,
  'dataset-read': ({ dataset }) => dataset?.read !== undefined,
  'dataset-format': ({ dataset }) => dataset?.format !== undefined,
  trigger: ({ trigger }) => trigger?.operator !== undefined,
  'deploy-status': ({ deployNotOk }) => deployNotOk !== undefined,
  'knowledge-base': ({ knowledgeBase }) =>
    knowledgeBase?.readable !== undefined ||
    knowledgeBase?.podPhase !== undefined ||
    knowledgeBase?.isWithoutPod === true,
  'all-parts': ({ isIncomplete }) => isIncomplete !== true,
  freshness: ({ freshness }) =>
    freshness?.sampled !== undefined || freshness?.collected === false || (freshness?.sources.length ?? 0) > 0,
  'recorded-findings': ({ recordedFindings }) => recordedFindings !== undefined,
  logs: ({ logs }) => logs !== undefined,
};

/** Whether a part of the facts is known. */
export const isKnown = (facts: Facts, name: FactName): boolean => KNOWN[name](facts);
