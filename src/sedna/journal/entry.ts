/**
 * The journal: one JSON line per thing that happened to an object of Sedna, written by the exporter, stored in Loki. Types of
 * version 1. A reader skips entries of a newer version; fields may be added within a version.
 */
import type { MetricValue } from '../conditions/conditionData';
import type { KindName } from '../kinds';
import type { ModelRole } from '../kinds/shared/models';

export const JOURNAL_VERSION = 1;

/**
 * Kind of the object that an entry is about. A worker pod is part of its job, so its entries carry the job's kind, name, and
 * uid. A `Component` is one of Sedna's own: `gm`, `lc`, or `kb`. `Exporter` is what writes the journal.
 */
export const SUBJECT_KINDS = ['Node', 'Component', 'KnowledgeBase', 'Exporter'] as const;
export type SubjectKind = KindName | (typeof SUBJECT_KINDS)[number];

/** What entries are about. */
export interface JournalSubject {
  cluster?: string;
  namespace: string;
  kind: SubjectKind;
  name: string;
}

/** Fields of every entry. */
interface EntryBase<What extends string> {
  v: typeof JOURNAL_VERSION;
  what: What;
  /** The same whenever the thing is written again: readers drop repeats. */
  id: string;
  /** Absent unless the exporter knows the name of its cluster. */
  cluster?: string;
  kind: SubjectKind;
  /** Sedna's namespace for nodes and the knowledge base, which have none. */
  namespace: string;
  name: string;
  /** Absent for the knowledge base. */
  uid?: string;
  /** Time of the thing by the clock of whoever recorded it, in RFC 3339. */
  time: string;
  /** Time at which the exporter saw it, in RFC 3339 with milliseconds. */
  seen: string;
  /** Order of entries with the same `seen`. */
  seq: number;
  /** Time of the log line: `time`, or `seen` if Loki wouldn't take a line that old. */
  at: string;
  /** Paths of fields that were cut to fit a line, such as `condition.message`. */
  cut?: readonly string[];
}

export interface JournalModel {
  /** Absent for a condition of an unknown stage. */
  role?: ModelRole;
  url: string;
  format?: string;
  /** Incremental learning reports a list per metric, with a value per class. */
  metrics?: Readonly<Record<string, MetricValue | readonly MetricValue[]>>;
}

/** Facts in `data` of a condition. Absent if the condition has none. */
export type JournalData =
  | { state: 'malformed'; text: string }
  | {
      state: 'parsed';
      input?: { dataUrl?: string; dataIndexUrl?: string; outputDir?: string; models: readonly JournalModel[] };
      output?: { models: readonly JournalModel[] };
    };

/** An entry of `status.conditions`, with Sedna's times as they are. */
export interface JournalCondition {
  /** Index in the list. */
  index: number;
  /** Hash of the content; with the index, it identifies a condition of an object. */
  hash: string;
  type: string;
  stage?: string;
  status?: string;
  lastHeartbeatTime?: string;
  lastTransitionTime?: string;
  lastProbeTime?: string;
  reason?: string;
  message?: string;
  data?: JournalData;
}

/** A condition that the object has no more. Older ones have no content here: their own entry has it. */
export type LostCondition = JournalCondition | Pick<JournalCondition, 'index' | 'hash'>;

/** A condition was appended. */
export interface ConditionEntry extends EntryBase<'condition'> {
  condition: JournalCondition;
}

/** A condition took the place of another, because the global manager writes the whole status from a copy. */
export interface ConditionReplacedEntry extends EntryBase<'condition-replaced'> {
  condition: JournalCondition;
  lost: LostCondition;
}

/** The list of conditions became shorter. */
export interface ConditionsLostEntry extends EntryBase<'conditions-lost'> {
  before: number;
  after: number;
  lost: readonly LostCondition[];
}

/** A value in `status` of a kind. Lists and maps are JSON. */
export type StatusValue = string | number | boolean;

export interface FieldChange {
  /** Path in the object, such as `status.phase`. */
  path: string;
  before?: StatusValue;
  after?: StatusValue;
}

/** `phase`, counts, or other fields of a status changed. */
export interface StatusEntry extends EntryBase<'status'> {
  fields: readonly FieldChange[];
}

