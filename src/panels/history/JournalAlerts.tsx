import React from 'react';
import { Alert } from '@grafana/ui';
import type { ObjectHistory } from '../../data/history/objectHistory';
import { describeQueryError } from '../../data/errors/describeQueryError';
import { SkippedLines } from './SkippedLines';
import { getDataSourceName } from '../page/createPageScene';
import { t } from '../../platform/i18n';

/** Says that the journal didn't load, or how many of its lines were skipped. */
export function JournalAlerts({ history }: { history: ObjectHistory | undefined }) {
  return (
    <>
      {history?.journalError && (
        <Alert severity="warning" title={t('history.journal-failed', "The journal couldn't be loaded")}>
          {describeQueryError(history.journalError, getDataSourceName('loki')).title}
        </Alert>
      )}
      <SkippedLines count={history?.journal?.skipped ?? 0} />
    </>
  );
}
