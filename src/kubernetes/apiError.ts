/** Errors of the Kubernetes API, by who rejected the request and why, because each needs a different action. */
import type { ApiFailure } from './types';

export type ApiErrorKind =
  /** Grafana's RBAC: the user lacks permission. */
  | 'refused-by-grafana'
  /** Kubernetes RBAC: the token lacks permission. */
  | 'refused-by-kubernetes'
  /** The token is missing, wrong, or expired. */
  | 'token-refused'
  /** No such object. */
  | 'not-found'
  /** The CRD of the kind isn't installed. */
  | 'kind-not-served'
  /** The object exists already, was recreated, or was changed at the same time. */
  | 'conflict'
  /** The schema or an admission webhook rejected the object. */
  | 'invalid'
  /** Grafana can't reach the API server, or doesn't trust its certificate. */
  | 'unreachable'
  /** The object still exists some time after its deletion, because of a finalizer for example. */
  | 'still-there'
  | 'other';

export interface ApiErrorDetails {
  kind: ApiErrorKind;
  /** Message of the server; may be empty. */
  detail: string;
  /** Fields that aren't valid. */
  fields: ReadonlyArray<{ field: string; message: string }>;
}

export class KubernetesApiError extends Error implements ApiErrorDetails {
  constructor(
    readonly kind: ApiErrorKind,
    readonly detail: string,
    readonly fields: ApiErrorDetails['fields'] = []
  ) {
    super(detail || kind);
  }
}

type Unknown = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Unknown => typeof value === 'object' && value !== null;
const toText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Returns whether Kubernetes sent the error: an object of kind Status, which Grafana and proxies don't send. */
const isStatus = (data: unknown): data is Unknown => isObject(data) && data.kind === 'Status';

function getFields(status: Unknown): ApiErrorDetails['fields'] {
  const causes = isObject(status.details) && Array.isArray(status.details.causes) ? status.details.causes : [];
  return causes
    .filter(isObject)
    .map(({ field, message }) => ({ field: toText(field), message: toText(message) }))
    .filter(({ field, message }) => field !== '' || message !== '');
}

function kindOfStatus(code: number | undefined, { details }: Unknown): ApiErrorKind {
  switch (code) {
    case 401:
      return 'token-refused';
    case 403:
      return 'refused-by-kubernetes';
    case 404:
      return isObject(details) && toText(details.name) !== '' ? 'not-found' : 'kind-not-served';
    case 409:
      return 'conflict';
    case 400:
    case 422:
      return 'invalid';
    default:
      return 'other';
  }
}

function kindWithoutStatus(code: number | undefined, words: string): ApiErrorKind {
  if (code === 403) {
    return 'refused-by-grafana';
  }
  if (code === undefined || code === 0 || code === 502 || code === 503 || code === 504) {
    return 'unreachable';
  }
  if (code === 404 && /page not found/i.test(words)) {
    return 'kind-not-served';
  }
  return 'other';
}

/** Converts an error of a transport or of this folder. */
export function toApiError(reason: unknown): KubernetesApiError {
  if (reason instanceof KubernetesApiError) {
    return reason;
  }
  const { status, data, message } = (isObject(reason) ? reason : { message: String(reason) }) as ApiFailure;
  if (isStatus(data)) {
    const fields = getFields(data);
    // A patch has the uid of the object that the user saw; a recreated object has another one.
    const isAnother = fields.some(({ field }) => field === 'metadata.uid');
    return new KubernetesApiError(isAnother ? 'conflict' : kindOfStatus(status, data), toText(data.message), fields);
  }
  const said = toText(data) || (isObject(data) ? toText(data.message) : '') || message || '';
  return new KubernetesApiError(kindWithoutStatus(status, said), said);
}
