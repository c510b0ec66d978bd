import { STAGED } from '../../detection/kinds';
import { getStagePods, selectStagePods } from '../../detection/workers';
import { unlessIncomplete } from '../../promql/completeness';
import { excludeUnstableNodes, jobsInConditionFor } from '../../promql/jobs';
import { JOB } from '../../promql/labels';
import { getConditionAge, getStateStart, hasCondition, toConditionEvidence, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { POD_GONE_AFTER_SECONDS } from '../../thresholds';

/** A stage is Running without a worker pod. */
export const rule: Rule = {
  id: 'pod-gone',
  alert: 'SednaWorkerGone',
  severity: 'error',
  verdict: 'stuck',
  kinds: STAGED,
  requires: ['condition-time', 'workers', 'nodes', 'all-parts'],
  suppressedBy: ['data-stale'],
  applies: hasCondition('Train/Running', 'Eval/Running'),
  holdFor: 120,
  detect: (context) => {
    const condition = context.facts.condition!;
    // A pod that has ended is all that the global manager needs to continue.
    if (getStagePods(context.facts).length > 0 || getConditionAge(context) <= POD_GONE_AFTER_SECONDS) {
      return undefined;
    }
    const worker = condition.stage.toLowerCase();
    return {
      since: getStateStart(context.facts),
      params: { stage: condition.stage, worker },
      evidence: [{ query: 'worker-phase', values: { worker, pods: 0 } }, toConditionEvidence(context)],
    };
  },
  text: {
    name: 'Pod deleted',
    cases: {
      default: {
        title: '{{stage}} is Running but its pod was deleted',
        cause:
          'The pod was deleted, by a user or with its node, and no pod of an earlier round is left. The global manager waits for a pod that never ends.',
        advice: "The job can't recover. Delete it and create it again: it starts from the first round.",
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['pod-gone'], nearMisses: ['needs-gm'] };

export const promqlDiffers =
  'The condition in PromQL reads recorded series, in which a deleted pod stays for some minutes longer.';

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name', 'stage'],
  expr: unlessIncomplete(
    excludeUnstableNodes(
      ['Train', 'Eval']
        .map(
          (stage) => `(
  ${jobsInConditionFor(STAGED, [stage], ['Running'], POD_GONE_AFTER_SECONDS)}
  unless on (${JOB}) ${selectStagePods(stage)}
)`
        )
        .join('\nor\n')
    )
  ),
});

export const alert: RuleAlert = {
  group: 'stuck',
  summary: '{kind} {namespace}/{name} is in {stage}/Running, but has no worker pod for it.',
  description: 'Somebody or something deleted the pod. The job waits for it forever.',
  link: { tab: 'workers' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

The job has been in Train/Running or Eval/Running for more than 3 minutes, but its worker pod no longer exists. There's not
even a finished pod of that stage. The alert fires after another 2 minutes.

## Impact

The global manager waits for the pod to end, so the job never continues.

## Diagnosis

1. Open the job, then the **Workers** tab. It includes deleted pods. Their logs are still available.
2. List the pods of the stage:

   \`\`\`sh
   kubectl -n <namespace> get pods -l lifelonglearningjob.sedna.io/name=<job>,lifelonglearningjob.sedna.io/worker-type=train
   \`\`\`

   Expected output of a healthy stage is at least one pod. \`No resources found\` confirms the alert. Use \`eval\` for Eval, and
   \`incrementallearningjob\` for an incremental learning job.

3. Find out what deleted the pod:

   \`\`\`sh
   kubectl -n <namespace> get events --field-selector involvedObject.kind=Pod | grep <job>
   \`\`\`

   A line such as \`Killing\` or \`TaintManagerEviction\` shows when. Kubernetes deletes events after 1 hour by default.

## Mitigation

1. Stop what deletes pods, such as a cleanup job, a drained node, or pod garbage collection.
2. Delete the job and create it again. It starts at round 1. To keep its conditions for analysis, create it under another
   name instead.
`;
