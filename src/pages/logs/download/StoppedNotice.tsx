import React from 'react';
import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import { QueryErrorAlert } from '../../../ui/feedback/QueryErrorAlert';
import type { QueryErrorLike } from '../../../data/errors/describeQueryError';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { toRfc3339 } from '../../../data/logs/logEntries';
import { CrowdedTimeError, WriteError } from './lineDownload';

/** Why a download ended before its end; no error means that the person stopped it. */
export function StoppedNotice({ error }: { error?: unknown }) {
  if (error === undefined) {
    return <Alert severity="info" title={t('logs.download.cancelled', 'Cancelled')} />;
  }
  if (error instanceof CrowdedTimeError) {
    return (
      <Alert severity="error" title={t('logs.download.crowded.title', 'Too many lines of one time')}>
        {t(
          'logs.download.crowded.text',
          'At {{time}} there are {{limit}} lines or more, and Loki gives no more at once: some would be missing. Choose fewer pods or add a keyword, and download again.',
          { time: toRfc3339(error.time), limit: error.limit, interpolation: { escapeValue: false } }
        )}
      </Alert>
    );
  }
  if (error instanceof WriteError) {
    return (
      <Alert severity="error" title={t('logs.download.not-written', 'The file could not be written')}>
        {error.message}
      </Alert>
    );
  }
  return <QueryErrorAlert error={error as QueryErrorLike} source={getDataSourceName('loki')} />;
}
