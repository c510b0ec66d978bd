import { DATASET_NODE_CASE, isDatasetUnread, toUnreadResult } from '../../detection/datasets';
import { STAGED } from '../../detection/kinds';
import { getConditionAge, hasCondition, type Rule } from '../../rule';
import type { RuleFile, RuleScenarios } from '../../ruleFile';
import { DATASET_UNREAD_AFTER_SECONDS } from '../../thresholds';

/** A job waits to train with a dataset that the local controller doesn't load. */
export const rule: Rule = {
  id: 'dataset-unread',
  severity: 'error',
  verdict: 'stuck',
  kinds: STAGED,
  requires: ['condition-time', 'nodes'],
  requiresAny: ['dataset-read', 'logs'],
  requiresOnlineNodes: 'any-node',
  suppressedBy: ['dataset-missing', 'dataset-format', 'local-controller-disconnected'],
  applies: hasCondition('Train/Waiting'),
  holdFor: 300,
  detect: (context) =>
    getConditionAge(context) > DATASET_UNREAD_AFTER_SECONDS && isDatasetUnread(context)
      ? toUnreadResult(context)
      : undefined,
  text: {
    name: 'Dataset not loaded',
    getCases: ({ cause, isNodeMissing }) => (isNodeMissing ? ['node-missing'] : cause ? ['logged'] : []),
    cases: {
      default: {
        title: "Dataset {{dataset}} isn't loaded",
        cause: "The local controller on the dataset's node can't find its file, or hasn't received the Dataset",
        advice:
          'Check that the Dataset names the right node, and that the file exists at its URL there. The job continues by itself once the dataset is loaded.',
      },
      logged: { cause: 'Local controller: {{cause}}' },
      'node-missing': DATASET_NODE_CASE,
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['stuck-waiting-dataset'], nearMisses: ['odd-long-wait'] };

export const noAlert: RuleFile['noAlert'] = {
  reason: 'SednaDatasetUnread fires for the dataset itself',
};

export const runbook = `## Meaning

A lifelong learning job has been in Train/Waiting for more than 3 minutes, and its local controller can't load the dataset.
This is the finding of the job. [SednaDatasetUnread](../SednaDatasetUnread.md) is the alert of the dataset.

The finding yields to more specific ones: missing dataset, unsupported format, or disconnected local controller.

## Impact

The local controller gets no samples, so training can't start. Other jobs that use the dataset wait, too.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. The finding quotes the local controller.
2. Or search the logs of the local controller:

   \`\`\`logql
   {namespace="sedna", container="lc"} |= "job(<namespace>/lifelonglearningjob/<job>)" |= "failed to load dataset, and waiting it:"
   \`\`\`

   The expected output is empty. The end of each line tells two cases apart:
   - \`not exists dataset(name=...)\`: the local controller of this node doesn't have the dataset.
   - \`%!w(<nil>)\`: it has the dataset, but hasn't read it. The line \`get samples from ... failed, error:\` names the cause.

## Mitigation

1. \`not exists dataset\`: set \`spec.nodeName\` of the dataset to the node that has the data. The global manager resends the
   dataset within a minute.
2. \`%!w(<nil>)\`: make the file at \`spec.url\` readable. For the steps, refer to
   [SednaDatasetUnread](../SednaDatasetUnread.md).
3. Wait. The job continues by itself after the dataset is read.
`;
