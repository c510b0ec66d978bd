import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import { parseStoredElements, useUserStorageList, type StorageCodec } from '../../platform/storage/useUserStorageList';
import { lookFromUrl, lookToUrl, NO_LOOK, type MetricLook } from './look';
import type { MetricsScene } from './MetricsScene';

/** Parts of the URL that make a look. */
type Bookmark = ReturnType<typeof lookToUrl>;

/** More are not kept. */
const KEPT_BOOKMARKS = 50;

const isRecord = (value: unknown): value is Record<string, string> => typeof value === 'object' && value !== null;

/** What is stored is read like a URL: as what it should be, or as nothing. */
const FORMAT: StorageCodec<Bookmark> = {
  parse: (stored) =>
    parseStoredElements(stored)
      .filter(isRecord)
      .map((element) => lookToUrl(lookFromUrl(NO_LOOK, element)))
      .filter(({ metric }) => metric !== null)
      .slice(0, KEPT_BOOKMARKS),
  write: (list) => JSON.stringify(list),
};

const useBookmarks = () => useUserStorageList('metrics', FORMAT);
const keyOf = (bookmark: Bookmark): string => JSON.stringify(bookmark);

/** Keeps how a metric is looked at, or forgets it. */
export function BookmarkButton({ look }: { look: MetricLook }) {
  const [bookmarks, change] = useBookmarks();
  const bookmark = lookToUrl(look);
  const isKept = bookmarks.some((each) => keyOf(each) === keyOf(bookmark));
  const toggle = () =>
    change((list) =>
      isKept ? list.filter((each) => keyOf(each) !== keyOf(bookmark)) : [...list, bookmark].slice(-KEPT_BOOKMARKS)
    );
  return (
    <Button
      size="sm"
      variant="secondary"
      fill="outline"
      icon={isKept ? 'favorite' : 'star'}
      aria-pressed={isKept}
      aria-label={t('metrics.bookmark', 'Bookmark')}
      tooltip={
        isKept
          ? t('metrics.bookmark-forget', 'Take it from your bookmarks')
          : t('metrics.bookmark-keep', 'Keep it among your bookmarks; only you see them')
      }
      onClick={toggle}
    />
  );
}

const titleOf = ({ metric, name, namespace, by }: Bookmark): string =>
  [metric, name.join(', ') || namespace, by && t('metrics.by', 'by {{label}}', { label: by })]
    .filter(Boolean)
    .join(' · ');

/** What this person keeps; nothing where there is nothing. */
export function Bookmarks({ model }: { model: MetricsScene }) {
  const [bookmarks] = useBookmarks();
  const styles = useStyles2(getStyles);
  if (bookmarks.length === 0) {
    return null;
  }
  return (
    <ul className={styles.list} aria-label={t('metrics.bookmarks', 'Bookmarks')}>
      {bookmarks.map((bookmark) => (
        <li key={keyOf(bookmark)}>
          <Button
            size="sm"
            variant="secondary"
            icon="favorite"
            onClick={() => model.choose(lookFromUrl(NO_LOOK, bookmark))}
          >
            {titleOf(bookmark)}
          </Button>
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), listStyle: 'none' }),
});
