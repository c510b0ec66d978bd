import type { Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';

/** The knowledge base logs that one of its files is missing. About the cluster, so no object has this finding. */
export const rule: Rule = {
  id: 'knowledge-base-files-lost',
  alert: 'SednaKnowledgeBaseFilesLost',
  severity: 'error',
  kinds: [],
  requires: ['recorded-findings'],
  holdFor: 60,
  text: {
    name: 'Knowledge base files lost',
    cases: {
      default: {
        title: 'Knowledge base files may be lost',
        cause: 'The knowledge base logged in the last hour that a file is missing',
        advice: 'Give it a path on its volume (KnowledgeBasePath). Then train the affected jobs again.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['knowledge-base-index-lost'], nearMisses: ['needs-kb'] };

export const promql = (): PromqlCondition => ({
  labels: ['file'],
  // A knowledge base without tasks is a new one, which needs no files yet.
  expr: `sum by (cluster, file) (sum_over_time(sedna_log_knowledge_base_files_lost_per_minute[1h])) > 0
unless on (cluster) (max by (cluster) (sedna_knowledge_base_known_tasks) == 0)`,
});

export const alert: RuleAlert = {
  group: 'knowledge-base',
  summary: 'The knowledge base logged in the last hour that a file is missing: {file}.',
  description:
    'Unless it is configured otherwise, it stores files in its container: a restart loses them and keeps the tables.',
  link: { page: 'knowledge-base' },
  requires: ['logs'],
};

export const runbook = `## Meaning

Workers asked the knowledge base for files that it no longer has. The label \`file\` says which:

- \`index\`: a status update returned HTTP 500, because \`index.pkl\` is missing.
- \`model\`: the knowledge base returned the quoted file name with HTTP 200. The worker loads it as a pickle and fails with
  \`KeyError: 34\`.

The alert counts such lines over the last hour and fires after 1 minute.

By default, the files are in the container of the knowledge base, not on its volume. A restart deletes them, but the database
keeps its rows.

## Impact

Training from round 2 on, evaluation, and new inference pods of all lifelong learning jobs can fail. The pods crash loop and
stay Running, so the jobs don't recover by themselves. The files of a job have no job name, so all jobs are affected.

## Diagnosis

1. Open **Knowledge base**. It shows signs of lost files.
2. Find the affected workers:

   \`\`\`logql
   {namespace="<namespace>"} | decolorize |~ "KeyError: 34|KB update Fail"
   \`\`\`

   The expected output is empty.

3. Check when the knowledge base restarted:

   \`\`\`sh
   kubectl -n sedna get pods -l sedna=kb
   \`\`\`

   Expected output is one pod in \`Running\`. An \`AGE\` or restart after the last training explains the loss.

4. Check where its files are:

   \`\`\`sh
   kubectl -n sedna get deployment kb -o jsonpath='{.spec.template.spec.containers[0].env[?(@.name=="KnowledgeBasePath")].value}{"\\n"}'
   \`\`\`

   Expected output is a folder on the volume, such as \`/db/files\`. An empty line means that they're in \`/\` of the container.

Sedna doesn't record which job a lost file belongs to.

## Mitigation

1. Store the files on the volume, which Sedna mounts at \`/db\`. The pod restarts and loses its current files, so do this
   between two rounds:

   \`\`\`sh
   kubectl -n sedna set env deployment kb KnowledgeBasePath=/db/files
   \`\`\`

   Expected output:

   \`\`\`text
   deployment.apps/kb env updated
   \`\`\`

2. Delete an affected job and create it again. Its first training trains all its tasks and uploads their files again.
3. Repeat this for each job that still fails. A model is uploaded again only when its task is trained again.
`;
