import { LIFELONG } from '../../detection/kinds';
import { toLineEvidence, type Rule } from '../../rule';
import type { RuleFile, RuleScenarios } from '../../ruleFile';

/** The newest evaluation couldn't update the index of the knowledge base, so an older model stays in use. */
export const rule: Rule = {
  id: 'index-not-updated',
  severity: 'error',
  kinds: LIFELONG,
  requires: ['logs'],
  getInconclusiveReason: ({ facts: { completedWithoutData }, signatures }) => {
    const hasNone = completedWithoutData !== undefined && completedWithoutData.Eval === undefined;
    return hasNone || signatures.last('evaluated', 'index-not-updated') ? undefined : 'evaluation';
  },
  holdFor: 60,
  detect: ({ signatures }) => {
    // The worker continues after it and the round completes: only the newest evaluation decides what is in use.
    const newest = signatures.last('evaluated', 'index-not-updated');
    const matches = signatures.all('index-not-updated').filter(({ line }) => line.pod === newest?.line.pod);
    const [failed] = matches;
    return failed
      ? {
          since: failed.line.time,
          params: { pod: failed.line.pod },
          evidence: toLineEvidence(matches),
        }
      : undefined;
  },
  text: {
    name: 'Index not updated',
    cases: {
      default: {
        title: 'The round completed, but an older model is in use',
        cause:
          "The evaluation {{pod}} couldn't update the index of the knowledge base and continued anyway. After a restart, the knowledge base has lost its index file but kept its tables.",
        advice:
          'Check whether the log of the kb pod has status 500 for /knowledgebase/update/status: then its index is lost. Give it a path on its volume (KnowledgeBasePath), so that its files survive a restart.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['stuck-old-model'], nearMisses: ['atcii-classifier-demo'] };

export const noAlert: RuleFile['noAlert'] = {
  reason: 'Only log lines name the job. SednaKnowledgeBaseFilesLost fires for the same cause',
};

export const runbook = `## Meaning

The newest evaluation of a lifelong learning job logged \`KB update Fail !\`: it couldn't update the index in the knowledge
base. The worker continued anyway.

## Impact

The round completes, but an old model stays in use. The status of the job looks healthy.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. The finding names the pod. If the evaluation isn't in the time range, the check
   is skipped: select a longer one.
2. Or search the logs of the evaluation worker:

   \`\`\`logql
   {namespace="<namespace>", pod=~"<job>-eval-.+"} | decolorize |~ "KB update Fail|Update kb error"
   \`\`\`

   The expected output is empty.

3. Search the logs of the knowledge base:

   \`\`\`logql
   {namespace="sedna", container="kb"} |= "/knowledgebase/update/status" |= "500"
   \`\`\`

   The expected output is empty. This line means that the knowledge base lost its index:

   \`\`\`text
   INFO:     10.0.0.7:49898 - "POST /knowledgebase/update/status HTTP/1.1" 500 Internal Server Error
   \`\`\`

## Mitigation

1. If the index is lost, store the files of the knowledge base on its volume. Refer to
   [SednaKnowledgeBaseFilesLost](../SednaKnowledgeBaseFilesLost.md).
2. If the log of the knowledge base has no such line, the worker couldn't reach it. Refer to
   [SednaKnowledgeBaseUnreachable](../SednaKnowledgeBaseUnreachable.md).
3. The finding ends with the next successful evaluation.
`;
