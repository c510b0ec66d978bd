import React from 'react';
import { Stack, Text } from '@grafana/ui';
import { getHistorySource } from '../../../data/history/historySource';
import { findLife, type ObjectHistory } from '../../../data/history/objectHistory';
import { t } from '../../../platform/i18n';
import { JournalAlerts } from '../../../panels/history/JournalAlerts';

interface Props {
  history: ObjectHistory | undefined;
  /** Whether the conditions of the history were used. */
  isUsed: boolean;
  /** Whether the page already says that Loki failed. */
  isLokiErrorShown: boolean;
}

/** Says where the conditions come from that the diagnosis used. */
export function ConditionsSource({ history, isUsed, isLokiErrorShown }: Props) {
  return (
    <Stack direction="column" gap={1}>
      <Text element="p" color="secondary" variant="bodySmall">
        {formatSource(isUsed ? history : undefined)}
      </Text>
      <JournalAlerts history={isLokiErrorShown && history ? { ...history, journalError: undefined } : history} />
    </Stack>
  );
}

function formatSource(history: ObjectHistory | undefined): string {
  switch (getHistorySource(history, findLife(history, ''))) {
    case 'object':
      return t('diagnosis.source.object', 'Conditions and failures are those of the live object.');
    case 'object-and-journal':
      return t('diagnosis.source.both', 'Conditions and failures are those of the live object and the journal.');
    case 'journal':
      return t('diagnosis.source.journal', 'Conditions and failures are those of the journal.');
    default:
      return t(
        'diagnosis.source.samples',
        'Conditions and failures are from scraped metrics, which may lack short stages and be a scrape interval late.'
      );
  }
}
