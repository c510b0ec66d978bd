/** The runbooks in docs/runbooks, which the rules contain. */
import path from 'node:path';
import type { Rule } from '../../src/sedna/diagnosis';
import { RULE_FILES } from '../../src/sedna/diagnosis/rules/files';
import { PROJECT_ROOT } from '../../tools/projectRoot';
import type { GeneratedFile } from '../../tools/generators/generatedFiles';

export const RUNBOOKS_FOLDER = path.join(PROJECT_ROOT, 'docs', 'runbooks');

const header = (id: string) => `<!-- Generated from the rule ${id} in src/sedna/diagnosis/rules. Do not edit. -->`;

/** Path of the runbook of a rule within the folder: named after the alert, or after a rule without one. */
export const getRunbookPath = ({ id, alert }: Pick<Rule, 'id' | 'alert'>) =>
  alert === undefined ? `rules/${id}.md` : `${alert}.md`;

/** One file for each rule that has a runbook. */
export const RUNBOOK_FILES: readonly GeneratedFile[] = RULE_FILES.flatMap(({ rule, runbook }) =>
  runbook === undefined
    ? []
    : [
        {
          path: path.join(RUNBOOKS_FOLDER, getRunbookPath(rule)),
          content: `# ${rule.alert ?? rule.id}\n\n${header(rule.id)}\n\n${runbook.trim()}\n`,
        },
      ]
);
