/** Effects of the simulation as plain data. All times are in milliseconds since the epoch. */

/** Any JSON value of a Kubernetes object below its metadata. */
export type Json = any;

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface ObjectMeta {
  name: string;
  namespace?: string;
  /** Simulated uid. An API server assigns another one. */
  uid?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  generateName?: string;
  /** Recorded objects only; an API server assigns another one. */
  creationTimestamp?: string;
}

/** A simulated Kubernetes object with its status. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: Json;
  status?: Json;
}

export interface ObjectRef {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

export type Stream = 'stdout' | 'stderr';

/** Source of log lines. Each restart of a container has its own file. */
export interface LogSource {
  node: string;
  namespace: string;
  pod: string;
  /** Simulated uid of the pod. */
  uid: string;
  container: string;
  /** Number of restarts so far. */
  restart: number;
}

export interface ApplyEffect {
  type: 'apply';
  at: number;
  object: KubeObject;
}
export interface DeleteEffect {
  type: 'delete';
  at: number;
  ref: ObjectRef;
}
/** A log line without line break. `time` is before `at` if an offline node delivered it late. */
export interface LogEffect extends LogSource {
  type: 'log';
  at: number;
  time: number;
  stream: Stream;
  line: string;
}
/** SQL statement for the SQLite file of the knowledge base. */
export interface KbEffect {
  type: 'kb';
  at: number;
  sql: string;
  params: Array<string | number | null>;
}
/** Replaces the SQLite file of the knowledge base by a copy. */
export interface KbFileEffect {
  type: 'kb-file';
  at: number;
  file: string;
}
export type Effect = ApplyEffect | DeleteEffect | LogEffect | KbEffect | KbFileEffect;

/** Process of the simulation. Yields the time to wait in milliseconds. */
export type Process<T = void> = Generator<number, T, void>;
