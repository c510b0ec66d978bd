/** What the file of a rule must contain, checked by tests over all of them. */
import type { RuleSentence } from './rule';
import type { RuleFile } from './ruleFile';
import { RULE_TEXT_FIELDS } from './ruleText';

const RUNBOOK_SECTIONS = ['Meaning', 'Impact', 'Diagnosis', 'Mitigation'];

function* checkRunbook(runbook: string): Generator<string> {
  const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  for (const section of RUNBOOK_SECTIONS.filter((each) => !headings.includes(each))) {
    yield `its runbook lacks the section ${section}`;
  }
  const [, ...sections] = runbook.split(/^## .+$/m);
  for (const [index, text] of sections.entries()) {
    if (text.trim() === '') {
      yield `the section ${headings[index]} of its runbook is empty`;
    }
  }
}

function* checkSentence(name: string, sentence: RuleSentence): Generator<string> {
  if (typeof sentence === 'string') {
    if (sentence.trim() === '') {
      yield `its text ${name} is empty`;
    }
    if (sentence.includes('{{count}}')) {
      yield `its text ${name} has a count and no plural forms`;
    }
    return;
  }
  for (const form of ['one', 'other'] as const) {
    if (!sentence[form]?.trim()) {
      yield `its text ${name} lacks the plural form _${form}`;
    }
  }
}

function* checkTexts({ rule: { text } }: RuleFile): Generator<string> {
  if (text.name.trim() === '') {
    yield 'it has no name';
  }
  for (const [name, fields] of Object.entries(text.cases)) {
    for (const field of RULE_TEXT_FIELDS) {
      const sentence = fields[field];
      if (sentence !== undefined) {
        yield* checkSentence(`${name}.${field}`, sentence);
      } else if (name === 'default') {
        yield `its text default.${field} is missing`;
      }
    }
  }
}

function* checkAlert({ rule, alert, promql, noAlert }: RuleFile): Generator<string> {
  if (rule.alert === undefined) {
    if (alert || !noAlert?.reason.trim()) {
      yield 'it has no alert, and does not say why';
    }
    return;
  }
  if (!alert || !promql) {
    yield `its alert ${rule.alert} lacks texts or a condition in PromQL`;
    return;
  }
  if (alert.summary.trim() === '' || alert.description.trim() === '') {
    yield `its alert ${rule.alert} lacks a summary or a description`;
  }
  const needed = [...`${alert.summary} ${alert.description}`.matchAll(/\{([a-z_]+)\}/g)].map(([, label]) => label);
  const linked = 'tab' in alert.link ? ['namespace', 'kind', 'name'] : [];
  for (const label of new Set([...needed, ...linked])) {
    if (!promql().labels.includes(label)) {
      yield `its alert ${rule.alert} needs the label ${label}, which its condition does not have`;
    }
  }
}

function* check(file: RuleFile, ids: readonly string[]): Generator<string> {
  const { rule, runbook, noAlert, scenarios, promql } = file;
  for (const id of rule.suppressedBy ?? []) {
    if (!ids.includes(id) || id === rule.id) {
      yield `suppressedBy names ${id}, which is no other rule`;
    }
  }
  if (!(rule.holdFor > 0)) {
    yield 'holdFor is not positive';
  }
  if (!rule.detect && (!promql || !rule.requires.includes('recorded-findings'))) {
    yield 'without detect it needs a condition in PromQL and the fact recorded-findings';
  }
  if (scenarios.shows.length === 0) {
    yield 'it has no scenario that shows it';
  }
  if (scenarios.nearMisses.length === 0) {
    yield 'it has no near miss';
  }
  if (runbook !== undefined) {
    yield* checkRunbook(runbook);
  } else if (rule.alert !== undefined || !ids.includes(noAlert?.runbookOf ?? '')) {
    yield 'it has no runbook';
  }
  yield* checkTexts(file);
  yield* checkAlert(file);
}

/**
 * Names what the file of a rule lacks; empty for a complete one.
 * @param ids ids of all rules
 */
export const findRuleProblems = (file: RuleFile, ids: readonly string[]): string[] =>
  [...check(file, ids)].map((problem) => `${file.rule.id}: ${problem}`);
