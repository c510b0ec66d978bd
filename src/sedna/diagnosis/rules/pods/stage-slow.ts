import { STAGED } from '../../detection/kinds';
import { excludeUnstableNodes, unlessExplainedBy } from '../../promql/jobs';
import { JOB, POD } from '../../promql/labels';
import type { Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { NO_PROGRESS_AFTER_SECONDS } from '../../thresholds';
import { crashingPods } from './crash-loop';

/** A worker takes much longer than the workers of its stage usually do. */
export const rule: Rule = {
  id: 'stage-slow',
  alert: 'SednaStageSlow',
  severity: 'warning',
  kinds: STAGED,
  requires: ['recorded-findings'],
  suppressedBy: ['crash-loop'],
  holdFor: 300,
  text: {
    name: 'Slow stage',
    cases: {
      default: {
        title: 'Worker {{pod}} takes more than three times as long as usual',
        cause: 'The worker hangs, or has far more samples than in earlier rounds',
        advice: "Check the worker's log for its progress",
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['train-hangs'], nearMisses: ['odd-short-pod'] };

/** A run is slow if it takes this many times as long as the longest of the window. */
const SLOW_FACTOR = 3;
const WINDOW = '7d';

/** Duration of the run in progress. */
const inProgress = `max by (${JOB}, work, pod) (
  sedna:task_duration_seconds{work=~"train|eval"}
  and on (${POD}) sedna:task_info{status="active"}
)`;

/** Longest of the runs that have ended, sampled each hour. */
const longest = `max by (${JOB}, work) (max_over_time(
    max by (${JOB}, work) (
      sedna:task_duration_seconds{work=~"train|eval"} unless on (${POD}) sedna:task_info{status="active"}
    )[${WINDOW}:1h]
  ))`;

const slowRuns = `(
  ${inProgress} > ${NO_PROGRESS_AFTER_SECONDS}
)
> on (${JOB}, work) group_left ()
(${SLOW_FACTOR} * ${longest})`;

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name', 'work', 'pod'],
  expr: excludeUnstableNodes(unlessExplainedBy(slowRuns, crashingPods())),
});

export const alert: RuleAlert = {
  group: 'slow',
  summary:
    'The {work} worker {pod} of {kind} {namespace}/{name} has run more than three times as long as any in the last week.',
  description: 'It hangs, or has far more samples than usual. Its log shows its progress.',
  link: { tab: 'workers' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

A training or evaluation worker has run more than 3 times as long as the longest run of the last 7 days. Runs of less than 10
minutes are ignored. The alert fires after another 5 minutes. It can't fire until one run has ended.

## Impact

The round is delayed. If the worker hangs, the stage stays Running forever.

## Diagnosis

1. Compare the duration with earlier runs. Open the job, then the **Workers** tab. Or run:

   \`\`\`promql
   sedna:task_duration_seconds{namespace="<namespace>", name="<job>"}
   \`\`\`

   Expected output is similar values, in seconds, for runs with the same label \`work\`.

2. Check whether the worker still logs:

   \`\`\`logql
   {namespace="<namespace>", pod="<pod>"} | decolorize
   \`\`\`

   Expected output is new lines, such as \`[Epoch: 0, numImages:   198]\`. No new lines for a long time means that it hangs.

3. Compare the samples of this round with earlier rounds:

   \`\`\`promql
   sedna:stage_samples{namespace="<namespace>", name="<job>", stage="train"}
   \`\`\`

   A training value from logs counts only the newest samples that the local controller took over.

Sedna doesn't record progress, epochs, or remaining time. Only the script of the user can log them.

## Mitigation

1. If it hangs, check the network of the node to S3 and the knowledge base.
2. If it still logs, wait. More samples than usual are normal after a restart of the local controller or a long closed time
   window. Otherwise, check the load of the node.
3. To give up, delete the job. Don't delete only the pod: the job can then stay Running.
`;
