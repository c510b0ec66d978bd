import React from 'react';
import { t } from '@grafana/i18n';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { formatCount } from './format';

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
