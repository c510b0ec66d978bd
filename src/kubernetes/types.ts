/** Kubernetes objects and calls, as far as the app deals with them. */

export interface ObjectMeta {
  name: string;
  namespace: string;
  uid?: string;
  resourceVersion?: string;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  finalizers?: string[];
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: Array<{ uid: string; kind?: string; name?: string }>;
  [field: string]: unknown;
}

/** One of Sedna's objects, live or to be made. What it holds beside the metadata is not trusted. */
export interface SednaObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: unknown;
  status?: unknown;
  [field: string]: unknown;
}

export interface ApiRequest {
  /** Reading goes over the reading route of the proxy, everything else over the writing one. */
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path on the API server with leading slash, every part of it encoded. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: object;
  contentType?: string;
}

/** What a transport rejects with: what the one who answered said, if anybody did. */
export interface ApiFailure {
  /** HTTP status; absent or 0 where nothing answered. */
  status?: number;
  /** Body of the answer, parsed where it is JSON. */
  data?: unknown;
  message?: string;
}

/**
 * Sends one request to the Kubernetes API.
 * @returns the parsed body
 * @throws {ApiFailure}
 */
export type Transport = (request: ApiRequest) => Promise<unknown>;
