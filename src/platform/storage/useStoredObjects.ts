import { useEffect } from 'react';
import { getObjectKey, type ObjectRef } from '../../sedna/objectRef';
import { parseStoredElements, useUserStorageList, type StorageCodec } from './useUserStorageList';

/** Lists that Grafana keeps for a person. */
export type StoredList = 'starred' | 'opened';

/** Most recently opened objects that are kept. */
export const MAX_RECENT_OBJECTS = 10;

/** Reads a stored list of objects. */
export function parseStored(stored: string | null | undefined): Array<ObjectRef<string>> {
  const addresses = parseStoredElements(stored).filter(
    (entry): entry is [string, string, string] =>
      Array.isArray(entry) && entry.length === 3 && entry.every((part) => typeof part === 'string' && part !== '')
  );
  return addresses.map(([kind, namespace, name]) => ({ kind, namespace, name }));
}

const FORMAT: StorageCodec<ObjectRef<string>> = {
  parse: parseStored,
  write: (list) => JSON.stringify(list.map(({ kind, namespace, name }) => [kind, namespace, name])),
};

/** A list of objects that Grafana keeps for this person. */
export const useStoredObjects = (list: StoredList) => useUserStorageList(list, FORMAT);

/** Remembers that a person opened an object; to be called by the page that shows it. */
export function useTrackRecentObject(kind: string, namespace: string, name: string): void {
  const [, change] = useStoredObjects('opened');
  useEffect(() => {
    const opened = { kind, namespace, name };
    change((list) =>
      [opened, ...list.filter((each) => getObjectKey(each) !== getObjectKey(opened))].slice(0, MAX_RECENT_OBJECTS)
    );
  }, [change, kind, namespace, name]);
}
