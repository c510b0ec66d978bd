import { TRIGGERED_KINDS } from '../../../catalog/resourceMetrics';
import type { KindName } from '../../../kinds';
import { STAGED } from '../../detection/kinds';
import { UNREADABLE_FORMATS } from '../../promql/datasets';
import { family, jobsInCondition } from '../../promql/jobs';
import { JOB } from '../../promql/labels';
import { hasCondition, toLineEvidence, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { DATASET_FORMATS } from '../../thresholds';

/**
 * The local controller reads a csv dataset for an incremental learning job, and can't write its samples to a file: it knows
 * a file name for txt only.
 */
const INCREMENTAL_FORMATS: readonly string[] = ['txt'];
const isIncremental = (kind: KindName) => kind === 'IncrementalLearningJob';

/** A dataset has a format that the local controller can't use. */
export const rule: Rule = {
  id: 'dataset-format',
  alert: 'SednaDatasetFormat',
  severity: 'error',
  verdict: 'stuck',
  kinds: [...STAGED, 'Dataset'],
  requires: ['dataset-format'],
  applies: (facts) => facts.object.kind === 'Dataset' || hasCondition('Train/Waiting')(facts),
  holdFor: 300,
  detect: ({ facts: { object, dataset }, signatures }) => {
    const [name, format] = [dataset!.name, dataset!.format!];
    const usable = isIncremental(object.kind) ? INCREMENTAL_FORMATS : DATASET_FORMATS;
    if (usable.includes(format.toLowerCase())) {
      return undefined;
    }
    // The facts about a dataset don't include who uses it, and workers of other kinds read it themselves.
    const isNeeded = object.kind !== 'Dataset';
    return {
      severity: isNeeded ? 'error' : 'warning',
      params: { dataset: name, format, isNeeded, isRead: DATASET_FORMATS.includes(format.toLowerCase()) },
      evidence: [
        { query: 'dataset', values: { dataset: name, format } },
        ...toLineEvidence(signatures.all('samples-not-written')),
      ],
    };
  },
  text: {
    name: 'Dataset format',
    getCases: ({ isNeeded, isRead }) => (!isNeeded ? ['of-dataset'] : isRead ? ['incremental'] : []),
    cases: {
      default: {
        title: "Format {{format}} of dataset {{dataset}} can't be read",
        cause: 'The local controller reads only csv and txt datasets',
        advice: 'Provide the data as csv or txt. Then set the format of the Dataset accordingly.',
      },
      incremental: {
        title: "An incremental learning job can't use the {{format}} dataset {{dataset}}",
        cause:
          'The local controller counts its samples, but fails to write them to a file every 10 s: for incremental learning, it knows a file name for txt only',
        advice: 'Provide the data as txt. Then set the format of the Dataset to txt.',
      },
      'of-dataset': {
        title: "Lifelong and incremental learning jobs can't use the format {{format}}",
        cause:
          'The local controller reads only csv and txt datasets, so it counts no samples of this one. Only lifelong and incremental learning jobs need that: workers of other jobs read their data themselves.',
        advice:
          'If such a job uses it, provide the data as csv or txt, and set the format of the Dataset accordingly. Otherwise, nothing is wrong.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['dataset-format'], nearMisses: ['stuck-waiting-dataset'] };

export const promqlDiffers = 'The condition in PromQL is about jobs. The finding is about datasets too.';

export const unreadableFormats = () => `(label_replace(group by (${JOB}, dataset) (
  ${family(TRIGGERED_KINDS, 'info', ', dataset!=""')}
), "used", "$1", "dataset", "(.+)")
* on (cluster, namespace, used) group_left (format)
label_replace(group by (cluster, namespace, name, format) (${UNREADABLE_FORMATS}), "used", "$1", "name", "(.+)")
or
label_replace(group by (${JOB}, dataset) (
  ${family(TRIGGERED_KINDS.filter(isIncremental), 'info', ', dataset!=""')}
), "used", "$1", "dataset", "(.+)")
* on (cluster, namespace, used) group_left (format)
label_replace(group by (cluster, namespace, name, format) (sedna_dataset_info{format=~"(?i)csv"}), "used", "$1", "name", "(.+)")
)
and on (${JOB}) ${jobsInCondition(TRIGGERED_KINDS, ['Train'], ['Waiting'])}`;

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name', 'dataset', 'format'],
  expr: unreadableFormats(),
});

export const alert: RuleAlert = {
  group: 'jobs',
  summary: '{kind} {namespace}/{name} waits for dataset {dataset}, whose format "{format}" Sedna cannot use for it.',
  description:
    'The local controller reads only csv and txt, and for incremental learning only txt. It retries forever.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

A job in Train/Waiting uses a dataset whose format is neither \`csv\` nor \`txt\`. The local controller reads only these two.
Or an incremental learning job uses a \`csv\` dataset: its samples are counted, but can't be written to a file.

The alert fires after 5 minutes.

## Impact

The local controller counts no samples, so training never starts. It retries every 60 s without end. Federated learning
and joint inference aren't affected, because their workers read the data themselves.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. The finding names the dataset and its format.
2. Or read the format from the dataset:

   \`\`\`sh
   kubectl -n <namespace> get dataset <dataset> -o jsonpath='{.spec.format}{"\\n"}'
   \`\`\`

   Expected output is \`csv\` or \`txt\`, in upper or lower case. Anything else causes this alert.

3. Search the logs of the local controller:

   \`\`\`logql
   {namespace="sedna", container="lc"} |= "dataset(name=<namespace>/dataset/<dataset>)" |= "is invalid"
   \`\`\`

   The expected output is empty. If the format is the cause, a line like this repeats every 60 s:

   \`\`\`text
   dataset(name=default/dataset/json-dataset) get samples from /rootfs/data/trainData.json failed, error: dataset format(json) is invalid
   \`\`\`

## Mitigation

1. If the data is already CSV or plain text, correct \`spec.format\` of the dataset.
2. Otherwise, convert the data. Then set \`spec.format\` and \`spec.url\` of the dataset. Use \`txt\` for an incremental
   learning job: with \`csv\`, it waits forever.
3. Wait. The job continues without a restart after the local controller has read the file.
`;
