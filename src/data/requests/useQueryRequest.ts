import { useMemo } from 'react';
import type { PanelData } from '@grafana/data';
import { allowPartialData, type PartialPanelData } from './allowPartialData';
import { toRequestState, type RequestState } from './requestState';
import { useLastGoodData } from './useLastGoodData';

interface Options {
  /** refId of the query that must succeed; all must if absent. */
  essential?: string;
  /** Identifies what the queries are for: a value for another subject isn't kept while they load. */
  subject?: string;
}

/** Returns the state of the queries of a scene, with the last complete response while they load or after they failed. */
export function useQueryRequest(
  data: PanelData | undefined,
  { essential, subject }: Options = {}
): RequestState<PartialPanelData> {
  const response = useMemo(() => allowPartialData(data, essential), [data, essential]);
  const last = useLastGoodData(response, subject);
  return useMemo(() => toRequestState(response, last), [response, last]);
}
