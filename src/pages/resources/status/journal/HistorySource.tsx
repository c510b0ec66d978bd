import React from 'react';
import { Stack, Text } from '@grafana/ui';
import { formatTime } from '../../../../ui/format/formatTime';
import type { ObjectHistory } from '../../../../data/history/objectHistory';
import { getHistorySource } from '../../../../data/history/historySource';
import { t } from '../../../../platform/i18n';
import { findKind, type KindName } from '../../../../sedna/kinds';
import type { ObjectLife } from '../../../../sedna/journal';
import { JournalAlerts } from '../../../../panels/history/JournalAlerts';

interface Props {
  kind: KindName;
  /** Absent if neither a live object nor a journal can be read. */
  history: ObjectHistory | undefined;
  /** The object that is shown; absent if nothing exact is known. */
  life: ObjectLife | undefined;
}

/** Says where the history comes from, and what it may lack. */
export function HistorySource({ kind, history, life }: Props) {
  const source = formatSource(kind, history, life);
  const older = formatOlder(history, life);
  return (
    <Stack direction="column" gap={0.5}>
      {source && (
        <Text element="p" color="secondary" variant="bodySmall">
          {source}
        </Text>
      )}
      {older && (
        <Text element="p" color="secondary" variant="bodySmall">
          {older}
        </Text>
      )}
      <JournalAlerts history={history} />
    </Stack>
  );
}

function formatSource(
  kind: KindName,
  history: ObjectHistory | undefined,
  life: ObjectLife | undefined
): string | undefined {
  switch (getHistorySource(history, life)) {
    case 'journal':
      return t('history.source.journal', 'From the journal: exact times.');
    case 'object-and-journal':
      return t('history.source.both', 'From the live object and the journal: exact times.');
    case 'object':
      return t(
        'history.source.object',
        'From the live object: exact times. Conditions that the global manager overwrote are missing without the journal.'
      );
    default:
      return formatSampled(kind);
  }
}

/** Returns undefined for a kind of which Prometheus records nothing over time. */
function formatSampled(kind: KindName): string | undefined {
  const { staged, conditionTypes = [] } = findKind(kind) ?? {};
  if (conditionTypes.length > 0) {
    return staged
      ? t(
          'history.source.sampled-rounds',
          'From scraped metrics: times are approximate, short stages may be missing, and round numbers are those of the output directories. The journal and the Object tab have the exact history.'
        )
      : t(
          'history.source.samples',
          'From scraped metrics: times are approximate, and short states may be missing. The journal and the Object tab have the exact history.'
        );
  }
  return kind === 'Dataset'
    ? t(
        'history.source.sampled-dataset',
        'From scraped metrics: times are approximate. The journal has the exact ones.'
      )
    : undefined;
}

/** Returns a sentence if only a part of the time range was loaded. */
function formatOlder(history: ObjectHistory | undefined, life: ObjectLife | undefined): string | undefined {
  // A live object has all of its conditions, and no other history.
  const isKnown = life?.ref.uid === history?.liveUid && (life?.conditions.length ?? 0) > 0;
  if (!history?.journal || history.journal.isComplete || !life || isKnown) {
    return undefined;
  }
  const since = { time: formatTime(life.first * 1000) };
  if (life.conditions.length === 0) {
    return t(
      'history.older-changes',
      'The time range has more entries than are loaded. Changes are shown since {{time}}; graphs are from scraped metrics.',
      since
    );
  }
  return t(
    'history.older',
    'The time range has more entries than are loaded. Conditions and rounds are shown since {{time}}; State over time is from scraped metrics.',
    since
  );
}
