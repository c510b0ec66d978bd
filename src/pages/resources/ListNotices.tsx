import React from 'react';
import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import { RelativeTime } from '../../ui/RelativeTime';
import type { PartialPanelData } from '../../data/requests/allowPartialData';

interface Props {
  missing?: PartialPanelData['optionalErrors'];
  /** Unix time in seconds of the newest sample where all are late. */
  lateSince?: number;
}

/** What the list lacks because its query failed. */
function lackOf(refId: string): string {
  switch (refId) {
    case 'states':
      return t('resources.missing.states', 'stages and conditions');
    case 'details':
      return t('resources.missing.details', 'numbers and phases');
    case 'trouble':
      return t('resources.missing.trouble', 'failed and waiting worker pods, so is:failing and is:stuck find less');
    default:
      return t('resources.missing.silent', 'nodes that are offline');
  }
}

/** What to know before believing the list: what could not be read, and that nothing new arrives. */
export function ListNotices({ missing = {}, lateSince }: Props) {
  const failed = Object.entries(missing);
  return (
    <>
      {failed.length > 0 && (
        <Alert severity="warning" title={t('resources.missing.title', 'A part of this could not be read')}>
          <ul>
            {failed.map(([refId, { message, data }]) => (
              <li key={refId}>{[lackOf(refId), data?.message ?? message].filter(Boolean).join(': ')}</li>
            ))}
          </ul>
        </Alert>
      )}
      {lateSince !== undefined && (
        <Alert severity="warning" title={t('resources.late.title', 'Prometheus has nothing newer')}>
          {t(
            'resources.late.text',
            'See whether kube-state-metrics runs and Prometheus can reach it. What is below was true'
          )}{' '}
          <RelativeTime seconds={lateSince} />
        </Alert>
      )}
    </>
  );
}
