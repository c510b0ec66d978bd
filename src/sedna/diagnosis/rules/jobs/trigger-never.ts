import { LIFELONG } from '../../detection/kinds';
import { jobsInCondition } from '../../promql/jobs';
import { JOB } from '../../promql/labels';
import { hasCondition, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { TRIGGER_METRIC, TRIGGER_OPERATORS, findTriggerProblem } from '../../detection/trigger';

/** The trigger has an operator or a metric that Sedna doesn't know, so it never fires. */
export const rule: Rule = {
  id: 'trigger-never',
  alert: 'SednaTriggerNever',
  severity: 'error',
  verdict: 'stuck',
  kinds: LIFELONG,
  requires: ['condition', 'trigger'],
  applies: hasCondition('Train/Waiting'),
  holdFor: 300,
  detect: ({ facts: { trigger } }) => {
    const problem = findTriggerProblem(trigger!);
    return problem
      ? {
          params: { field: problem.field, value: problem.value },
          evidence: [{ query: 'trigger', values: { [problem.field]: problem.value } }],
        }
      : undefined;
  },
  text: {
    name: 'Impossible trigger',
    getCases: ({ field }) => (field === 'metric' ? ['metric'] : []),
    cases: {
      default: {
        title: 'The trigger can never fire',
        cause: 'Sedna doesn\'t know the operator "{{value}}"',
        advice: 'Use one of the operators >, >=, =, !=, <=, or <. Correct the trigger in the spec of the job.',
      },
      metric: {
        cause: 'Sedna doesn\'t know the metric "{{value}}"',
        advice: 'Use the metric num_of_samples. Correct the trigger in the spec of the job.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['trigger-never'], nearMisses: ['odd-closed-window'] };

/** Jobs with the operator and metric of their trigger. The operators contain nothing that a pattern would interpret. */
export const impossibleTriggers = () => `group by (${JOB}, operator, metric) (
  sedna_job_trigger_info{kind="LifelongLearningJob", operator!~"|${TRIGGER_OPERATORS.join('|')}"}
  or
  sedna_job_trigger_info{kind="LifelongLearningJob", metric!~"|${TRIGGER_METRIC}"}
)
and on (${JOB}) ${jobsInCondition(LIFELONG, ['Train'], ['Waiting'])}`;

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name', 'operator', 'metric'],
  expr: impossibleTriggers(),
});

export const alert: RuleAlert = {
  group: 'jobs',
  summary:
    'The trigger of {kind} {namespace}/{name} can never fire: Sedna does not know both its operator "{operator}" and its metric "{metric}".',
  description: 'The local controller treats an unknown operator or metric as a condition that is not met.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics', 'exporter'],
};

export const runbook = `## Meaning

The trigger of a lifelong learning job in Train/Waiting has an operator or metric that Sedna doesn't know. The alert fires
after 5 minutes.

## Impact

Training never starts. The local controller treats the trigger as not met and logs nothing.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. It names the field and its value.
2. Or read the condition of the trigger:

   \`\`\`sh
   kubectl -n <namespace> get ll <job> -o jsonpath='{.spec.trainSpec.trigger.condition.operator} {.spec.trainSpec.trigger.condition.metric}{"\\n"}'
   \`\`\`

   Expected output, for example:

   \`\`\`text
   > num_of_samples
   \`\`\`

## Mitigation

1. Set \`operator\` to one of these: \`>\`, \`>=\`, \`=\`, \`==\`, \`!=\`, \`<=\`, \`<\`, \`gt\`, \`ge\`, \`eq\`, \`ne\`, \`le\`, \`lt\`.
2. Set \`metric\` to \`num_of_samples\`.
3. Apply the job. If it still waits after a few minutes, delete it and create it again.
`;
