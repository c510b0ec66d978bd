import { TRIGGERED_KINDS } from '../../../catalog/resourceMetrics';
import { excludeUnstableNodes, family, jobsInCondition, unlessExplainedBy } from '../../promql/jobs';
import { DATASET, JOB } from '../../promql/labels';
import type { Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { disconnectedJobs } from '../platform/local-controller-disconnected';
import { unreadableFormats } from './dataset-format';

/** The dataset of a waiting job has received no sample for much longer than its usual interval. */
export const rule: Rule = {
  id: 'dataset-idle',
  alert: 'SednaDatasetIdle',
  severity: 'warning',
  kinds: TRIGGERED_KINDS,
  requires: ['recorded-findings'],
  suppressedBy: ['dataset-missing', 'dataset-unread', 'dataset-format', 'local-controller-disconnected'],
  holdFor: 300,
  text: {
    name: 'Idle dataset',
    cases: {
      default: {
        title: 'Dataset {{dataset}} has received no samples for much longer than usual',
        cause: 'The producer of its data has stopped, or the file was replaced by one that is not longer',
        advice:
          'Check the producer, and whether the file on the node of the dataset still grows. New samples must be appended to it.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['dataset-idle'], nearMisses: ['dataset-pauses'] };

/** Lengths of the steps (s) in which a dataset usually grows, from often to rarely. */
const STEPS_SECONDS = [900, 3600, 21_600];

/** Number of steps with new samples that make an interval usual. */
const MIN_STEPS = 6;

/** Steps without new samples that are much longer than usual. */
const IDLE_STEPS = 4;

const WINDOW = '7d';

const UPDATED = 'sedna_dataset_update_timestamp_seconds';

/**
 * Datasets that grew in each step of the last week, but for the steps of the current pause. The local controller reports
 * a dataset only when its number of samples changes. A dataset that grows in bursts had pauses before, so it is left out.
 */
const idleDatasets = (step: number) => {
  const age = `(time() - max by (${DATASET}) (${UPDATED}))`;
  const grown = `max by (${DATASET}) (changes(${UPDATED}[${step}s]))`;
  return `(
    ${age} > ${IDLE_STEPS * step}
    and on (${DATASET}) (count_over_time((${grown} > 0)[${WINDOW}:${step}s]) >= ${MIN_STEPS})
    and on (${DATASET}) (${step} * count_over_time((${grown} == 0)[${WINDOW}:${step}s]) <= ${age} + ${step})
  )`;
};

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name', 'dataset'],
  expr: excludeUnstableNodes(
    unlessExplainedBy(
      `${family(TRIGGERED_KINDS, 'info', ', dataset!=""')}
and on (${JOB}) ${jobsInCondition(TRIGGERED_KINDS, ['Train'], ['Waiting'])}
and on (cluster, namespace, dataset) label_replace(
  group by (${DATASET}) (${STEPS_SECONDS.map(idleDatasets).join(' or ')}),
  "dataset", "$1", "name", "(.+)"
)`,
      unreadableFormats(),
      disconnectedJobs()
    )
  ),
});

export const alert: RuleAlert = {
  group: 'slow',
  summary:
    'Dataset {dataset} of {kind} {namespace}/{name} has received no samples for much longer than usual, so no new round starts.',
  description: 'The producer of its data has stopped, or its file was replaced by one that is not longer.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

The dataset of a job has got no new sample for much longer than its usual interval. Often, the producer of the data stopped.

## Impact

The trigger of the job counts only new samples, so no new round starts. The deployed model stays in use and may become
outdated. The status of the job doesn't show this.

## Diagnosis

1. Open the dataset, then the **Metrics** tab. \`sedna_dataset_samples\` shows when the dataset last grew, and how often it
   usually grows. Or run:

   \`\`\`promql
   time() - max by (namespace, name) (sedna_dataset_update_timestamp_seconds{namespace="<namespace>", name="<dataset>"})
   \`\`\`

   The output is the age of the newest report, in seconds. The local controller reports only changes.

2. Read the URL and the last status:

   \`\`\`sh
   kubectl -n <namespace> get dataset <dataset> -o jsonpath='{.spec.nodeName} {.spec.url} {.status.numberOfSamples} {.status.updateTime}{"\\n"}'
   \`\`\`

   Expected output, for example:

   \`\`\`text
   edge-node /data/trainData.csv 3200 2026-11-23T02:06:32Z
   \`\`\`

3. For a path, count the lines on that node:

   \`\`\`sh
   wc -l /data/trainData.csv
   \`\`\`

   If the output stays near \`numberOfSamples\`, no data arrives. If it's much higher and grows, the local controller doesn't
   read or report it.

4. If the file grows, search the logs of the local controller:

   \`\`\`logql
   {namespace="sedna", container="lc"} |= "dataset(name=<namespace>/dataset/<dataset>)"
   \`\`\`

   Expected output after each growth is a line that ends with \`successfully. number of samples: 3200\`. A failed read is
   [SednaDatasetUnread](SednaDatasetUnread.md).

Sedna doesn't record which samples are new. It keeps the last number when the file or the local controller is gone.

## Mitigation

1. If no data arrives, check the producer of the data, such as a camera, an upload, or a script.
2. If the file was replaced, append new samples to it instead. An equally long or shorter file never counts as new.
3. If the file grows but isn't counted further, check for a line longer than 64 KiB. Reading ends at such a line without an
   error.
4. If the node is offline or the local controller is disconnected, refer to
   [SednaEdgeNodeOffline](SednaEdgeNodeOffline.md) or
   [SednaLocalControllerDisconnected](SednaLocalControllerDisconnected.md).
5. If the pause is expected, silence the alert for this dataset.
`;
