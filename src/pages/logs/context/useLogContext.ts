import { useCallback, useEffect, useRef, useState } from 'react';
import type { QueryErrorLike } from '../../../data/errors/classifyQueryError';
import { useRequest } from '../../../data/requests/useRequest';
import { fetchLogEntries, type LogEntry } from '../../../data/logs/lokiApi';
import { fetchLogContext, fetchMoreContext, type ContextSide } from './fetchLogContext';

export type SideName = 'before' | 'after';

/** Entries that one click adds to a side. */
const PAGE_SIZE = 50;

interface MoreState {
  loading?: SideName;
  failed?: { side: SideName; error: QueryErrorLike };
}

/**
 * Fetches the lines around a line, and more of them on demand.
 * @param line must be stable, as must `expr`
 */
export function useLogContext(line: LogEntry, expr: string) {
  const first = useRequest(
    useCallback(
      (signal) => fetchLogContext(line, { fetchLines: fetchLogEntries, expr, count: PAGE_SIZE, signal }),
      [line, expr]
    )
  );
  const [extended, setExtended] = useState<Record<SideName, ContextSide>>();
  const [more, setMore] = useState<MoreState>({});
  const unmount = useRef<AbortController>(undefined);
  useEffect(() => {
    const controller = (unmount.current = new AbortController());
    return () => controller.abort();
  }, []);

  const sides = extended ?? (first.state === 'done' ? first.value : undefined);

  const fetchMore = async (side: SideName) => {
    const signal = unmount.current?.signal;
    if (!sides || more.loading) {
      return;
    }
    setMore({ loading: side });
    const request = { fetchLines: fetchLogEntries, expr, count: PAGE_SIZE, signal };
    const next: MoreState = await fetchMoreContext(sides[side], request).then(
      (fetched) => {
        setExtended({ ...sides, [side]: fetched });
        return {};
      },
      (error: QueryErrorLike) => ({ failed: { side, error } })
    );
    if (!signal?.aborted) {
      setMore(next);
    }
  };

  return { first, sides, more, fetchMore };
}
