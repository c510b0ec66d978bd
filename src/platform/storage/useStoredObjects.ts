import { useEffect } from 'react';
import { getObjectKey, type ObjectRef } from '../../sedna/objectRef';
import { parseStoredElements, useUserStorageList, type StorageCodec } from './useUserStorageList';

/** Keys of the user storage. */
export type StoredList = 'starred' | 'opened';

export const MAX_RECENT_OBJECTS = 10;

/** Parses a stored list of objects. */
export function parseStored(stored: string | null | undefined): Array<ObjectRef<string>> {
  const refs = parseStoredElements(stored).filter(
    (entry): entry is [string, string, string] =>
      Array.isArray(entry) && entry.length === 3 && entry.every((part) => typeof part === 'string' && part !== '')
  );
  return refs.map(([kind, namespace, name]) => ({ kind, namespace, name }));
}

const FORMAT: StorageCodec<ObjectRef<string>> = {
  parse: parseStored,
  write: (list) => JSON.stringify(list.map(({ kind, namespace, name }) => [kind, namespace, name])),
};

/** Keeps a list of objects of the user. */
export const useStoredObjects = (list: StoredList) => useUserStorageList(list, FORMAT);

/** Adds the object to the recently opened ones of the user. */
export function useTrackRecentObject(kind: string, namespace: string, name: string): void {
  const [, update] = useStoredObjects('opened');
  useEffect(() => {
    const opened = { kind, namespace, name };
    update((list) =>
      [opened, ...list.filter((each) => getObjectKey(each) !== getObjectKey(opened))].slice(0, MAX_RECENT_OBJECTS)
    );
  }, [update, kind, namespace, name]);
}
