import { STAGED } from '../../detection/kinds';
import { isStagePodUnrecognized, matchName } from '../../detection/names';
import {
  getStagePods,
  hasEnded,
  isTransient,
  isWithPod,
  selectStagePods,
  toWorkerParams,
} from '../../detection/workers';
import { excludeUnstableNodes, family, jobsInConditionFor, stateStart } from '../../promql/jobs';
import { JOB, POD } from '../../promql/labels';
import { ENDED_PODS } from '../../promql/pods';
import { getConditionAge, getStateStart, toConditionEvidence, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import {
  CLOCK_DRIFT_SECONDS,
  GM_RESYNC_TIMEOUT_SECONDS,
  NO_PROGRESS_AFTER_SECONDS,
  POD_GONE_AFTER_SECONDS,
} from '../../thresholds';

/** What the stage needs has happened, and the global manager doesn't continue. */
export const rule: Rule = {
  id: 'global-manager-unresponsive',
  alert: 'SednaGlobalManagerUnresponsive',
  severity: 'error',
  verdict: 'stuck',
  kinds: STAGED,
  requires: ['condition-time', 'workers', 'nodes'],
  requiresOnlineNodes: 'any-node',
  suppressedBy: ['data-stale'],
  applies: (facts) => isWithPod(facts) || isTransient(facts),
  holdFor: 120,
  detect: (context) => {
    const { facts, now } = context;
    const { stage, type } = facts.condition!;
    const since = getStateStart(facts)!;
    const pods = isTransient(facts) ? [] : getStagePods(facts);
    // It works, and takes the pods for those of something else.
    if (
      (isWithPod(facts) && isStagePodUnrecognized(facts)) ||
      getConditionAge(context) <= (isTransient(facts) ? GM_RESYNC_TIMEOUT_SECONDS : POD_GONE_AFTER_SECONDS) ||
      !pods.every(hasEnded)
    ) {
      return undefined;
    }
    const newest = pods.reduce((a, b) => ((b.ended ?? -Infinity) > (a.ended ?? -Infinity) ? b : a), pods[0]);
    // It takes the end of an earlier run for that of a run whose pod was deleted, but may need many tries to see it.
    const isEarlier = newest?.ended !== undefined && newest.ended < since - CLOCK_DRIFT_SECONDS;
    const limit = isEarlier ? NO_PROGRESS_AFTER_SECONDS : GM_RESYNC_TIMEOUT_SECONDS;
    const waitsSince = isEarlier ? since : (newest?.ended ?? since);
    if ((isWithPod(facts) && !newest) || now - waitsSince <= limit) {
      return undefined;
    }
    const { podPhase } = facts.globalManager ?? {};
    return {
      since: waitsSince,
      params: { stage, condition: type, pod: newest?.pod ?? '', podPhase: podPhase ?? '' },
      evidence: [
        ...(newest
          ? [{ query: 'worker-ended' as const, values: { ...toWorkerParams(newest), phase: newest.phase } }]
          : []),
        toConditionEvidence(context),
        ...(podPhase === undefined ? [] : [{ query: 'global-manager' as const, values: { podPhase } }]),
      ],
    };
  },
  text: {
    name: 'Global manager unresponsive',
    getCases: ({ pod, podPhase }) => [
      ...(pod ? ['pod-ended'] : []),
      ...(podPhase && podPhase !== 'Running' ? ['down'] : []),
    ],
    cases: {
      default: {
        title: "Global manager isn't responding: {{stage}} stays {{condition}}",
        cause: 'From here the job needs only the global manager, which continues at once while it is running',
        advice:
          'Check the gm pod in the sedna namespace: whether it exists, restarts, and reaches the API server. Do not delete the job: it continues by itself once the global manager is back.',
      },
      'pod-ended': {
        cause: "Pod {{pod}} has ended, and the global manager hasn't continued with the next stage",
      },
      down: {
        advice:
          'Its gm pod in the sedna namespace is {{podPhase}}, and it needs a cloud node. Do not delete the job: it continues by itself once the global manager is back.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['needs-gm'], nearMisses: ['needs-no-gm'] };

/** When the newest pod of a stage ended. */
const endOf = (stage: string) => `max by (${JOB}) (
    max by (${POD}) (kube_pod_completion_time)
    * on (${POD}) group_left (kind, name)
    group by (${POD}, kind, name) (${selectStagePods(stage)})
  )`;

/** Jobs whose pods of a stage have all ended while the condition stays, with the same exception for an earlier run. */
export const unseenEnd = (stage: 'Train' | 'Eval') => `(
  ${jobsInConditionFor(STAGED, [stage], ['Starting', 'Running'], POD_GONE_AFTER_SECONDS)}
  and on (${JOB}) ${selectStagePods(stage)}
  unless on (${JOB}) (${selectStagePods(stage)} unless on (${POD}) ${ENDED_PODS})
  unless on (${JOB}) (${endOf(stage)} > time() - ${GM_RESYNC_TIMEOUT_SECONDS})
  unless on (${JOB}) (
    ${endOf(stage)} < on (${JOB}) (${stateStart()} - ${CLOCK_DRIFT_SECONDS})
    and on (${JOB}) (time() - ${stateStart()} <= ${NO_PROGRESS_AFTER_SECONDS})
  )
)`;

export const jobsNotContinued = () =>
  [
    `(${jobsInConditionFor(STAGED, [], ['Completed', 'Failed'], GM_RESYNC_TIMEOUT_SECONDS)})`,
    ...(['Train', 'Eval'] as const).map(
      (stage) => `(${unseenEnd(stage)} and on (${JOB}) ${family(STAGED, 'info', `, ${matchName(stage, true)}`)})`
    ),
  ].join('\nor\n');

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name', 'stage'],
  expr: excludeUnstableNodes(jobsNotContinued()),
});

export const alert: RuleAlert = {
  group: 'stuck',
  summary: 'The global manager does not continue the {stage} of {kind} {namespace}/{name}.',
  description: 'What the stage needs has happened, and the global manager should have seen it within a minute or two.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

A stage has everything that it needs, but the global manager doesn't write the next condition. It resends all objects
every 30 to 60 s, so it's down or fails at this job. The alert detects two cases:

- The condition has been Completed or Failed for more than 2 minutes.
- The stage is Starting or Running, but all its pods ended more than 2 minutes ago. If the pods belong to an earlier run,
  the limit is 10 minutes.

The alert fires after another 2 minutes.

## Impact

The job doesn't continue. If the global manager is down, no job of the cluster continues.

## Diagnosis

1. Check the global manager:

   \`\`\`sh
   kubectl -n sedna get pods -l sedna=gm
   \`\`\`

   Expected output is one pod with \`1/1\` and \`Running\`, and few restarts.

2. Search its logs for the job:

   \`\`\`logql
   {namespace="sedna", container="gm"} |~ "Error syncing|Error to update <namespace>/<job> status"
   \`\`\`

   The expected output is empty. A line with \`the object has been modified\` is a conflict that can lose a condition.

3. Search its logs for a crash:

   \`\`\`logql
   {namespace="sedna", container="gm"} |= "Observed a panic:"
   \`\`\`

   The expected output is empty. Known causes of a panic:
   - a job name of 58 to 63 characters without a hyphen
   - a credential secret without annotations
   - a FeatureExtractionService without \`spec.replicas\`

## Mitigation

1. If the pod doesn't run, check its events. It needs a cloud node, and its default memory limit is 256Mi.
2. If a panic is the cause, correct or delete the object that causes it.
3. If the pod runs, restart it:

   \`\`\`sh
   kubectl -n sedna rollout restart deployment gm
   \`\`\`

   Expected output:

   \`\`\`text
   deployment.apps/gm restarted
   \`\`\`

4. Don't delete the job. It continues when the global manager responds.
5. If the pod of the stage was deleted, wait for 10 minutes. The global manager may take the end of an earlier pod instead.
   If it doesn't, delete the job and create it again.
`;
