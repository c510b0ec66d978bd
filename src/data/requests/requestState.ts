import { LoadingState, type PanelData } from '@grafana/data';
import { classifyQueryError, type QueryErrorKind, type QueryErrorLike } from '../errors/classifyQueryError';
import type { PartialPanelData } from './allowPartialData';

interface Loaded<T> {
  value: T;
  /** Unix time in seconds that the value is of; undefined for a value without a time range. */
  loadedAt?: number;
  /** Warnings of the data source, such as a limit of series. */
  warnings?: readonly string[];
}

/**
 * State of a request: of a fetch (`useRequest`) and of the queries of a scene (`useQueryRequest`). `loading` and
 * `failed` keep the last complete value, if there is one.
 */
export type RequestState<T, Reason = unknown> =
  | ({ state: 'loading' } & Partial<Loaded<T>>)
  /** `describeQueryError` has the title and the advice for the error. */
  | ({ state: 'failed'; error: QueryErrorLike; kind: QueryErrorKind } & Partial<Loaded<T>>)
  /** Optional queries failed, or the data source returned only a part. */
  | ({ state: 'partial' } & Loaded<T>)
  /** The response has nothing to show; `reason` says why. */
  | ({ state: 'empty'; reason: Reason } & Loaded<T>)
  | ({ state: 'done' } & Loaded<T>);

/** Returns the state of a failed request. */
export const toFailedState = <T>(error: QueryErrorLike): RequestState<T> & { state: 'failed' } => ({
  state: 'failed',
  error,
  kind: classifyQueryError(error),
});

/** Returns the first query error, or undefined. One failed query makes the whole response unusable. */
export function getQueryError(data: PanelData | undefined): QueryErrorLike | undefined {
  // Queries that fail come as `errors`; a request that Grafana rejects as a whole only as `error`.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return data?.errors?.[0] ?? data?.error;
}

/** Returns the different warnings of the data source in the order of the frames. */
const getWarnings = ({ series }: PanelData): string[] => [
  ...new Set(
    series.flatMap(({ meta }) =>
      (meta?.notices ?? []).flatMap(({ severity, text }) => (severity === 'info' ? [] : text))
    )
  ),
];

/**
 * Returns the state of the queries of a scene.
 * @param last last complete response (`useLastGoodData`)
 */
export function toRequestState<T extends PanelData & Partial<PartialPanelData>>(
  data: PanelData | undefined,
  last: T | undefined
): RequestState<T> {
  const loaded = last && { value: last, loadedAt: last.timeRange.to.valueOf() / 1000, warnings: getWarnings(last) };
  const error = getQueryError(data);
  if (error) {
    return { ...toFailedState<T>(error), ...loaded };
  }
  if (!loaded) {
    return { state: 'loading' };
  }
  if (data?.state === LoadingState.Loading) {
    return { state: 'loading', ...loaded };
  }
  const isPartial = loaded.warnings.length > 0 || Object.keys(last.optionalErrors ?? {}).length > 0;
  return { state: isPartial ? 'partial' : 'done', ...loaded };
}

/** Returns the state with `reason` if there is a value, which the caller found to be empty. Failures stay failures. */
export function toEmptyState<T, Reason>(request: RequestState<T>, reason: Reason): RequestState<T, Reason> {
  switch (request.state) {
    case 'failed':
      return { state: 'failed', error: request.error, kind: request.kind };
    case 'loading':
      return request.value === undefined
        ? { state: 'loading' }
        : { ...request, value: request.value, state: 'empty', reason };
    default:
      return { ...request, state: 'empty', reason };
  }
}
