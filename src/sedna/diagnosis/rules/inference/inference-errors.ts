import { WITH_WORKERS } from '../../detection/kinds';
import { maxByInferenceJob } from '../../detection/inference';
import { JOB } from '../../promql/labels';
import type { Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';

/** Samples of inference end in errors, or its worker logs errors most of the time. */
export const rule: Rule = {
  id: 'inference-errors',
  alert: 'SednaInferenceErrors',
  severity: 'warning',
  kinds: WITH_WORKERS,
  requires: ['recorded-findings'],
  holdFor: 300,
  text: {
    name: 'Inference errors',
    cases: {
      default: {
        title: 'Inference has errors',
        cause:
          'More than 5% of the samples ended in an error, or the worker logged errors in 10 of the last 30 minutes',
        advice: 'Check the log of the inference worker',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['inference-errors'], nearMisses: ['well'] };

/** Share of samples that may end in an error. */
const ERROR_SHARE = 0.05;

/** Minutes with error lines in the window (s). */
const ERROR_MINUTES = 10;
const ERROR_WINDOW_SECONDS = 1800;

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name'],
  expr: `(
  sum by (${JOB}) (sedna:inference_samples{state="error"})
  / on (${JOB})
  (sum by (${JOB}) (sedna:inference_samples{state=~"done|error"}) > 0)
) > ${ERROR_SHARE}
or on (${JOB})
${maxByInferenceJob(`count_over_time(sedna_log_error_lines_per_minute[${ERROR_WINDOW_SECONDS}s]) >= ${ERROR_MINUTES}`)}`,
});

export const alert: RuleAlert = {
  group: 'inference',
  summary: 'Inference of {kind} {namespace}/{name} has errors: its samples end in errors, or its worker logs them.',
  description:
    'More than 5% of the samples ended in an error, or the inference worker logged errors in 10 of the last 30 minutes.',
  link: { tab: 'logs' },
  requires: ['kube-state-metrics', 'logs'],
};

export const runbook = `## Meaning

Inference of a job fails in one of two ways:

- More than 5% of its samples ended in an error, according to its logs or its custom metrics.
- Its inference worker logged lines of level error in at least 10 of the last 30 minutes.

The alert fires after 5 minutes. Sedna itself doesn't count inferences or inference errors.

## Impact

Results of inference are missing or wrong. The job stays healthy for Sedna.

## Diagnosis

1. Open the job, then the **Logs** tab. Select the inference worker and the level error. Or search for errors:

   \`\`\`logql
   {namespace="<namespace>", pod=~"<job>-inference-.+"} | decolorize |= "[ERROR]"
   \`\`\`

   The expected output is empty. For a JointInferenceService, use \`pod=~"<name>-deployment-.+"\`.

2. Check the share of errors, if the job counts samples:

   \`\`\`promql
   sum by (state) (sedna:inference_samples{namespace="<namespace>", name="<job>"})
   \`\`\`

   Expected output is one series per state, and \`error\` at most 5% of \`done\` and \`error\` together. No output means that the
   job doesn't count samples.

3. Check when the errors began. Compare that time with the last deployment on the **Status** tab.

## Mitigation

1. If the log contains \`Load task index failed. KB deployment to the edge failed.\`, the edge couldn't load the models. Check
   that the node reaches the knowledge base. Refer to [SednaKnowledgeBaseUnreachable](SednaKnowledgeBaseUnreachable.md) and
   [SednaKnowledgeBaseFilesLost](SednaKnowledgeBaseFilesLost.md).
2. If the errors began with the last deployment, compare the model with the one before on the **Status** tab.
3. If only some samples fail, check the data source of the worker, such as its camera or folder.
`;
