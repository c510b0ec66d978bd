import { TRIGGERED_KINDS } from '../../../catalog/resourceMetrics';
import { STAGED } from '../../detection/kinds';
import { family, jobsInCondition } from '../../promql/jobs';
import { INCOMPLETE } from '../../promql/completeness';
import { DATASET, JOB } from '../../promql/labels';
import {
  getConditionAge,
  getStateStart,
  hasCondition,
  toConditionEvidence,
  toLineEvidence,
  type Rule,
} from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { CLOCK_DRIFT_SECONDS, DATASET_SEEN_SECONDS, DATASET_UNREAD_AFTER_SECONDS } from '../../thresholds';

/** A job waits for a Dataset that doesn't exist. */
export const rule: Rule = {
  id: 'dataset-missing',
  alert: 'SednaDatasetMissing',
  severity: 'error',
  verdict: 'stuck',
  kinds: STAGED,
  requires: ['condition-time', 'dataset-exists', 'all-parts'],
  applies: hasCondition('*/Waiting'),
  holdFor: 300,
  detect: (context) => {
    const { dataset } = context.facts;
    const since = getStateStart(context.facts)!;
    return dataset!.exists || getConditionAge(context) <= DATASET_UNREAD_AFTER_SECONDS
      ? undefined
      : {
          since,
          params: { dataset: dataset!.name },
          evidence: [
            { query: 'dataset', values: { dataset: dataset!.name, exists: false } },
            toConditionEvidence(context),
            ...toLineEvidence(
              context.signatures.all('dataset-not-found').filter(({ line }) => line.time >= since - CLOCK_DRIFT_SECONDS)
            ),
          ],
        };
  },
  text: {
    name: 'Dataset missing',
    cases: {
      default: {
        title: "Dataset {{dataset}} doesn't exist",
        cause:
          "The job's namespace has no Dataset of this name. The global manager doesn't know which node should process the job, and only logs an error.",
        advice:
          "Create the Dataset in the job's namespace, or correct its name in the job. The job continues within a minute.",
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['dataset-missing'], nearMisses: ['stuck-waiting-dataset'] };

export const promqlDiffers =
  'The finding waits three minutes after the condition, so that a dataset may come after its job.';

export const missingDatasets = () => `group by (${JOB}, dataset) (
  ${family(TRIGGERED_KINDS, 'info', ', dataset!=""')}
  unless on (cluster, namespace, dataset)
  label_replace(group by (${DATASET}) (last_over_time(sedna_dataset_info[${DATASET_SEEN_SECONDS}s])), "dataset", "$1", "name", "(.+)")
)
and on (${JOB}) ${jobsInCondition(TRIGGERED_KINDS, [], ['Waiting'])}
and on (cluster) group by (cluster) (sedna_dataset_info)
unless on (cluster) ${INCOMPLETE}`;

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name', 'dataset'],
  expr: missingDatasets(),
});

export const alert: RuleAlert = {
  group: 'jobs',
  summary: '{kind} {namespace}/{name} waits for dataset {dataset}, which does not exist in its namespace.',
  description: 'Without it, the global manager gives the job to no local controller and only logs an error.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

A waiting job names a dataset that doesn't exist in the namespace of the job. Because the dataset selects the node, the
global manager can't send the job to a local controller.

The alert fires after 5 minutes. After a dataset is deleted, it fires about an hour later. It can't fire in a cluster
without any dataset.

## Impact

No local controller handles the job. The job stays in Waiting, and its status doesn't say why.

## Diagnosis

1. List the datasets in the namespace of the job:

   \`\`\`sh
   kubectl -n <namespace> get datasets
   \`\`\`

   The expected output includes the name that the alert shows. If it doesn't, the dataset is missing.

2. Read the name that the job uses:

   \`\`\`sh
   kubectl -n <namespace> get <kind> <job> -o jsonpath='{.spec.dataset.name}{"\\n"}'
   \`\`\`

3. Search the logs of the global manager:

   \`\`\`logql
   {namespace="sedna", container="gm"} |= "not found job(name=LifelongLearningJob/<job>)'s dataset"
   \`\`\`

   The expected output is empty. If the dataset is missing, this line repeats whenever the global manager resends the job:

   \`\`\`text
   not found job(name=LifelongLearningJob/<job>)'s dataset, error: datasets.sedna.io "<dataset>" not found
   \`\`\`

## Mitigation

1. Create the dataset in the namespace of the job. A dataset of another namespace doesn't count.
2. Or correct \`spec.dataset.name\` of the job.
3. Wait a minute. The global manager resends the job by itself. No restart is needed.
`;
