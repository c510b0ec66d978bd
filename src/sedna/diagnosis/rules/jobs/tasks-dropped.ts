import { LIFELONG } from '../../detection/kinds';
import { JOB } from '../../promql/labels';
import { toLineEvidence, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';

/** The rule of Sedna where the job sets none: tasks with good scores are dropped. */
const DEFAULT_CRITERION = '> 0.1';
const CRITERION = /because all scores ([<>=!]+ \S+)/;

/** The newest evaluation dropped tasks. */
export const rule: Rule = {
  id: 'tasks-dropped',
  alert: 'SednaTasksDropped',
  severity: 'warning',
  kinds: LIFELONG,
  requires: [],
  requiresAny: ['recorded-findings', 'logs'],
  holdFor: 300,
  detect: ({ facts, signatures }) => {
    // Of the newest evaluation alone.
    const pod = signatures.last('task-scored', 'task-dropped')?.line.pod;
    const matches = signatures.all('task-scored', 'task-dropped').filter(({ line }) => line.pod === pod);
    const of = (id: 'task-scored' | 'task-dropped') => [
      ...new Set(matches.filter((match) => match.id === id).map(({ value }) => value)),
    ];
    const [scored, dropped] = [of('task-scored'), of('task-dropped')];
    const isRecorded = facts.recordedFindings?.some(({ rule: id }) => id === 'tasks-dropped') === true;
    if (dropped.length === 0) {
      return isRecorded && scored.length === 0
        ? {
            params: { tasks: '', count: 0, areAllDropped: false, criterion: '' },
            evidence: [{ query: 'recorded-finding', values: { rule: 'tasks-dropped' } }],
          }
        : undefined;
    }
    return {
      params: {
        tasks: dropped.join(', '),
        count: dropped.length,
        areAllDropped: scored.every((task) => dropped.includes(task)),
        criterion: CRITERION.exec(signatures.last('task-dropped')!.line.text)?.[1] ?? '',
      },
      evidence: toLineEvidence(matches.filter(({ value }) => dropped.includes(value))),
    };
  },
  text: {
    name: 'Dropped tasks',
    getCases: ({ tasks, areAllDropped, criterion }) => [
      ...(tasks ? ['named'] : []),
      ...(criterion ? ['criterion'] : []),
      ...(criterion === DEFAULT_CRITERION ? ['default-criterion'] : []),
      ...(areAllDropped ? ['all'] : []),
    ],
    cases: {
      default: {
        title: 'The newest evaluation dropped tasks',
        cause:
          'The evaluation drops a task if all of its scores match a rule. The default rule of Sedna drops tasks that score above 0.1, which are the good ones.',
        advice:
          'Check the scores of the tasks in the logs of the evaluation. Set the environment variables operator and model_threshold of its worker so that good tasks stay.',
      },
      named: {
        title: {
          one: 'The newest evaluation dropped {{count}} task: {{tasks}}',
          other: 'The newest evaluation dropped {{count}} tasks: {{tasks}}',
        },
      },
      all: {
        title: {
          one: 'The newest evaluation dropped its only task, so no model is in use',
          other: 'The newest evaluation dropped all {{count}} tasks, so no model is in use',
        },
        cause:
          'The evaluation drops a task if all of its scores match a rule, by default if they are above 0.1. The deployed index has no usable task, and inference treats each sample as unseen.',
      },
      criterion: {
        cause: 'The evaluation drops a task if all of its scores are {{criterion}}',
        advice:
          'If that is too strict, change the environment variables operator and model_threshold of the evaluation worker. Otherwise, check the samples and labels of each dropped task.',
      },
      'default-criterion': {
        cause:
          'The evaluation drops a task if all of its scores are {{criterion}}. That is the default of Sedna, which drops good tasks.',
        advice:
          'Set the environment variables operator and model_threshold of the evaluation worker so that it drops tasks with low scores',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['atcii-classifier-twin'], nearMisses: ['robo-demo'] };

export const promqlDiffers =
  'The finding follows the log lines of the newest evaluation, which are up to two minutes newer than the series made from them.';

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
