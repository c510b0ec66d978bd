/** Texts of findings and names of rules. The rules contain them in English; translations have the same keys. */
import { t } from '../../../platform/i18n';
import { RULES, type Finding, type RuleId, type RuleSentence } from '../../../sedna/diagnosis';
import { findRuleText, RULE_TEXT_FIELDS, type RuleTextField } from '../../../sedna/diagnosis/ruleText';

export type FindingText = Readonly<Record<RuleTextField, string>>;

const translate = (key: string, sentence: RuleSentence, params: Finding['params']): string => {
  return typeof sentence === 'string'
    ? t(key, sentence, params)
    : t(key, sentence.other, { ...params, defaultValue_one: sentence.one });
};

/** What was found, its likely cause, and what to do. */
export function formatFinding({ rule, params }: Pick<Finding, 'rule' | 'params'>): FindingText {
  const format = (field: RuleTextField) => {
    const { key, sentence } = findRuleText(rule, field, params);
    return translate(key, sentence, params);
  };
  const [title, cause, advice] = RULE_TEXT_FIELDS.map(format);
  return { title, cause, advice };
}

/** What a rule looks for, in a few words. */
export const formatRuleName = (rule: RuleId): string =>
  t(`diagnosis.rules.${rule}.name`, RULES.find(({ id }) => id === rule)!.text.name);
