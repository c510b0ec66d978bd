/** Named searches, as stored for a user. */
import { dateMath } from '@grafana/data';
import type { SceneObjectUrlValues } from '@grafana/scenes';
import { parseStoredElements, type StorageCodec } from '../../../platform/storage/useUserStorageList';
import { DEFAULT_SELECTION, parseSelection, toUrlValues, type Selection } from '../selection';

export interface SavedSearch {
  name: string;
  selection: Selection;
  /** As written in the URL: relative times stay relative. Absent if the search was saved without its time range. */
  range?: { from: string; to: string };
}

// Grafana stores all searches of a user in one text.
export const MAX_NAME_LENGTH = 60;
export const MAX_SAVED_SEARCHES = 50;

type Stored = Partial<Record<'name' | 'search' | 'from' | 'to', unknown>>;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTime = (value: unknown): value is string => typeof value === 'string' && dateMath.isValid(value);

/** Returns a name as it is stored: on one line and not too long. Empty if there is nothing but white space. */
export const normalizeName = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, MAX_NAME_LENGTH);

function parseSearch(element: unknown): SavedSearch[] {
  const { name, search, from, to } = (isObject(element) ? element : {}) as Stored;
  if (typeof name !== 'string' || normalizeName(name) === '' || !isObject(search)) {
    return [];
  }
  return [
    {
      name: normalizeName(name),
      selection: { ...DEFAULT_SELECTION, ...parseSelection(search as SceneObjectUrlValues) },
      ...(isTime(from) && isTime(to) && { range: { from, to } }),
    },
  ];
}

function toStored({ name, selection, range }: SavedSearch): Stored {
  const nonDefault = Object.entries(toUrlValues(selection)).filter(([, value]) => value !== null);
  return { name, search: Object.fromEntries(nonDefault), ...range };
}

/** Adds a search, or replaces the one with the same name; the result is sorted by name. */
export const addSearch = (list: readonly SavedSearch[], search: SavedSearch): SavedSearch[] =>
  [...removeSearch(list, search.name), search].sort((a, b) => a.name.localeCompare(b.name));

export const removeSearch = (list: readonly SavedSearch[], name: string): SavedSearch[] =>
  list.filter((search) => search.name !== name);

export const SAVED_SEARCHES_CODEC: StorageCodec<SavedSearch> = {
  parse: (stored) => parseStoredElements(stored).flatMap(parseSearch).reduce<SavedSearch[]>(addSearch, []),
  write: (list) => JSON.stringify(list.map(toStored)),
};
