import React from 'react';
import { useLocation } from 'react-router-dom';
import { Stack } from '@grafana/ui';
import { buildPageUrl, type PageId } from '../../platform/links/links';
import { t } from '../../platform/i18n';
import { AppLink } from '../links/AppLink';
import { EmptyState } from './EmptyState';

export const getNotFoundTitle = () => t('not-found.title', 'Page not found');

const getPages = (): ReadonlyArray<[PageId, string]> => [
  ['overview', t('overview.title', 'Overview')],
  ['resources', t('resources.title', 'Resources')],
  ['logs', t('logs.title', 'Logs')],
  ['metrics', t('metrics.title', 'Metrics')],
  ['knowledge-base', t('knowledge-base.title', 'Knowledge base')],
];

/** Says that the app has no page at the current path, and links to those that it has. */
export function NotFound() {
  const { pathname } = useLocation();
  return (
    <EmptyState title={t('not-found.text', 'The app has no page at {{path}}', { path: pathname })}>
      <Stack direction="row" gap={2} justifyContent="center" wrap="wrap">
        {getPages().map(([page, title]) => (
          <AppLink key={page} href={buildPageUrl(page)}>
            {title}
          </AppLink>
        ))}
      </Stack>
    </EmptyState>
  );
}
