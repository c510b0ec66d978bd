import { useCallback, useMemo, useRef, useState } from 'react';
import { fetchObjectHistory, hasExactSource, type ObjectHistory } from './objectHistory';
import type { RequestState } from '../requests/requestState';
import { useRequest } from '../requests/useRequest';
import type { ObjectRef } from '../../sedna/objectRef';

export interface ObjectHistoryRequest {
  /** False if neither a live object nor a journal can be read. */
  isConfigured: boolean;
  request: RequestState<ObjectHistory | undefined>;
  /** Loads another page of the journal. */
  loadOlder: () => void;
}

/**
 * Fetches the exact history of an object, again for each time range.
 * @param ref - absent for an object whose history isn't needed
 * @param from - Unix time in ms, as `to`
 */
export function useObjectHistory(ref: ObjectRef | undefined, from: number, to: number): ObjectHistoryRequest {
  const [pages, setPages] = useState(1);
  const known = useRef<ObjectHistory>(undefined);
  const isConfigured = useMemo(() => ref !== undefined && hasExactSource(), [ref]);
  const request = useRequest(
    useCallback(
      async (signal: AbortSignal) => {
        if (!ref || !isConfigured) {
          return undefined;
        }
        const history = await fetchObjectHistory(ref, { from, to }, { pages, known: known.current }, signal);
        known.current = history;
        return history;
      },
      [isConfigured, ref, from, to, pages]
    )
  );
  const loadOlder = useCallback(() => setPages((known.current?.journal?.pages ?? 1) + 1), []);
  return { isConfigured, request, loadOlder };
}
