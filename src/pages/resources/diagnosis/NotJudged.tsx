import React from 'react';
import { Trans, t } from '@grafana/i18n';
import { Text } from '@grafana/ui';
import { Bullets } from '../../../components/Bullets';
import type { Diagnosis, NotJudged as Unjudged } from '../../../sedna/diagnosis';
import { factText } from './factTexts';
import { ruleName } from './ruleNames';

/** What could not be judged, and what it would need; nothing where all rules could. */
export function NotJudged({ diagnosis: { notJudged } }: { diagnosis: Diagnosis }) {
  if (notJudged.length === 0) {
    return null;
  }
  return (
    <section data-testid="not-judged">
      <Text element="h2" variant="h4">
        <Trans i18nKey="diagnosis.not-judged.title">Not judged</Trans>
      </Text>
      <Bullets>
        {notJudged.map((each) => (
          <li key={each.rule}>
            {ruleName(each.rule)}: {reason(each)}
          </li>
        ))}
      </Bullets>
    </section>
  );
}

function reason({ needs, oneOf, unsteadyNodes }: Unjudged): string {
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
  ];
  return parts.join('; ');
}
