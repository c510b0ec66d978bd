import { useCallback, useEffect, useRef, useState } from 'react';
import type { QueryErrorLike } from '../../../data/errors/describeQueryError';
import { useRequest } from '../../../data/requests/useRequest';
import { fetchLogEntries, type LogEntry } from '../../../data/logs/lokiApi';
import { readAround, readOn, type ContextSide } from './readContext';

export type SideName = 'before' | 'after';

/** Entries that one click adds to a side. */
const COUNT = 50;

interface More {
  reading?: SideName;
  failed?: { side: SideName; error: QueryErrorLike };
}

/**
 * The lines around a line, and a way to read on.
 * @param line must be stable, as must `expr`
 */
export function useContextLines(line: LogEntry, expr: string) {
  const first = useRequest(
    useCallback((signal) => readAround(line, { ask: fetchLogEntries, expr, count: COUNT, signal }), [line, expr])
  );
  const [further, setFurther] = useState<Record<SideName, ContextSide>>();
  const [more, setMore] = useState<More>({});
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => {
    const controller = (leaving.current = new AbortController());
    return () => controller.abort();
  }, []);

  const sides = further ?? (first.state === 'done' ? first.value : undefined);

  const readMore = async (side: SideName) => {
    const signal = leaving.current?.signal;
    if (!sides || more.reading) {
      return;
    }
    setMore({ reading: side });
    const change = await readOn(sides[side], { ask: fetchLogEntries, expr, count: COUNT, signal }).then(
      (read) => {
        setFurther({ ...sides, [side]: read });
        return {};
      },
      (error: QueryErrorLike) => ({ failed: { side, error } })
    );
    if (!signal?.aborted) {
      setMore(change);
    }
  };

  return { first, sides, more, readMore };
}
