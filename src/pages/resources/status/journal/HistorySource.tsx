import React from 'react';
import { Alert, Stack, Text } from '@grafana/ui';
import { formatTime } from '../../../../ui/format/formatTime';
import type { ObjectHistory } from '../../../../data/history/objectHistory';
import { describeQueryError } from '../../../../data/errors/describeQueryError';
import { getDataSourceName } from '../../../../panels/page/createPageScene';
import { t } from '../../../../platform/i18n';
import { findKind, type KindName } from '../../../../sedna/kinds';
import type { ObjectLife } from '../../../../sedna/journal';

interface Props {
  kind: KindName;
  /** Absent if neither a live object nor a journal can be read. */
  history: ObjectHistory | undefined;
  /** The object that is shown; absent if nothing exact is known. */
  life: ObjectLife | undefined;
}

/** Says where the history comes from, and what it may lack. */
export function HistorySource({ kind, history, life }: Props) {
  const skipped = history?.journal?.skipped ?? 0;
  const older = formatOlder(history, life);
  return (
    <Stack direction="column" gap={0.5}>
      <Text element="p" color="secondary" variant="bodySmall">
        {formatSource(kind, history, life)}
      </Text>
      {older && (
        <Text element="p" color="secondary" variant="bodySmall">
          {older}
        </Text>
      )}
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
    </Stack>
  );
}

function formatSource(kind: KindName, history: ObjectHistory | undefined, life: ObjectLife | undefined): string {
  if (!history || !life || life.conditions.length === 0) {
    return findKind(kind)?.staged
      ? t(
          'history.source.sampled-rounds',
          'From scraped metrics: times are approximate, short stages may be missing, and round numbers are those of the output directories. The journal and the Object tab have the exact history.'
        )
      : t(
          'history.source.samples',
          'From scraped metrics: times are approximate, and short states may be missing. The journal and the Object tab have the exact history.'
        );
  }
  const isLive = history.liveUid !== undefined && life.ref.uid === history.liveUid;
  if (!isLive) {
    return t('history.source.journal', 'From the journal: exact times.');
  }
  return history.journal && history.journal.entries.length > 0
    ? t('history.source.both', 'From the live object and the journal: exact times.')
    : t(
        'history.source.object',
        'From the live object: exact times. Conditions that the global manager overwrote are missing without the journal.'
      );
}

/** Returns a sentence if only a part of the time range was loaded. */
function formatOlder(history: ObjectHistory | undefined, life: ObjectLife | undefined): string | undefined {
  if (!history?.journal || history.journal.isComplete || !life || life.ref.uid === history.liveUid) {
    return undefined;
  }
  return t(
    'history.older',
    'The time range has more entries than are loaded. Conditions and rounds are shown since {{time}}; State over time is from scraped metrics.',
    { time: formatTime(life.first * 1000) }
  );
}
