/**
 * The eleven custom resources of Sedna's API group, as the CRDs and controllers of
 * kubeedge/sedna (v1alpha1) define them.
 */

import { KIND_NAMES, type KindName } from './kindNames';

/** API group and version of every Sedna resource; all are namespaced and have a status subresource. */
export const SEDNA_GROUP = 'sedna.io';
export const SEDNA_VERSION = 'v1alpha1';

/** The namespace that Sedna's own components are installed into. */
export const SEDNA_NAMESPACE = 'sedna';

/** Stages of a job that learns in rounds, in the order in which one round goes through them. */
export const STAGES = ['Train', 'Eval', 'Deploy'] as const;
export type Stage = (typeof STAGES)[number];

/** What `conditions[].type` of a staged job (lifelong and incremental learning) may be. */
export const STAGE_CONDITIONS = ['Waiting', 'Ready', 'Starting', 'Running', 'Completed', 'Failed'] as const;
export type StageCondition = (typeof STAGE_CONDITIONS)[number];

/** What Kubernetes allows as `conditions[].status`; Sedna itself only ever writes "True". */
export const CONDITION_STATUSES = ['True', 'False', 'Unknown'] as const;

export { KIND_NAMES, type KindName };

/** Kinds whose live objects the exporter reads: for what lies inside of conditions, and for metrics written as text. */
export const WATCHED_KINDS = [
  'LifelongLearningJob',
  'IncrementalLearningJob',
  'Model',
  'JointInferenceService',
  'FeatureExtractionService',
] as const satisfies readonly KindName[];
export type WatchedKind = (typeof WATCHED_KINDS)[number];

/** A field that `status` of a kind can have, beside `conditions`. */
export type StatusField =
  | 'startTime'
  | 'completionTime'
  | 'updateTime'
  | 'active'
  | 'succeeded'
  | 'failed'
  | 'phase'
  | 'metrics'
  | 'numberOfSamples'
  | 'knowledgeBase';

export interface Kind {
  /** Kind as in `kind:` of an object. */
  kind: KindName;
  /** Plural as in the API path. */
  plural: string;
  /** Short name for kubectl; absent where the CRD has none. */
  shortName?: string;
  /** Values of `status.conditions[].type`; empty where the kind has no conditions. */
  conditionTypes: readonly string[];
  /** Whether a condition also names a stage and carries `data`, a JSON string. */
  staged: boolean;
  /** Values of `status.phase`; empty where the kind has none. */
  phases: readonly string[];
  /** Fields of `status` beside `conditions`. */
  statusFields: readonly StatusField[];
  /** Whether the global manager creates worker pods for it. */
  hasWorkers: boolean;
  /** Whether Sedna registers a controller for it, or another component reports its status. */
  controlled: boolean;
}

const JOB_PHASES = ['Pending', 'Running', 'Succeeded', 'Failed'] as const;
const SERVICE_CONDITIONS = ['Pending', 'Failed', 'Running'] as const;

/** One entry a kind, jobs that learn in rounds first. */
export const KINDS: readonly Kind[] = [
  {
    kind: 'LifelongLearningJob',
    plural: 'lifelonglearningjobs',
    shortName: 'll',
    conditionTypes: STAGE_CONDITIONS,
    staged: true,
    phases: [],
    statusFields: ['knowledgeBase', 'startTime', 'completionTime'],
    hasWorkers: true,
    controlled: true,
  },
  {
    kind: 'IncrementalLearningJob',
    plural: 'incrementallearningjobs',
    shortName: 'il',
    conditionTypes: STAGE_CONDITIONS,
    staged: true,
    phases: [],
    statusFields: ['startTime', 'completionTime'],
    hasWorkers: true,
    controlled: true,
  },
  {
    kind: 'FederatedLearningJob',
    plural: 'federatedlearningjobs',
    shortName: 'fl',
    conditionTypes: ['Complete', 'Failed', 'Training'],
    staged: false,
    phases: JOB_PHASES,
    statusFields: ['active', 'succeeded', 'failed', 'phase', 'startTime', 'completionTime'],
    hasWorkers: true,
    controlled: true,
  },
  {
    kind: 'JointInferenceService',
    plural: 'jointinferenceservices',
    shortName: 'ji',
    conditionTypes: SERVICE_CONDITIONS,
    staged: false,
    phases: [],
    statusFields: ['active', 'failed', 'metrics', 'startTime'],
    hasWorkers: true,
    controlled: true,
  },
  {
    kind: 'FeatureExtractionService',
    plural: 'featureextractionservices',
    shortName: 'fe',
    conditionTypes: SERVICE_CONDITIONS,
    staged: false,
    phases: [],
    statusFields: ['active', 'failed', 'metrics', 'startTime'],
    hasWorkers: true,
    controlled: true,
  },
  {
    kind: 'VideoAnalyticsJob',
    plural: 'videoanalyticsjobs',
    shortName: 'va',
    conditionTypes: STAGE_CONDITIONS,
    staged: false,
    phases: JOB_PHASES,
    statusFields: ['active', 'succeeded', 'failed', 'phase', 'startTime', 'completionTime'],
    hasWorkers: true,
    controlled: true,
  },
  {
    kind: 'ReidJob',
    plural: 'reidjobs',
    shortName: 'reid',
    conditionTypes: STAGE_CONDITIONS,
    staged: false,
    phases: JOB_PHASES,
    statusFields: ['active', 'succeeded', 'failed', 'phase', 'startTime', 'completionTime'],
    hasWorkers: true,
    controlled: true,
  },
  {
    kind: 'ObjectSearchService',
    plural: 'objectsearchservices',
    shortName: 'objs',
    conditionTypes: SERVICE_CONDITIONS,
    staged: false,
    phases: [],
    statusFields: ['active', 'failed', 'startTime'],
    hasWorkers: true,
    controlled: true,
  },
  {
    kind: 'ObjectTrackingService',
    plural: 'objecttrackingservices',
    shortName: 'objt',
    conditionTypes: SERVICE_CONDITIONS,
    staged: false,
    phases: [],
    statusFields: ['active', 'failed', 'startTime'],
    // The type exists, but Sedna registers no controller for it.
    hasWorkers: false,
    controlled: false,
  },
  {
    kind: 'Dataset',
    plural: 'datasets',
    conditionTypes: [],
    staged: false,
    phases: [],
    statusFields: ['numberOfSamples', 'updateTime'],
    hasWorkers: false,
    controlled: true,
  },
  {
    kind: 'Model',
    plural: 'models',
    conditionTypes: [],
    staged: false,
    phases: [],
    statusFields: ['metrics', 'updateTime'],
    hasWorkers: false,
    controlled: true,
  },
];

const BY_NAME = new Map<string, Kind>(KINDS.map((kind) => [kind.kind, kind]));

/**
 * Looks a kind up by its name.
 * @returns undefined for a name that is none of Sedna's (it may come from a URL).
 */
export function findKind(name: string): Kind | undefined {
  return BY_NAME.get(name);
}

/** The label prefix that the global manager puts on a kind's worker pods, as in `reidjob.sedna.io/name`. */
export function getWorkerLabelPrefix(kind: KindName): string {
  return `${kind.toLowerCase()}.${SEDNA_GROUP}/`;
}
