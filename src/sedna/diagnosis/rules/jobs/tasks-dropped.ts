import { LIFELONG } from '../../detection/kinds';
import { JOB } from '../../promql/labels';
import type { Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';

/** The newest evaluation dropped tasks. */
export const rule: Rule = {
  id: 'tasks-dropped',
  alert: 'SednaTasksDropped',
  severity: 'warning',
  kinds: LIFELONG,
  requires: ['recorded-findings'],
  holdFor: 300,
  text: {
    name: 'Dropped tasks',
    cases: {
      default: {
        title: 'The newest evaluation dropped tasks',
        cause: 'Their scores match the rule for dropping tasks. The default rule of Sedna also drops good tasks.',
        advice:
          'Check the scores of the tasks in the logs of the evaluation. Set an operator and a threshold in the eval parameters of the job that keep good tasks.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['atcii-classifier-twin'], nearMisses: ['robo-demo'] };

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name'],
  expr: `count by (${JOB}) (sedna:task_deployable == 0)`,
});

export const alert: RuleAlert = {
  group: 'jobs',
  summary: 'The newest evaluation of {kind} {namespace}/{name} dropped tasks.',
  description: 'The edge runs without the models of dropped tasks. The default rule of Sedna also drops good tasks.',
  link: { tab: 'logs' },
  requires: ['kube-state-metrics', 'logs'],
};

export const runbook = `## Meaning

The newest evaluation of a job dropped tasks. The value is their number. The alert fires after 5 minutes.

By default, Sedna drops every task with a score above 0.1, which are the good ones (operator \`>\`, threshold 0.1).

## Impact

The models of dropped tasks aren't deployed to the edge.

## Diagnosis

1. Open **Knowledge base**, and then **Dropped tasks**. It shows the scores and the rule that dropped each task.
2. Or list the dropped tasks:

   \`\`\`promql
   sedna:task_deployable{namespace="<namespace>", name="<job>"} == 0
   \`\`\`

   The expected output is empty. Otherwise, the label \`task\` names each dropped task.

3. Find the rule in the logs of the evaluation worker:

   \`\`\`logql
   {namespace="<namespace>", pod=~"<job>-eval-.+"} |= "will not be deploy" | decolorize
   \`\`\`

   The expected output is empty. A dropped task has a line like this:

   \`\`\`text
   Autumn_1.0 will not be deploy because all scores > 0.5
   \`\`\`

The knowledge base and the status of the job don't record dropped tasks. Only these log lines do.

## Mitigation

1. If the rule dropped good tasks, set \`operator\` to \`<\` and set \`model_threshold\`. Both are environment variables of the
   evaluation worker, in \`spec.evalSpec.template\`.
2. If a task has bad scores, check its number of samples. Training merges tasks with fewer than 10 samples into others.
3. If a task is known to be weak, silence the alert for this job.
`;
