/** Keys of the texts that rules contain, for translations. */
import type { Rule, RuleCase, RuleSentence, Values } from './rule';
import { RULES } from './rules';
import type { RuleId } from './rules/ids';

export type RuleTextField = keyof RuleCase;
export const RULE_TEXT_FIELDS = ['title', 'cause', 'advice'] as const satisfies readonly RuleTextField[];

const buildKey = (rule: RuleId, name: string, field: RuleTextField) => `diagnosis.rules.${rule}.${name}.${field}`;

/** The sentence of a finding and its key, by the last case that applies and has the field. */
export function findRuleText(
  id: RuleId,
  field: RuleTextField,
  params: Values
): { key: string; sentence: RuleSentence } {
  const { cases, getCases } = RULES.find((rule) => rule.id === id)!.text;
  const name = ['default', ...(getCases?.(params) ?? [])].reverse().find((each) => cases[each]?.[field] !== undefined)!;
  return { key: buildKey(id, name, field), sentence: cases[name][field]! };
}

/** All texts of some rules by key, with a plural form for each key that ends in `_one` or `_other`. */
export function listRuleTexts(rules: readonly Rule[] = RULES): Array<{ key: string; text: string }> {
  return rules.flatMap(({ id, text }) => [
    { key: `diagnosis.rules.${id}.name`, text: text.name },
    ...Object.entries(text.cases).flatMap(([name, fields]) =>
      RULE_TEXT_FIELDS.flatMap((field) => {
        const sentence = fields?.[field];
        const key = buildKey(id, name, field);
        return sentence === undefined
          ? []
          : typeof sentence === 'string'
            ? [{ key, text: sentence }]
            : [
                { key: `${key}_one`, text: sentence.one },
                { key: `${key}_other`, text: sentence.other },
              ];
      })
    ),
  ]);
}
