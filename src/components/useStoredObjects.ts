import { useEffect } from 'react';
import { storedElements, useStoredList, type StoredFormat } from './useStoredList';

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

/** Reads a stored list of objects. */
export function parseStored(stored: string | null | undefined): ObjectAddress[] {
  const addresses = storedElements(stored).filter(
    (entry): entry is [string, string, string] =>
      Array.isArray(entry) && entry.length === 3 && entry.every((part) => typeof part === 'string' && part !== '')
  );
  return addresses.map(([kind, namespace, name]) => ({ kind, namespace, name }));
}

const FORMAT: StoredFormat<ObjectAddress> = {
  parse: parseStored,
  write: (list) => JSON.stringify(list.map(({ kind, namespace, name }) => [kind, namespace, name])),
};

/** A list of objects that Grafana keeps for this person. */
export const useStoredObjects = (list: StoredList) => useStoredList(list, FORMAT);

/** Remembers that a person opened an object; to be called by the page that shows it. */
export function useOpened(kind: string, namespace: string, name: string): void {
  const [, change] = useStoredObjects('opened');
  useEffect(() => {
    const opened = { kind, namespace, name };
    change((list) => [opened, ...list.filter((each) => addressKey(each) !== addressKey(opened))].slice(0, KEPT_OPENED));
  }, [change, kind, namespace, name]);
}
