import { useCallback, useEffect, useRef, useState } from 'react';
import { usePluginUserStorage } from '@grafana/runtime';

/** How a list is kept as text. */
export interface StorageCodec<T> {
  /** What is stored may come from another version or from a hand: what does not fit is left out. */
  parse: (stored: string | null | undefined) => T[];
  write: (list: readonly T[]) => string;
}

type Change<T> = (how: (list: readonly T[]) => readonly T[]) => void;

/**
 * A list that Grafana keeps for this person on its server, or in the browser where it cannot. Where neither works the
 * list lasts as long as the page: it is a help, and its failure nobody's concern.
 * @param format must be stable
 * @returns the list, empty until it is read, and what changes it; changes wait for the reading
 */
export function useUserStorageList<T>(name: string, { parse, write }: StorageCodec<T>): [readonly T[], Change<T>] {
  // Each call makes a new one; the first will do.
  const [storage] = useState(usePluginUserStorage());
  const [list, setList] = useState<readonly T[]>([]);
  const work = useRef<Promise<readonly T[]>>(undefined);

  const read = useCallback(
    () => (work.current ??= storage.getItem(name).then(parse, () => [])),
    [storage, name, parse]
  );

  useEffect(() => {
    let mounted = true;
    read().then((found) => mounted && setList(found));
    return () => {
      mounted = false;
    };
  }, [read]);

  const change = useCallback<Change<T>>(
    (how) => {
      work.current = read().then((known) => {
        const next = how(known);
        setList(next);
        storage.setItem(name, write(next)).catch(() => undefined);
        return next;
      });
    },
    [read, storage, name, write]
  );

  return [list, change];
}

/** Elements of a stored JSON list, whatever they are; none where it is no list. */
export function parseStoredElements(stored: string | null | undefined): unknown[] {
  try {
    const elements: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(elements) ? elements : [];
  } catch {
    return [];
  }
}
