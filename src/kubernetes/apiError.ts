/** What went wrong with a call, by who refused it and why: each asks for different action. */
import type { ApiFailure } from './types';

export type ApiErrorKind =
  /** Grafana's RBAC: the person may not. */
  | 'refused-by-grafana'
  /** RBAC of the token: the connection may not. */
  | 'refused-by-kubernetes'
  /** The token is none, wrong or expired. */
  | 'token-refused'
  /** No such object. */
  | 'not-found'
  /** The API server serves no such kind: its CRD is not installed. */
  | 'kind-not-served'
  /** It exists already, is another object by now, or was changed at the same time. */
  | 'conflict'
  /** The object is not as the schema or an admission webhook wants it. */
  | 'invalid'
  /** Grafana did not reach the API server, or does not trust its certificate. */
  | 'unreachable'
  /** It is still there after a while: something holds it. */
  | 'still-there'
  | 'other';

export interface ApiErrorDetails {
  kind: ApiErrorKind;
  /** What the one who refused said; may be empty. */
  detail: string;
  /** Fields that are not as they should be. */
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

/** Kubernetes refuses with an object of kind Status; Grafana and proxies do not. */
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

/** Tells apart what a transport, or this folder's own code, has rejected with. */
export function toApiError(reason: unknown): KubernetesApiError {
  if (reason instanceof KubernetesApiError) {
    return reason;
  }
  const { status, data, message } = (isObject(reason) ? reason : { message: String(reason) }) as ApiFailure;
  if (isStatus(data)) {
    const fields = getFields(data);
    // A patch names the uid of the object that was seen; another object by now has another one.
    const isAnother = fields.some(({ field }) => field === 'metadata.uid');
    return new KubernetesApiError(isAnother ? 'conflict' : kindOfStatus(status, data), toText(data.message), fields);
  }
  const said = toText(data) || (isObject(data) ? toText(data.message) : '') || message || '';
  return new KubernetesApiError(kindWithoutStatus(status, said), said);
}
