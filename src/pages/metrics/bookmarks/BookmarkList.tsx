import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { DEFAULT_SELECTION, parseSelection, type MetricSelection } from '../selection';
import { getBookmarkKey, useBookmarks, type Bookmark } from './useBookmarks';
import { t } from '../../../platform/i18n';

const formatBookmark = ({ metric, name, namespace, by }: Bookmark): string =>
  [metric, name.join(', ') || namespace, by && t('metrics.by', 'by {{label}}', { label: by })]
    .filter(Boolean)
    .join(' · ');

/** Shows nothing until the user has bookmarks. */
export function BookmarkList({ onSelect }: { onSelect: (selection: MetricSelection) => void }) {
  const bookmarks = useBookmarks();
  const styles = useStyles2(getStyles);
  if (bookmarks.length === 0) {
    return null;
  }
  return (
    <ul className={styles.list} aria-label={t('metrics.bookmarks', 'Bookmarks')}>
      {bookmarks.map((bookmark) => (
        <li key={getBookmarkKey(bookmark)}>
          <Button
            size="sm"
            variant="secondary"
            icon="favorite"
            onClick={() => onSelect(parseSelection(DEFAULT_SELECTION, bookmark))}
          >
            {formatBookmark(bookmark)}
          </Button>
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), listStyle: 'none' }),
});
