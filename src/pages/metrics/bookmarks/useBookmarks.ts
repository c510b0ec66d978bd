import {
  parseStoredElements,
  useUserStorageList,
  type StorageCodec,
} from '../../../platform/storage/useUserStorageList';
import { DEFAULT_SELECTION, parseSelection, toSelectionParams, type MetricSelection } from '../selection';

/** A selection as its URL parameters, which is also how it is stored. */
export type Bookmark = ReturnType<typeof toSelectionParams>;

/** The oldest bookmarks are dropped first. */
const MAX_BOOKMARKS = 50;

const isRecord = (value: unknown): value is Record<string, string> => typeof value === 'object' && value !== null;

const BOOKMARK_FORMAT: StorageCodec<Bookmark> = {
  // Another version or a person may have written the list: each entry is parsed like a URL.
  parse: (stored) =>
    parseStoredElements(stored)
      .filter(isRecord)
      .map((element) => toSelectionParams(parseSelection(DEFAULT_SELECTION, element)))
      .filter(({ metric }) => metric !== null)
      .slice(0, MAX_BOOKMARKS),
  write: (list) => JSON.stringify(list),
};

const useStoredBookmarks = () => useUserStorageList('metrics', BOOKMARK_FORMAT);

export const getBookmarkKey = (bookmark: Bookmark): string => JSON.stringify(bookmark);

/** Returns the bookmarks of the current user, oldest first; empty until they are loaded. */
export function useBookmarks(): readonly Bookmark[] {
  const [bookmarks] = useStoredBookmarks();
  return bookmarks;
}

/** Returns whether the selection is bookmarked, and a function that adds or removes it. */
export function useBookmarked(selection: MetricSelection): [boolean, () => void] {
  const [bookmarks, change] = useStoredBookmarks();
  const bookmark = toSelectionParams(selection);
  const key = getBookmarkKey(bookmark);
  const isBookmarked = bookmarks.some((each) => getBookmarkKey(each) === key);
  const toggle = () =>
    change((list) =>
      isBookmarked ? list.filter((each) => getBookmarkKey(each) !== key) : [...list, bookmark].slice(-MAX_BOOKMARKS)
    );
  return [isBookmarked, toggle];
}
