import React from 'react';
import { Trans } from '@grafana/i18n';
import { formatTime } from '../../../ui/format/formatTime';
import { t } from '../../../platform/i18n';
import { Text } from '@grafana/ui';
import { BulletList } from '../../../ui/BulletList';
import type { Diagnosis, InconclusiveReason, SkippedRule } from '../../../sedna/diagnosis';
import { formatFact } from './formatFact';
import { formatRuleName } from './formatFinding';

interface Props {
  diagnosis: Diagnosis;
  /** Unix time in seconds from which on the log lines are complete. */
  logsSince?: number;
}

/** Lists the checks that were skipped and why; nothing where all of them ran. */
export function SkippedRules({ diagnosis: { skippedRules }, logsSince }: Props) {
  if (skippedRules.length === 0) {
    return null;
  }
  return (
    <section data-testid="not-judged">
      <Text element="h2" variant="h4">
        <Trans i18nKey="diagnosis.skipped.title">Skipped checks</Trans>
      </Text>
      <BulletList>
        {groupByReasons(skippedRules, logsSince).map(({ names, reasons }) => (
          <li key={names[0]}>
            {names.join(', ')}
            <BulletList>
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </BulletList>
          </li>
        ))}
      </BulletList>
    </section>
  );
}

/** Names of the rules that were skipped for the same reasons, in their order. */
function groupByReasons(
  rules: readonly SkippedRule[],
  logsSince?: number
): Array<{ names: string[]; reasons: string[] }> {
  const groups = new Map<string, { names: string[]; reasons: string[] }>();
  for (const each of rules) {
    const reasons = formatReasons(each, logsSince);
    const key = reasons.join('\n');
    groups.set(key, { names: [...(groups.get(key)?.names ?? []), formatRuleName(each.rule)], reasons });
  }
  return [...groups.values()];
}

const formatInconclusiveReason = (reason: InconclusiveReason, since: string): string =>
  reason === 'evaluation'
    ? t(
        'diagnosis.skipped.no-evaluation',
        'The log lines start at {{since}} and contain no evaluation. Select a longer time range.',
        { since }
      )
    : t(
        'diagnosis.skipped.no-connection',
        'The log lines start at {{since}}, and the connection has not changed since. Select a longer time range.',
        { since }
      );

function formatReasons(
  { requires, requiresAny, unstableNodes, inconclusiveReason }: SkippedRule,
  logsSince = 0
): string[] {
  const list = (names: typeof requires) => names.map(formatFact).join(', ');
  return [
    ...(requires.length > 0
      ? [t('diagnosis.skipped.requires', 'Missing data: {{facts}}', { facts: list(requires) })]
      : []),
    ...(requiresAny.length > 0
      ? [
          t('diagnosis.skipped.requires-any', 'Missing data, any of: {{facts}}', {
            facts: list(requiresAny),
          }),
        ]
      : []),
    ...(unstableNodes.length > 0
      ? [
          t('diagnosis.skipped.unstable-nodes', 'Data of {{nodes}} is outdated, or still on its way', {
            nodes: unstableNodes.join(', '),
          }),
        ]
      : []),
    ...(inconclusiveReason ? [formatInconclusiveReason(inconclusiveReason, formatTime(logsSince * 1000))] : []),
  ];
}
