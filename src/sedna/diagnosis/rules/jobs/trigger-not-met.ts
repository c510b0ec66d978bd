import { TRIGGERED_KINDS } from '../../../catalog/resourceMetrics';
import { jobsInConditionFor, jobsOfDatasets, unlessExplainedBy } from '../../promql/jobs';
import type { Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { unreadableFormats } from '../datasets/dataset-format';
import { missingDatasets } from '../datasets/dataset-missing';
import { unreadDatasets } from '../datasets/dataset-unreadable';
import { disconnectedJobs } from '../platform/local-controller-disconnected';
import { impossibleTriggers } from './trigger-never';

/** A job has waited for its trigger for a day, and nothing else explains it. */
export const rule: Rule = {
  id: 'trigger-not-met',
  alert: 'SednaTriggerNotMet',
  severity: 'info',
  kinds: TRIGGERED_KINDS,
  requires: ['recorded-findings'],
  suppressedBy: [
    'trigger-never',
    'dataset-missing',
    'dataset-format',
    'dataset-unread',
    'local-controller-disconnected',
  ],
  holdFor: 600,
  text: {
    name: 'Trigger not met',
    cases: {
      default: {
        title: 'The trigger has not been met for more than a day',
        cause: 'There are not enough unused samples, or the time window of the trigger is closed',
        advice:
          'Compare the unused samples with the threshold below. If new data has arrived, check that it is in the file of the dataset.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['waits-for-a-day'], nearMisses: ['odd-long-wait'] };

/** A trigger may wait for samples for hours. After a day somebody should know. */
const WAITING_AFTER_SECONDS = 86_400;

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name'],
  expr: unlessExplainedBy(
    jobsInConditionFor(TRIGGERED_KINDS, ['Train'], ['Waiting'], WAITING_AFTER_SECONDS),
    impossibleTriggers(),
    missingDatasets(),
    unreadableFormats(),
    jobsOfDatasets(unreadDatasets()),
    disconnectedJobs()
  ),
});

export const alert: RuleAlert = {
  group: 'jobs',
  summary: '{kind} {namespace}/{name} has waited for its trigger for more than a day.',
  description: 'Training starts when there are enough unused samples within the time window of the trigger.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

A job has been in Train/Waiting for more than a day. The alert fires after another 10 minutes. Training starts when both are
true:

- The number of unused training samples meets the operator and threshold of the trigger.
- The local time of the local controller is in the time window of the trigger.

This isn't always a problem: a dataset that grows slowly waits for a long time.

## Impact

No new round starts. The deployed model stays in use.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. **Training prerequisites** checks samples, time window, local controller,
   dataset, and trigger.
2. Read the training split, the condition, and the time window. For an incremental learning job, use \`il\` instead of \`ll\`:

   \`\`\`sh
   kubectl -n <namespace> get ll <job> -o jsonpath='{.spec.dataset.trainProb}{"\\n"}'
   kubectl -n <namespace> get ll <job> -o jsonpath='{.spec.trainSpec.trigger.condition.operator} {.spec.trainSpec.trigger.condition.threshold}{"\\n"}'
   kubectl -n <namespace> get ll <job> -o jsonpath='{.spec.trainSpec.trigger.timer.start} {.spec.trainSpec.trigger.timer.end}{"\\n"}'
   \`\`\`

   Expected output, for example:

   \`\`\`text
   0.8
   > 500
   02:00 20:00
   \`\`\`

   Sedna ignores \`checkPeriodSeconds\`.

3. Add up the new training samples since the last training:

   \`\`\`logql
   {namespace="sedna", container="lc"} |= "<namespace>/lifelonglearningjob/<job>)" |~ "current train samples nums is|complete the Training phase"
   \`\`\`

   Expected output while the dataset grows, where each line counts only new samples:

   \`\`\`text
   job(default/lifelonglearningjob/atcii-classifier-demo)'s current train samples nums is 2560
   \`\`\`

4. For an incremental learning job, check whether the local controller can write its samples:

   \`\`\`logql
   {namespace="sedna", container="lc"} |= "create file() failed"
   \`\`\`

   The expected output is empty. This line means that the dataset has the format \`csv\`, which never works for incremental
   learning.

The status of the job records neither the samples nor the reason why it waits.

## Mitigation

1. Too few samples: add data, or lower the threshold. Only the share \`trainProb\` of new samples counts. With 0.8 and a
   threshold of 500, the trigger needs more than 625 new samples.
2. The file was replaced: append to it instead. An equally long or shorter file never counts as new.
3. Outside of the time window: correct \`timer\`. It's in the local time of the container, which is UTC in the image of Sedna.
4. A csv dataset of an incremental learning job: use \`txt\`.
5. If the wait is intended, silence the alert for this job.
`;
