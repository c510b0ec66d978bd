import { RULE_IDS, RULES } from '.';
import { findRuleProblems } from './checkRuleFile';
import type { RuleFile } from './ruleFile';
import { listRuleTexts } from './ruleText';
import { RULE_FILES } from './rules/files';

const complete = RULE_FILES.find(({ rule }) => rule.id === 'report-lost')!;
const problemsOf = (change: Partial<RuleFile>) => findRuleProblems({ ...complete, ...change }, RULE_IDS);
const withRule = (change: object) => problemsOf({ rule: { ...complete.rule, ...change } });
const withCase = (fields: object) => {
  const { text } = complete.rule;
  return withRule({ text: { ...text, cases: { default: { ...text.cases.default, ...fields } } } });
};

describe('the rule files', () => {
  it.each(RULE_FILES.map((file) => [file.rule.id, file] as const))('%s is complete', (_, file) =>
    expect(findRuleProblems(file, RULE_IDS)).toEqual([])
  );

  it('are registered once each', () => {
    expect(RULES.map(({ id }) => id)).toEqual(RULE_IDS);
    expect(RULE_FILES.map(({ rule }) => rule.id)).toEqual(RULE_IDS);
    expect(new Set(RULE_IDS).size).toBe(RULE_IDS.length);
  });

  it('have unique keys for their texts', () => {
    const keys = listRuleTexts().map(({ key }) => key);
    expect(keys.length).toBeGreaterThan(100);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('suppress each other in no circle', () => {
    const suppressors = (id: string): string[] =>
      RULES.find((rule) => rule.id === id)!.suppressedBy?.flatMap((other) => [other, ...suppressors(other)]) ?? [];
    expect(RULE_IDS.filter((id) => suppressors(id).includes(id))).toEqual([]);
  });
});

describe('findRuleProblems names the rule and', () => {
  it('a missing runbook', () => expect(problemsOf({ runbook: undefined })).toEqual(['report-lost: it has no runbook']));

  it('a section that the runbook lacks', () =>
    expect(problemsOf({ runbook: complete.runbook!.replace('## Impact', '## Effects') })).toEqual([
      'report-lost: its runbook lacks the section Impact',
    ]));

  it('an empty section of the runbook', () =>
    expect(problemsOf({ runbook: '## Meaning\na\n## Impact\n## Diagnosis\nb\n## Mitigation\nc' })).toEqual([
      'report-lost: the section Impact of its runbook is empty',
    ]));

  it('missing scenarios and near misses', () =>
    expect(problemsOf({ scenarios: { shows: [], nearMisses: [] } })).toEqual([
      'report-lost: it has no scenario that shows it',
      'report-lost: it has no near miss',
    ]));

  it('a count without plural forms', () =>
    expect(withCase({ title: '{{count}} reports lost' })).toEqual([
      'report-lost: its text default.title has a count and no plural forms',
    ]));

  it('a plural form that is missing', () =>
    expect(withCase({ title: { one: '{{count}} report lost', other: '' } })).toEqual([
      'report-lost: its text default.title lacks the plural form _other',
    ]));

  it('a missing text', () =>
    expect(withCase({ advice: undefined })).toEqual(['report-lost: its text default.advice is missing']));

  it('an alert without texts', () =>
    expect(problemsOf({ alert: undefined })).toEqual([
      'report-lost: its alert SednaReportLost lacks texts or a condition in PromQL',
    ]));

  it('a label that an alert needs and its condition lacks', () =>
    expect(problemsOf({ alert: { ...complete.alert!, summary: 'Pod {pod} lost' } })).toEqual([
      'report-lost: its alert SednaReportLost needs the label pod, which its condition does not have',
    ]));

  it('an unknown rule in suppressedBy', () =>
    expect(withRule({ suppressedBy: ['no-such-rule'] })).toEqual([
      'report-lost: suppressedBy names no-such-rule, which is no other rule',
    ]));

  it('a rule that neither facts nor Prometheus can decide', () =>
    expect(withRule({ detect: undefined })).toEqual([
      'report-lost: without detect it needs a condition in PromQL and the fact recorded-findings',
    ]));

  it('an alert that is missing without a reason', () =>
    expect(problemsOf({ rule: { ...complete.rule, alert: undefined }, alert: undefined })).toEqual([
      'report-lost: it has no alert, and does not say why',
    ]));
});
