/** Types of Kubernetes objects and API requests. */

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

/** A Sedna object, live or to be created. Only its metadata is validated. */
export interface SednaObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: unknown;
  status?: unknown;
  [field: string]: unknown;
}

export interface ApiRequest {
  /** GET uses the read route of the proxy, all others the write route. */
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path on the API server with a leading slash and encoded segments. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: object;
  contentType?: string;
  signal?: AbortSignal;
}

/** Error of a transport, with the response if there was one. */
export interface ApiFailure {
  /** HTTP status; absent or 0 without a response. */
  status?: number;
  /** Body of the response, parsed if it is JSON. */
  data?: unknown;
  message?: string;
}

/**
 * Sends one request to the Kubernetes API.
 * @returns the parsed body
 * @throws {ApiFailure}
 */
export type Transport = (request: ApiRequest) => Promise<unknown>;
