import React from 'react';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { formatCount } from './format';
import { t } from '../../platform/i18n';

/** @param total number of tasks without the search */
export const NoMatchingTasks = ({ total }: { total: number }) => (
  <EmptyState title={t('knowledge-base.no-match.title', 'No tasks match')}>
    {t('knowledge-base.no-match.text', 'Clear the search to see all {{total}} tasks', {
      count: total,
      total: formatCount(total),
      defaultValue_one: 'Clear the search to see {{total}} task',
    })}
  </EmptyState>
);
