/** The tables of alerts, and of rules without an alert, in docs/use/alerts.md. */
import path from 'node:path';
import { PROJECT_ROOT } from '../../tools/projectRoot';
import { replaceMarkedPart, type GeneratedFile } from '../../tools/generators/generatedFiles';
import type { RuleFile } from '../../src/sedna/diagnosis/ruleFile';
import { RULE_FILES } from '../../src/sedna/diagnosis/rules/files';
import { ALERTS } from '.';
import { renderTemplate, type Alert } from './alert';
import { getRunbookPath } from './runbooks';

/** Labels as a reader sees them. */
const SYNTAX = { label: (name: string) => `<${name}>` };

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

const toRow = ({ name, severity, for: holdFor, summary, requires, rule }: Alert) =>
  `| [${name}](../runbooks/${name}.md) | ${severity} | ${holdFor} | ${cell(renderTemplate(summary, SYNTAX))} | ${requires.join(', ')} | \`${rule}\` |`;

const alertTable = () =>
  `${[
    '| Alert | Severity | For | Summary | Requires | Rule |',
    '| --- | --- | --- | --- | --- | --- |',
    ...ALERTS.map(toRow),
  ].join('\n')}\n`;

/** Link to the runbook of a rule, or to that of another rule which helps. */
function linkRunbook({ rule, runbook, noAlert }: RuleFile): string {
  const target = runbook === undefined ? RULE_FILES.find((other) => other.rule.id === noAlert?.runbookOf)?.rule : rule;
  return target ? `[${target.alert ?? target.id}](../runbooks/${getRunbookPath(target)})` : '';
}

const ruleTable = () =>
  `${[
    '| Rule without an alert | Reason | Runbook |',
    '| --- | --- | --- |',
    ...RULE_FILES.filter(({ noAlert }) => noAlert).map(
      (file) => `| \`${file.rule.id}\` | ${cell(file.noAlert!.reason)} | ${linkRunbook(file)} |`
    ),
  ].join('\n')}\n`;

/** docs/use/alerts.md with the generated tables. */
export const referenceFile = (): GeneratedFile =>
  replaceMarkedPart(path.join(PROJECT_ROOT, 'docs', 'use', 'alerts.md'), `${alertTable()}\n${ruleTable()}`);
