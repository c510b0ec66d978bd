import React from 'react';
import { dateTimeFormatTimeAgo } from '@grafana/data';
import { formatTime } from '../../../ui/format/formatTime';
import { t } from '../../../platform/i18n';
import { Badge, Stack, Text, type BadgeColor } from '@grafana/ui';
import type { Judgement, Verdict } from '../../../sedna/diagnosis';
import { formatJudgement, formatVerdict } from './formatJudgement';

const COLORS: Readonly<Record<Verdict, BadgeColor>> = {
  failed: 'red',
  stuck: 'red',
  waiting: 'blue',
  working: 'green',
  healthy: 'green',
  unknown: 'darkgrey',
};

/** The verdict about an object, one sentence, and since when. */
export function JudgementSummary({ judgement }: { judgement: Judgement }) {
  const { verdict, since, basis } = judgement;
  return (
    <section data-testid="judgement" data-verdict={verdict} aria-label={t('judgement.label', 'Verdict')}>
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        <Badge color={COLORS[verdict]} text={formatVerdict(verdict)} />
        <Text element="p" variant="h4">
          {formatJudgement(judgement)}
        </Text>
        {since !== undefined && (
          <span title={formatTime(since * 1000)}>
            {t('judgement.since', 'Started {{ago}}', { ago: dateTimeFormatTimeAgo(since * 1000) })}
          </span>
        )}
        {basis === 'partial' && <Text color="secondary">{t('judgement.partial', 'Some checks were skipped')}</Text>}
      </Stack>
    </section>
  );
}
