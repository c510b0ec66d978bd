import { useCallback, useEffect, useRef, useState } from 'react';
import { usePluginUserStorage } from '@grafana/runtime';

/** An object as a person's storage names it; its kind may be one of a later Sedna. */
export interface ObjectAddress {
  kind: string;
  namespace: string;
  name: string;
}

/** Lists that Grafana keeps for a person. */
export type StoredList = 'starred' | 'opened';

/** Most recently opened objects that are kept. */
export const KEPT_OPENED = 10;

export const addressKey = ({ kind, namespace, name }: ObjectAddress) => `${kind}/${namespace}/${name}`;

/** Reads a stored list, which may come from another version or from a hand: what does not fit is left out. */
export function parseStored(stored: string | null | undefined): ObjectAddress[] {
  try {
    const entries: unknown = JSON.parse(stored ?? '[]');
    const addresses = (Array.isArray(entries) ? entries : []).filter(
      (entry): entry is [string, string, string] =>
        Array.isArray(entry) && entry.length === 3 && entry.every((part) => typeof part === 'string' && part !== '')
    );
    return addresses.map(([kind, namespace, name]) => ({ kind, namespace, name }));
  } catch {
    return [];
  }
}

const writeStored = (list: readonly ObjectAddress[]) =>
  JSON.stringify(list.map(({ kind, namespace, name }) => [kind, namespace, name]));

/**
 * A list of objects that Grafana keeps for this person on its server, or in the browser where it cannot. Where neither
 * works the list lasts as long as the page: it is a help, and its failure nobody's concern.
 * @returns the list, empty until it is read, and what changes it; changes wait for the reading
 */
export function useStoredObjects(
  list: StoredList
): [readonly ObjectAddress[], (change: (list: readonly ObjectAddress[]) => readonly ObjectAddress[]) => void] {
  // Each call makes a new one; the first will do.
  const [storage] = useState(usePluginUserStorage());
  const [objects, setObjects] = useState<readonly ObjectAddress[]>([]);
  const work = useRef<Promise<readonly ObjectAddress[]>>(undefined);

  const read = useCallback(() => (work.current ??= storage.getItem(list).then(parseStored, () => [])), [storage, list]);

  useEffect(() => {
    let mounted = true;
    read().then((found) => mounted && setObjects(found));
    return () => {
      mounted = false;
    };
  }, [read]);

  const change = useCallback(
    (how: (list: readonly ObjectAddress[]) => readonly ObjectAddress[]) => {
      work.current = read().then((known) => {
        const next = how(known);
        setObjects(next);
        storage.setItem(list, writeStored(next)).catch(() => undefined);
        return next;
      });
    },
    [read, storage, list]
  );

  return [objects, change];
}

/** Remembers that a person opened an object; to be called by the page that shows it. */
export function useOpened(kind: string, namespace: string, name: string): void {
  const [, change] = useStoredObjects('opened');
  useEffect(() => {
    const opened = { kind, namespace, name };
    change((list) => [opened, ...list.filter((each) => addressKey(each) !== addressKey(opened))].slice(0, KEPT_OPENED));
  }, [change, kind, namespace, name]);
}
