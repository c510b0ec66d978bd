import { useCallback, useRef, useState } from 'react';
import { fetchObjectJournal, type ObjectJournal } from '../../../data/journal/fetchJournal';
import type { RequestState } from '../../../data/requests/requestState';
import { useRequest } from '../../../data/requests/useRequest';
import type { JournalSubject } from '../../../sedna/journal';
import { SEDNA_NAMESPACE } from '../../../sedna/kinds';

/** A Sedna has one knowledge base, which the exporter calls by its service. */
const KNOWLEDGE_BASE: JournalSubject = { kind: 'KnowledgeBase', namespace: SEDNA_NAMESPACE, name: 'kb' };

/**
 * Fetches the newest changes of the knowledge base, again for each time range.
 * @param from - Unix time in ms, as `to`
 */
export function useKnowledgeBaseJournal(
  from: number,
  to: number
): { request: RequestState<ObjectJournal>; loadOlder: () => void } {
  const [pages, setPages] = useState(1);
  const known = useRef<ObjectJournal>(undefined);
  const request = useRequest(
    useCallback(
      async (signal: AbortSignal) => {
        known.current = await fetchObjectJournal(KNOWLEDGE_BASE, { from, to }, { pages, known: known.current }, signal);
        return known.current;
      },
      [from, to, pages]
    )
  );
  const loadOlder = useCallback(() => setPages((known.current?.pages ?? 1) + 1), []);
  return { request, loadOlder };
}
