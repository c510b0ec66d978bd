/** The conditions of the rules of diagnosis as recorded series: what is wrong now, without patience. */
import { RULE_FILES } from '../../../src/sedna/diagnosis/rules/files';
import type { AlertGroupId, PromqlCondition, RuleFile } from '../../../src/sedna/diagnosis/ruleFile';
import type { RuleGroup } from './promql';

/** 1 while the condition of a rule holds, and absent otherwise. */
export const FINDING = 'sedna:finding';

/** What is found, each thing once. */
export const buildCondition = ({ labels, expr }: PromqlCondition) =>
  `group by (${['cluster', ...labels].join(', ')}) (\n${expr}\n)`;

/**
 * Interval of the conditions of a group of alerts, where they look back far; undefined for that of Prometheus. It is
 * shorter than the 5 minutes for which Prometheus keeps a sample current.
 */
export const getRecordedInterval = (group: AlertGroupId | undefined): string | undefined =>
  group === 'slow' || group === 'inference' ? '4m' : undefined;

const toRecordingRule = ({ rule, promql }: RuleFile) =>
  promql
    ? [
        {
          record: FINDING,
          expr: buildCondition(promql()),
          labels: { rule: rule.id, severity: rule.severity },
        },
      ]
    : [];

const groupWith = (name: string, interval: string | undefined): RuleGroup => ({
  name,
  ...(interval && { interval }),
  rules: RULE_FILES.filter(({ alert }) => getRecordedInterval(alert?.group) === interval).flatMap(toRecordingRule),
});

export const FINDINGS: readonly RuleGroup[] = [
  groupWith('sedna-findings', undefined),
  groupWith('sedna-findings-rare', '4m'),
];
