import React from 'react';
import { dateTimeFormat } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Text } from '@grafana/ui';
import { BulletList } from '../../../ui/BulletList';
import type { Diagnosis, SkippedRule as Unjudged, InconclusiveReason } from '../../../sedna/diagnosis';
import { factText } from './factTexts';
import { ruleName } from './ruleNames';
import { t } from '../../../platform/i18n';

/** What could not be judged, and what it would need; nothing where all rules could. */
export function NotJudged({ diagnosis: { skippedRules }, logsSince }: { diagnosis: Diagnosis; logsSince?: number }) {
  if (skippedRules.length === 0) {
    return null;
  }
  return (
    <section data-testid="not-judged">
      <Text element="h2" variant="h4">
        <Trans i18nKey="diagnosis.not-judged.title">Not judged</Trans>
      </Text>
      <BulletList>
        {skippedRules.map((each) => (
          <li key={each.rule}>
            {ruleName(each.rule)}: {reason(each, logsSince)}
          </li>
        ))}
      </BulletList>
    </section>
  );
}

function untoldText(untold: InconclusiveReason, since: string): string {
  const words = { since, interpolation: { escapeValue: false } };
  return untold === 'evaluation'
    ? t(
        'diagnosis.not-judged.no-evaluation',
        'the newest evaluation is not in the lines that were looked at, which begin at {{since}}: choose a longer range',
        words
      )
    : t(
        'diagnosis.not-judged.no-connection',
        'the global manager says it only when a connection begins or ends, and the lines that were looked at, which begin at {{since}}, hold neither: choose a longer range',
        words
      );
}

function reason({ needs, oneOf, unsteadyNodes, untold }: Unjudged, logsSince = 0): string {
  const interpolation = { escapeValue: false };
  const parts = [
    ...(needs.length > 0
      ? [t('diagnosis.not-judged.needs', 'needs {{facts}}', { facts: needs.map(factText).join(', '), interpolation })]
      : []),
    ...(oneOf.length > 0
      ? [
          t('diagnosis.not-judged.one-of', 'needs one of: {{facts}}', {
            facts: oneOf.map(factText).join(', '),
            interpolation,
          }),
        ]
      : []),
    ...(unsteadyNodes.length > 0
      ? [
          t('diagnosis.not-judged.unsteady', 'what {{nodes}} reports is old, or still on its way', {
            nodes: unsteadyNodes.join(', '),
            interpolation,
          }),
        ]
      : []),
    ...(untold ? [untoldText(untold, dateTimeFormat(logsSince * 1000))] : []),
  ];
  return parts.join('; ');
}
