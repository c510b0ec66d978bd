import React from 'react';
import { Alert } from '@grafana/ui';
import type { ObjectHistory } from '../../../../data/history/objectHistory';
import { describeQueryError } from '../../../../data/errors/describeQueryError';
import { getDataSourceName } from '../../../../panels/page/createPageScene';
import { t } from '../../../../platform/i18n';

/** Says that the journal didn't load, or how many of its lines were skipped. */
export function JournalAlerts({ history }: { history: ObjectHistory | undefined }) {
  const skipped = history?.journal?.skipped ?? 0;
  return (
    <>
      {history?.journalError && (
        <Alert severity="warning" title={t('history.journal-failed', "The journal couldn't be loaded")}>
          {describeQueryError(history.journalError, getDataSourceName('loki')).title}
        </Alert>
      )}
      {skipped > 0 && (
        <Alert
          severity="info"
          title={t('history.skipped', '{{count}} journal lines were skipped', {
            count: skipped,
            defaultValue_one: '{{count}} journal line was skipped',
          })}
        >
          {t(
            'history.skipped-text',
            'They are truncated, of another program, or of a newer exporter. For a newer exporter, update the app.'
          )}
        </Alert>
      )}
    </>
  );
}
