import { useState } from 'react';
import { LoadingState, type PanelData } from '@grafana/data';
import { getQueryError } from './requestState';

/**
 * Returns the last response without an error, because scenes drop it when the next one fails.
 * @param subject identifies what the queries are for; a response for another subject isn't returned
 */
export function useLastGoodData<T extends PanelData>(data: T | undefined, subject?: string): T | undefined {
  const [last, setLast] = useState<{ data: T; subject?: string }>();
  const isGood = data?.state === LoadingState.Done && getQueryError(data) === undefined;
  if (isGood && data !== last?.data) {
    setLast({ data, subject });
  }
  if (isGood) {
    return data;
  }
  return last?.subject === subject ? last?.data : undefined;
}
