import React from 'react';
import { Trans } from '@grafana/i18n';
import { Combobox, Field, Stack, Text } from '@grafana/ui';
import { formatTime } from '../../../../ui/format/formatTime';
import { BulletList } from '../../../../ui/BulletList';
import { maskText } from '../../../../sedna/masking/maskText';
import { compareStats, type StatChange, type RoundStats } from '../../../../sedna/learning/roundStats';
import {
  formatNotRecorded,
  formatNumber,
  formatOutcome,
  formatRoundTitle,
  formatSeconds,
  formatVersion,
} from '../../../../ui/format/formatRound';
import type { RoundSelection } from './roundSelection';
import { TEST_IDS } from '../../../../ui/testIds';
import { t } from '../../../../platform/i18n';

interface Props {
  rounds: readonly RoundStats[];
  /** Indexes of the compared rounds. */
  from: number;
  to: number;
  onSelectRounds: (change: Partial<RoundSelection>) => void;
}

const getRoundKey = ({ round }: RoundStats) => String(Math.round(round.start ?? 0));

/** Lists the changes between two rounds that the user selects. */
export function RoundChanges({ rounds, from, to, onSelectRounds }: Props) {
  const options = [...rounds].reverse().map((each) => ({
    value: getRoundKey(each),
    label: `${formatRoundTitle(each)} · ${formatTime((each.round.start ?? 0) * 1000)}`,
  }));
  const [before, after] = [rounds[from], rounds[to]];
  const changes = from === to ? [] : compareStats(before, after).filter(({ what }) => what !== 'number');
  return (
    <section data-testid={TEST_IDS.resource.roundChanges}>
      <Text element="h3" variant="h5">
        <Trans i18nKey="rounds.changes.title">Changes between rounds</Trans>
      </Text>
      <Stack direction="row" gap={2} wrap="wrap">
        <Field label={t('rounds.changes.from', 'From')} noMargin>
          <Combobox
            id="rounds-from"
            width={44}
            options={options}
            value={getRoundKey(before)}
            onChange={({ value }) => onSelectRounds({ against: value })}
          />
        </Field>
        <Field label={t('rounds.changes.to', 'To')} noMargin>
          <Combobox
            id="rounds-to"
            width={44}
            options={options}
            value={getRoundKey(after)}
            onChange={({ value }) => onSelectRounds({ round: value })}
          />
        </Field>
      </Stack>
      {changes.length === 0 ? (
        <Text color="secondary" element="p">
          <Trans i18nKey="rounds.changes.none">No changes in recorded data</Trans>
        </Text>
      ) : (
        <BulletList>
          {changes.map((change) => (
            <li key={formatSubject(change)}>{formatChange(change)}</li>
          ))}
        </BulletList>
      )}
    </section>
  );
}

function formatSubject(change: StatChange): string {
  switch (change.what) {
    case 'number':
      return t('rounds.changes.number', 'Number');
    case 'outcome':
      return t('rounds.changes.outcome', '{{stage}} outcome', { stage: change.stage });
    case 'duration':
      return t('rounds.changes.duration', '{{stage}} duration', { stage: change.stage });
    case 'models':
      return change.direction === 'in'
        ? t('rounds.changes.input-models', '{{stage}} input models', { stage: change.stage })
        : t('rounds.changes.models', '{{stage}} models', { stage: change.stage });
    case 'metric':
      return formatVersion(change.version, change.metric);
    case 'samples':
      return change.stage === 'train'
        ? t('rounds.train-samples', 'Training samples')
        : t('rounds.eval-samples', 'Evaluation samples');
    case 'dropped':
      return t('rounds.dropped', 'Dropped tasks');
  }
}

/** Formats the value before and the value after a change. */
function formatValues(change: StatChange): [string, string] {
  const list = (values: readonly string[]) => values.join(', ') || formatNotRecorded();
  const format = <T,>(value: T | undefined, text: (value: T) => string) =>
    value === undefined ? formatNotRecorded() : text(value);
  switch (change.what) {
    case 'outcome':
      return [format(change.from, formatOutcome), format(change.to, formatOutcome)];
    case 'duration':
      return [format(change.from, formatSeconds), format(change.to, formatSeconds)];
    case 'models':
      return [maskText(list(change.from)), maskText(list(change.to))];
    case 'dropped':
      return [
        change.from.join(', ') || t('rounds.no-task', 'None'),
        change.to.join(', ') || t('rounds.no-task', 'None'),
      ];
    default:
      return [format(change.from, formatNumber), format(change.to, formatNumber)];
  }
}

function formatChange(change: StatChange): string {
  const [from, to] = formatValues(change);
  return t('rounds.changes.sentence', '{{subject}}: {{from}} → {{to}}', {
    subject: formatSubject(change),
    from,
    to,
  });
}
