import React from 'react';
import { dateTimeFormat } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Combobox, Field, Stack, Text } from '@grafana/ui';
import { BulletList } from '../../../ui/BulletList';
import { maskText } from '../../../kubernetes/maskText';
import { compareStats, type StatChange, type RoundStats } from '../../../sedna/learning/roundStats';
import type { ChosenRounds } from './Rounds';
import {
  formatNotRecorded,
  formatNumber,
  formatOutcome,
  formatRoundTitle,
  formatSeconds,
} from '../../../ui/format/formatRound';

interface Props {
  figures: readonly RoundStats[];
  /** Places of the two that are compared. */
  newest: number;
  before: number;
  onChoose: (chosen: Partial<ChosenRounds>) => void;
}

const keyOf = ({ round }: RoundStats) => String(Math.round(round.start ?? 0));

/** What changed between two rounds that a person chooses; at first the newest and the one before. */
export function RoundChanges({ figures, newest, before, onChoose }: Props) {
  const options = [...figures].reverse().map((each) => ({
    value: keyOf(each),
    label: `${formatRoundTitle(each)} · ${dateTimeFormat((each.round.start ?? 0) * 1000)}`,
  }));
  const [from, to] = [figures[Math.max(before, 0)], figures[newest]];
  const changes = from === to ? [] : compareStats(from, to).filter(({ what }) => what !== 'number');
  return (
    <section data-testid="round-changes">
      <Text element="h3" variant="h5">
        <Trans i18nKey="rounds.changes.title">What changed</Trans>
      </Text>
      <Stack direction="row" gap={2} wrap="wrap">
        <Field label={t('rounds.changes.from', 'From')} noMargin>
          <Combobox
            id="rounds-from"
            width={44}
            options={options}
            value={keyOf(from)}
            onChange={({ value }) => onChoose({ against: value })}
          />
        </Field>
        <Field label={t('rounds.changes.to', 'To')} noMargin>
          <Combobox
            id="rounds-to"
            width={44}
            options={options}
            value={keyOf(to)}
            onChange={({ value }) => onChoose({ round: value })}
          />
        </Field>
      </Stack>
      {changes.length === 0 ? (
        <Text color="secondary" element="p">
          <Trans i18nKey="rounds.changes.none">Nothing that is recorded of both.</Trans>
        </Text>
      ) : (
        <BulletList>
          {changes.map((change) => (
            <li key={subject(change)}>{sentence(change)}</li>
          ))}
        </BulletList>
      )}
    </section>
  );
}

function subject(change: StatChange): string {
  switch (change.what) {
    case 'number':
      return t('rounds.changes.number', 'Number');
    case 'outcome':
      return t('rounds.changes.outcome', 'Outcome of {{stage}}', { stage: change.stage });
    case 'duration':
      return t('rounds.changes.duration', 'Duration of {{stage}}', { stage: change.stage });
    case 'models':
      return t('rounds.changes.models', 'Models of {{stage}}', { stage: change.stage });
    case 'metric':
      return change.metric;
    case 'samples':
      return change.stage === 'train'
        ? t('rounds.train-samples', 'Train samples')
        : t('rounds.eval-samples', 'Eval samples');
    case 'dropped':
      return t('rounds.dropped', 'Dropped tasks');
  }
}

/** Both sides of a change as people read them. */
function sides(change: StatChange): [string, string] {
  const list = (values: readonly string[]) => values.join(', ') || formatNotRecorded();
  const known = <T,>(value: T | undefined, text: (value: T) => string) =>
    value === undefined ? formatNotRecorded() : text(value);
  switch (change.what) {
    case 'outcome':
      return [known(change.from, formatOutcome), known(change.to, formatOutcome)];
    case 'duration':
      return [known(change.from, formatSeconds), known(change.to, formatSeconds)];
    case 'models':
      return [maskText(list(change.from)), maskText(list(change.to))];
    case 'dropped':
      return [
        change.from.join(', ') || t('rounds.no-task', 'none'),
        change.to.join(', ') || t('rounds.no-task', 'none'),
      ];
    default:
      return [known(change.from, formatNumber), known(change.to, formatNumber)];
  }
}

function sentence(change: StatChange): string {
  const [from, to] = sides(change);
  return t('rounds.changes.sentence', '{{subject}}: {{from}} → {{to}}', {
    subject: subject(change),
    from,
    to,
    interpolation: { escapeValue: false },
  });
}
