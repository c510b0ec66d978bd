import { useCallback, useEffect, useRef, useState } from 'react';
import { usePluginUserStorage } from '@grafana/runtime';

/** Converts a list to stored text and back. */
export interface StorageCodec<T> {
  /** Accepts any text, such as that of another version. Ignores elements that aren't valid. */
  parse: (stored: string | null | undefined) => T[];
  write: (list: readonly T[]) => string;
}

type Update<T> = (change: (list: readonly T[]) => readonly T[]) => void;

/**
 * Keeps a list of the user in Grafana's user storage, or in the browser if the server has none. If both fail, the list
 * lasts until the page is closed: it isn't worth an error message.
 * @param codec must be stable
 * @returns the list, empty until it is loaded, and a function that updates it, after it is loaded
 */
export function useUserStorageList<T>(name: string, { parse, write }: StorageCodec<T>): [readonly T[], Update<T>] {
  // usePluginUserStorage returns a new object for each call, which would load again after each render.
  const [storage] = useState(usePluginUserStorage());
  const [list, setList] = useState<readonly T[]>([]);
  const latest = useRef<Promise<readonly T[]>>(undefined);

  const load = useCallback(
    () => (latest.current ??= storage.getItem(name).then(parse, () => [])),
    [storage, name, parse]
  );

  useEffect(() => {
    let mounted = true;
    load().then((found) => mounted && setList(found));
    return () => {
      mounted = false;
    };
  }, [load]);

  const update = useCallback<Update<T>>(
    (change) => {
      latest.current = load().then((known) => {
        const next = change(known);
        setList(next);
        storage.setItem(name, write(next)).catch(() => undefined);
        return next;
      });
    },
    [load, storage, name, write]
  );

  return [list, update];
}

/** Returns the elements of a stored JSON array; none if it isn't one. */
export function parseStoredElements(stored: string | null | undefined): unknown[] {
  try {
    const elements: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(elements) ? elements : [];
  } catch {
    return [];
  }
}
