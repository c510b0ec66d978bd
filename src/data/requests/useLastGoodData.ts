import { useState } from 'react';
import { LoadingState, type PanelData } from '@grafana/data';
import type { QueryErrorLike } from '../errors/describeQueryError';

/** Why a query failed; undefined where it did not. One failed expression of several makes the answer untrue. */
export function getQueryError(data: PanelData | undefined): QueryErrorLike | undefined {
  // Queries that fail come as `errors`; a request that Grafana refuses as a whole only as `error`.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return data?.errors?.[0] ?? data?.error;
}

/**
 * The last answer that was whole, for showing it while the next one is awaited or cannot be had: scenes forget it
 * with the first failure.
 * @param about what the question is about; an answer about anything else is not shown in its place
 */
export function useLastGoodData<T extends PanelData>(data: T | undefined, about?: string): T | undefined {
  const [last, setLast] = useState<{ data: T; about?: string }>();
  const isWhole = data?.state === LoadingState.Done && getQueryError(data) === undefined;
  if (isWhole && data !== last?.data) {
    setLast({ data, about });
  }
  if (isWhole) {
    return data;
  }
  return last?.about === about ? last?.data : undefined;
}
