/**
 * What the rules judge: one plain object about one custom resource, put together from rows and lines. A field that is
 * absent is not known, which is never the same as "nothing is wrong". Times are Unix seconds.
 */
import type { KindName, Stage } from '../../kinds';
import type { LogLevel } from '../../logs';

export interface ConditionFact {
  /** Empty for a kind without stages. */
  stage: string;
  type: string;
  /** When it was written. */
  since?: number;
}

/** A worker pod; of those that succeeded only the one of each type that ended last. */
export interface WorkerFact {
  pod: string;
  /** As in the label worker-type, for example train. */
  type: string;
  node?: string;
  /** Phase of the pod. */
  phase: string;
  /** Why a container waits, as Kubernetes says it; absent where none does, or is only being created. */
  waitingReason?: string;
  /** The container that waits for that reason. */
  waitingContainer?: string;
  /** When it was created; of one that pends only. */
  created?: number;
  /** Whether the scheduler finds no node for it. */
  isUnschedulable?: boolean;
  /** Restarts within {@link RESTART_WINDOW}. */
  recentRestarts: number;
  /** When it ended; of the pod of each type that ended last, where its containers tell (those of an evicted one do not). */
  ended?: number;
}

/** A node that the object depends on: of a worker that is not finished, or of its dataset. */
export interface NodeFact {
  node: string;
  roles: readonly string[];
  /** Seconds since its lease was renewed, when that was last scraped. */
  leaseAge: number;
  /** The highest such age within {@link STEADY_WINDOW}. */
  worstLeaseAge: number;
}

/** Stage runs that failed and rounds that were completed, within a window. */
export interface FailureFact {
  /** Seconds. */
  window: number;
  /** Stage runs, or worker pods where only those are known. */
  failed: number;
  /** Rounds, that is Deploy/Completed; absent where it is not known. */
  completedRounds?: number;
}

export interface DatasetFact {
  name: string;
  /** Whether it is there; absent where no dataset at all is known. */
  exists?: boolean;
  node?: string;
  format?: string;
  samples?: number;
  /** When its status was last reported. */
  updated?: number;
  /** Whether the last try of the local controller to read it went well. */
  read?: boolean;
}

export interface TriggerFact {
  operator?: string;
  metric?: string;
  threshold?: number;
  /** `15:04`, in the local time of the local controller. */
  windowStart?: string;
  windowEnd?: string;
  /** Share of the samples that is for training. */
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
  object: { kind: KindName; namespace: string; name: string };
  /** Whether it is among the objects that are collected; absent where none is, so that nobody can tell. */
  exists?: boolean;
  condition?: ConditionFact;
  /** Whether the newest Completed of a stage carries no data. */
  completedWithoutData?: Partial<Record<Stage, boolean>>;
  /** Whether any training, of whatever round, has reported a model. */
  hasTrainedModel?: boolean;
  failures?: readonly FailureFact[];
  workers?: readonly WorkerFact[];
  /** What the object's own status counts as failed; kinds without stages. */
  failedWorkers?: number;
  /** `status.phase`; kinds that have one. */
  phase?: string;
  nodes?: readonly NodeFact[];
  /** The one that watches the dataset of the job. */
  localController?: { node: string; connected: boolean };
  dataset?: DatasetFact;
  trigger?: TriggerFact;
  /** Whether the deployment goes wrong, by recording rule: it waits and the local controller logs errors. */
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
    /** Whether its service is there and no pod of it, though pods are known. */
    isWithoutPod?: boolean;
  };
  freshness?: {
    /** When the newest sample of the object was scraped, within {@link SEEN_WINDOW}. */
    sampled?: number;
    /** Whether any object of Sedna is collected. */
    collected?: boolean;
    /** When a source of the exporter was last read without error, by source. */
    sources: ReadonlyArray<{ source: string; lastSuccess: number }>;
  };
  /** What Prometheus recorded as `sedna:finding` for the object; absent where its recording rules are not loaded. */
  recordedFindings?: ReadonlyArray<{ rule: string; labels: Readonly<Record<string, string>> }>;
  /** Oldest first: lines of its pods, and of GM and LC that name it. */
  logs?: readonly LogFact[];
  /** From when on the logs are complete; before that there may be more. */
  logsSince?: number;
}

/** Parts of the facts that a rule may need. */
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
  failures: ({ failures }) => failures !== undefined && failures.length > 0,
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
  freshness: ({ freshness }) =>
    freshness?.sampled !== undefined || freshness?.collected === false || (freshness?.sources.length ?? 0) > 0,
  'recorded-findings': ({ recordedFindings }) => recordedFindings !== undefined,
  logs: ({ logs }) => logs !== undefined,
};

/** Whether a part of the facts is there to be judged. */
export const isKnown = (facts: Facts, name: FactName): boolean => KNOWN[name](facts);
