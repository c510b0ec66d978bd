import { useEffect } from 'react';
import { parseStoredElements, useUserStorageList, type StorageCodec } from './useUserStorageList';

/** Stored reference to an object; its kind may be unknown, such as one of a later Sedna. */
export interface StoredObjectRef {
  kind: string;
  namespace: string;
  name: string;
}

/** Keys of the user storage. */
export type StoredList = 'starred' | 'opened';

export const MAX_RECENT_OBJECTS = 10;

export const getObjectKey = ({ kind, namespace, name }: StoredObjectRef) => `${kind}/${namespace}/${name}`;

export function parseStored(stored: string | null | undefined): StoredObjectRef[] {
  const refs = parseStoredElements(stored).filter(
    (entry): entry is [string, string, string] =>
      Array.isArray(entry) && entry.length === 3 && entry.every((part) => typeof part === 'string' && part !== '')
  );
  return refs.map(([kind, namespace, name]) => ({ kind, namespace, name }));
}

const FORMAT: StorageCodec<StoredObjectRef> = {
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
