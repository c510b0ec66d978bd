/** What the simulated Sedna hands out: plain data, no I/O. All times are milliseconds since the epoch (UTC). */

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
  /** The world's own uid; an API server assigns another one. */
  uid?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  generateName?: string;
}

/** A Kubernetes object as the world holds it, status included. */
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

/** Where a container's lines go: one file a restart. */
export interface LogSource {
  node: string;
  namespace: string;
  pod: string;
  /** uid of the pod, the world's own. */
  uid: string;
  container: string;
  /** Number of restarts so far, from 0. */
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
/** One line, without its line end. `time` is before `at` where an offline node delivers late. */
export interface LogEffect extends LogSource {
  type: 'log';
  at: number;
  time: number;
  stream: Stream;
  line: string;
}
/** One statement for the knowledge base's SQLite file. */
export interface KbEffect {
  type: 'kb';
  at: number;
  sql: string;
  params: Array<string | number | null>;
}
export type Effect = ApplyEffect | DeleteEffect | LogEffect | KbEffect;

/** A process of the simulation: yields how long it waits, in milliseconds. */
export type Process<T = void> = Generator<number, T, void>;
