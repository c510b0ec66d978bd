import type { KindName } from '../kindNames';

/** A field that `status` of a kind can have, besides `conditions`. */
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

/** Worker types, as in the label `<kind>.sedna.io/worker-type`. */
export interface Workers {
  /** Types that run as pods owned by the resource itself. */
  pods?: readonly string[];
  /** Types that run as Deployments: a ReplicaSet owns their pods. No two kinds share one. */
  deployments?: readonly string[];
}

/** What is particular to one kind, as its CRD and its controllers in kubeedge/sedna (v1alpha1) define it. */
export interface KindDefinition {
  /** Kind as in `kind:` of an object. */
  kind: KindName;
  /** Plural as in the API path. */
  plural: string;
  /** Short name for kubectl; absent if the CRD has none. */
  shortName?: string;
  /** Name of the kind within a sentence. */
  noun: string;
  /** Component of the metrics about its objects. */
  component: 'job' | 'service' | 'dataset' | 'model';
  /** Values of `status.conditions[].type`; empty if the kind has no conditions. */
  conditionTypes: readonly string[];
  /** Whether a condition also names a stage and carries `data`, a JSON string. */
  staged: boolean;
  /** Whether training waits for a trigger. */
  triggered?: boolean;
  /** Whether Eval and Deploy list the model that was trained in this round, and the one that it is compared with. */
  comparesModels?: boolean;
  /** Values of `status.phase`; empty if the kind has none. */
  phases: readonly string[];
  /** Fields of `status` besides `conditions`. */
  statusFields: readonly StatusField[];
  /** Labels of the info series: fields of the spec. */
  infoLabels: readonly string[];
  /** Worker types; absent if the global manager creates no worker pods for the kind. */
  workers?: Workers;
  /** Whether Sedna registers a controller for the kind, or another component reports its status. */
  controlled: boolean;
  /** Whether the controller can't write the status of the kind, although it creates the workers. */
  isStatusLost?: boolean;
}
