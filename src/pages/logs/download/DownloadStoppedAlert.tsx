import React from 'react';
import { Alert } from '@grafana/ui';
import { QueryErrorAlert } from '../../../ui/feedback/QueryErrorAlert';
import type { QueryErrorLike } from '../../../data/errors/classifyQueryError';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { toRfc3339 } from '../../../data/logs/logEntries';
import { formatCount } from './format';
import { TimestampLimitError, WriteError } from './lineDownload';
import { t } from '../../../platform/i18n';

/** @param error absent if the user canceled the download */
export function DownloadStoppedAlert({ error }: { error?: unknown }) {
  if (error === undefined) {
    return <Alert severity="info" title={t('logs.download.canceled', 'Download canceled')} />;
  }
  if (error instanceof TimestampLimitError) {
    return (
      <Alert
        severity="error"
        title={t('logs.download.timestamp-limit.title', 'Too many lines with the same timestamp')}
      >
        {t(
          'logs.download.timestamp-limit.text',
          'Loki returns at most {{limit}} lines at once, and at least as many have the timestamp {{time}}, so some would be missing. Select fewer pods or add a keyword, then download again.',
          {
            limit: formatCount(error.limit),
            count: error.limit,
            time: toRfc3339(error.time),
            defaultValue_one:
              'Loki returns at most {{limit}} line at once, and at least as many have the timestamp {{time}}, so some would be missing. Select fewer pods or add a keyword, then download again.',
          }
        )}
      </Alert>
    );
  }
  if (error instanceof WriteError) {
    return (
      <Alert severity="error" title={t('logs.download.not-written', "Couldn't write the file")}>
        {error.message}
      </Alert>
    );
  }
  return <QueryErrorAlert error={error as QueryErrorLike} source={getDataSourceName('loki')} />;
}
