import { JOB } from '../../promql/labels';
import { STAGED } from '../../detection/kinds';
import type { Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';

/** A metric of the newest evaluation is much worse than in the evaluation before. */
export const rule: Rule = {
  id: 'evaluation-fell',
  alert: 'SednaEvaluationFell',
  severity: 'warning',
  kinds: STAGED,
  requires: ['recorded-findings'],
  holdFor: 60,
  text: {
    name: 'Worse evaluation',
    cases: {
      default: {
        title: '{{metric}} fell by more than 10% in the newest evaluation',
        cause: 'The new samples differ from the earlier ones, or the training went wrong',
        advice:
          'Compare the rounds in the Metrics tab. The model is deployed anyway, unless the evaluation dropped its tasks.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['evaluates-worse'], nearMisses: ['well'] };

/** Share by which a metric must fall: scores differ by a few percent from round to round. */
const FALL_SHARE = 0.1;

/** Metrics for which lower is better. */
const LOWER_IS_BETTER = '(?i).*(loss|err|mae|mse|latency|time).*';

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name', 'metric'],
  expr: `(
  1 - max by (${JOB}, metric) (sedna_job_eval_metric{metric!~"${LOWER_IS_BETTER}"})
  / (sedna:job_eval_metric:previous > 0)
) > ${FALL_SHARE}`,
});

export const alert: RuleAlert = {
  group: 'jobs',
  summary:
    'The newest evaluation of {kind} {namespace}/{name} is worse than the one before: {metric} fell by more than 10%.',
  description: 'The model is deployed anyway, unless the evaluation dropped its tasks.',
  link: { tab: 'metrics' },
  requires: ['kube-state-metrics', 'exporter'],
};

export const runbook = `## Meaning

A metric of the newest evaluation is more than 10% lower than in the evaluation before. Metrics that are better when lower
are ignored. Their names contain loss, err, mae, mse, latency, or time.

The alert fires after 1 minute. It lasts until the next evaluation.

## Impact

Sedna deploys the model anyway, unless the evaluation drops its tasks. Inference at the edge may get worse.

## Diagnosis

1. Compare both evaluations:

   \`\`\`promql
   sedna_job_eval_metric{namespace="<namespace>", name="<job>"}
   sedna:job_eval_metric:previous{namespace="<namespace>", name="<job>"}
   \`\`\`

   Run one query at a time. Expected output is one series per metric, and similar values in both.

2. Open **Logs**, select the job, and then the **Task scores** view. Find out whether one task got worse or all. Or search
   the logs of the evaluation worker:

   \`\`\`logql
   {namespace="<namespace>", pod=~"<job>-eval-.+"} |= "scores:" | decolorize
   \`\`\`

   Expected output is one line per task:

   \`\`\`text
   Autumn_1.0 scores: {'precision_score': 0.8823529411764706}
   \`\`\`

3. Check whether the local controller restarted before this round. Such a restart resets its sample counters, and training
   may use all samples again.

Sedna keeps no history of scores in its resources. Older scores are only in logs and metrics.

## Mitigation

1. If one task got worse, check the samples that it got in this round.
2. If all tasks got worse, check the training data and the training log.
3. To keep bad models off the edge, set \`operator\` to \`<\` and set \`model_threshold\`. Both are environment variables of the
   evaluation worker, in \`spec.evalSpec.template\`.
`;