/** The local controller reported another number of samples of a Dataset. */
export interface SamplesEntry extends EntryBase<'samples'> {
  before?: number;
  after?: number;
}

export type CreatedEntry = EntryBase<'created'>;

/** The spec of an object changed. Values that may be secrets are masked. */
export interface ChangedEntry extends EntryBase<'changed'> {
  fields: readonly FieldChange[];
  /** Whether it changed while the exporter was away. Then values are missing. */
  away?: true;
}

export interface DeletedEntry extends EntryBase<'deleted'> {
  /** Whether it was deleted while the exporter was away. Then `time` is when that was noticed. */
  away?: true;
}

export interface JournalPod {
  name: string;
  uid: string;
  node?: string;
  /** Worker type, such as `train`; absent for components. */
  worker?: string;
}

/** How a container ended. */
export interface ContainerEnd {
  container: string;
  exitCode?: number;
  signal?: number;
  reason?: string;
  message?: string;
  startedAt?: string;
  finishedAt?: string;
}

export interface PodEntry extends EntryBase<'pod-created' | 'pod-started'> {
  pod: JournalPod;
}

export interface PodEndedEntry extends EntryBase<'pod-ended'> {
  pod: JournalPod;
  phase: 'Succeeded' | 'Failed';
  reason?: string;
  message?: string;
  containers: readonly ContainerEnd[];
}

/** A container started again: of a worker, or of a component of Sedna. */
export interface RestartEntry extends EntryBase<'pod-restarted' | 'component-restarted'> {
  pod: JournalPod;
  /** Restarts so far. One entry may stand for several. */
  restarts: number;
  ended: ContainerEnd;
}

export interface PodDeletedEntry extends EntryBase<'pod-deleted'> {
  pod: JournalPod;
  /** Last known phase. */
  phase?: string;
  away?: true;
}

export interface NodeEntry extends EntryBase<'node-offline' | 'node-online'> {
  reason?: string;
  message?: string;
}

export const KNOWLEDGE_BASE_ITEMS = ['task', 'group', 'model', 'samples'] as const;

/** A task, group, model file of a group, or sample count of a task in the knowledge base. */
export interface KnowledgeBaseEntry extends EntryBase<'knowledge-base'> {
  item: (typeof KNOWLEDGE_BASE_ITEMS)[number];
  /** Name of the task or group. */
  key: string;
  change: 'added' | 'changed' | 'removed';
  before?: Readonly<Record<string, string | number>>;
  after?: Readonly<Record<string, string | number>>;
}

/** An event of Kubernetes. An event with a higher count is an entry of its own. */
export interface KubernetesEventEntry extends EntryBase<'event'> {
  event: {
    uid: string;
    /** `Normal` or `Warning`. */
    type?: string;
    reason?: string;
    message?: string;
    count: number;
    firstTime?: string;
    lastTime?: string;
    source?: string;
    object: { kind: string; name: string; namespace?: string; uid?: string; fieldPath?: string };
  };
}

/** The exporter started. What happened since `awaySince` and is in no object any more has no entry. */
export interface StartedEntry extends EntryBase<'journal-started'> {
  /** Last time at which the previous exporter saved its progress; absent without progress. */
  awaySince?: string;
}

export type JournalEntry =
  | ConditionEntry
  | ConditionReplacedEntry
  | ConditionsLostEntry
  | StatusEntry
  | SamplesEntry
  | CreatedEntry
  | ChangedEntry
  | DeletedEntry
  | PodEntry
  | PodEndedEntry
  | RestartEntry
  | PodDeletedEntry
  | NodeEntry
  | KnowledgeBaseEntry
  | KubernetesEventEntry
  | StartedEntry;

export type What = JournalEntry['what'];

/** Entry of a `what`. */
export type EntryOf<W extends What, Entry extends JournalEntry = JournalEntry> = Entry extends JournalEntry
  ? W extends Entry['what']
    ? Entry & { what: W }
    : never
  : never;

/** Value of the label `source` of every stream of the journal. */
export const JOURNAL_SOURCE = 'sedna-journal';

/** Fields of the line that become structured metadata of the same names. */
export const STRUCTURED_METADATA = ['kind', 'name', 'uid', 'what'] as const;
