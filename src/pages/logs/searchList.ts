/** Searches that a person gave a name, as they are kept. */
import { dateMath } from '@grafana/data';
import type { SceneObjectUrlValues } from '@grafana/scenes';
import { parseStoredElements, type StorageCodec } from '../../platform/storage/useUserStorageList';
import { NOTHING_SELECTED, selectionFromUrl, selectionToUrl, type Selection } from './selection';

export interface SavedSearch {
  name: string;
  selection: Selection;
  /** As it was written: what was relative stays relative. Absent where the search is for any time. */
  range?: { from: string; to: string };
}

/** Characters of a name, and searches of a person, at most: Grafana keeps them in one text. */
export const NAME_LIMIT = 60;
export const KEPT_SEARCHES = 50;

type Stored = Partial<Record<'name' | 'search' | 'from' | 'to', unknown>>;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTime = (value: unknown): value is string => typeof value === 'string' && dateMath.isValid(value);

/** A name as it is kept; empty where it is none. */
export const cleanName = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, NAME_LIMIT);

function readSearch(element: unknown): SavedSearch[] {
  const { name, search, from, to } = (isObject(element) ? element : {}) as Stored;
  if (typeof name !== 'string' || cleanName(name) === '' || !isObject(search)) {
    return [];
  }
  return [
    {
      name: cleanName(name),
      selection: { ...NOTHING_SELECTED, ...selectionFromUrl(search as SceneObjectUrlValues) },
      ...(isTime(from) && isTime(to) && { range: { from, to } }),
    },
  ];
}

function writeSearch({ name, selection, range }: SavedSearch): Stored {
  const chosen = Object.entries(selectionToUrl(selection)).filter(([, value]) => value !== null);
  return { name, search: Object.fromEntries(chosen), ...range };
}

/** Puts a search among the others, in the place of that of the same name. */
export const withSearch = (list: readonly SavedSearch[], search: SavedSearch): SavedSearch[] =>
  [...withoutSearch(list, search.name), search].sort((a, b) => a.name.localeCompare(b.name));

export const withoutSearch = (list: readonly SavedSearch[], name: string): SavedSearch[] =>
  list.filter((each) => each.name !== name);

export const SAVED_FORMAT: StorageCodec<SavedSearch> = {
  parse: (stored) => parseStoredElements(stored).flatMap(readSearch).reduce<SavedSearch[]>(withSearch, []),
  write: (list) => JSON.stringify(list.map(writeSearch)),
};
