import React from 'react';
import { Button } from '@grafana/ui';
import type { MetricSelection } from '../selection';
import { useBookmarked } from './useBookmarks';
import { t } from '../../../platform/i18n';

/** Adds the selection to the bookmarks or removes it. */
export function BookmarkButton({ selection }: { selection: MetricSelection }) {
  const [isBookmarked, toggle] = useBookmarked(selection);
  return (
    <Button
      size="sm"
      variant="secondary"
      fill="outline"
      icon={isBookmarked ? 'favorite' : 'star'}
      aria-pressed={isBookmarked}
      aria-label={t('metrics.bookmark', 'Bookmark')}
      tooltip={
        isBookmarked
          ? t('metrics.bookmark-remove', 'Remove from your bookmarks')
          : t('metrics.bookmark-add', 'Add to your bookmarks, which only you can see')
      }
      onClick={toggle}
    />
  );
}
