import { LIFELONG, STAGED } from '../../detection/kinds';
import { isStagePodUnrecognized, matchName } from '../../detection/names';
import {
  excludeUnstableNodes,
  family,
  jobsInCondition,
  jobsInConditionFor,
  unlessExplainedBy,
} from '../../promql/jobs';
import { JOB } from '../../promql/labels';
import { getConditionAge, getStateStart, hasCondition, toConditionEvidence, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { NO_PROGRESS_AFTER_SECONDS } from '../../thresholds';
import { missingDatasets } from '../datasets/dataset-missing';
import { crashingPods } from '../pods/crash-loop';
import { pendingPods } from '../pods/pod-pending';
import { jobsNotContinued } from '../platform/global-manager-unresponsive';
import { disconnectedJobs } from '../platform/local-controller-disconnected';
import { uncopiedModels } from './model-not-copied';
import { lostReports } from './report-lost';

/** A job stays in a condition that healthy jobs leave within a minute, and no other rule explains it. */
export const rule: Rule = {
  id: 'no-progress',
  alert: 'SednaJobNoProgress',
  severity: 'warning',
  verdict: 'stuck',
  kinds: STAGED,
  requires: ['condition-time', 'nodes'],
  requiresOnlineNodes: 'any-node',
  suppressedBy: [
    'data-stale',
    'dataset-missing',
    'local-controller-disconnected',
    'pod-refused',
    'pod-pending',
    'crash-loop',
    'global-manager-unresponsive',
    'report-lost',
    'condition-lost',
    'model-not-copied',
  ],
  // An incremental learning job may wait in Eval and Deploy for triggers of its own.
  applies: (facts) =>
    hasCondition('*/Ready', '*/Starting')(facts) ||
    (LIFELONG.includes(facts.object.kind) && hasCondition('Eval/Waiting', 'Deploy/Waiting')(facts)),
  holdFor: 60,
  detect: (context) => {
    const { condition } = context.facts;
    // Such a job stays in Starting while its worker runs.
    const isHidden = condition!.type === 'Starting' && isStagePodUnrecognized(context.facts);
    return !isHidden && getConditionAge(context) > NO_PROGRESS_AFTER_SECONDS
      ? {
          since: getStateStart(context.facts),
          params: { stage: condition!.stage, condition: condition!.type },
          evidence: [toConditionEvidence(context)],
        }
      : undefined;
  },
  text: {
    name: 'No progress',
    cases: {
      default: {
        title: 'No progress: {{stage}} is {{condition}} for longer than expected',
        cause:
          'A healthy job leaves this condition within about a minute. Large images and remote data take longer. No other check explains the delay.',
        advice:
          'Read the log lines of the global manager and the local controller that name the job. Check whether its pod waits for a node.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['stuck-ready-secret'], nearMisses: ['robo-demo'] };

export const promqlDiffers =
  'Only log lines show a pod that the global manager refuses: the finding pod-refused replaces this one, the condition in PromQL stays.';

export const promql = (): PromqlCondition => ({
  // Without the condition: Ready and Starting alternate.
  labels: ['namespace', 'kind', 'name', 'stage'],
  // Unstable nodes are excluded once for all of these.
  expr: excludeUnstableNodes(
    unlessExplainedBy(
      `${jobsInConditionFor(STAGED, [], ['Ready', 'Starting'], NO_PROGRESS_AFTER_SECONDS)}
or
${jobsInConditionFor(LIFELONG, ['Eval', 'Deploy'], ['Waiting'], NO_PROGRESS_AFTER_SECONDS)}`,
      ...(['Train', 'Eval'] as const).map(
        (stage) =>
          `${jobsInCondition(STAGED, [stage], ['Starting'])} and on (${JOB}) ${family(STAGED, 'info', `, ${matchName(stage, false)}`)}`
      ),
      missingDatasets(),
      disconnectedJobs(),
      pendingPods(),
      crashingPods(),
      jobsNotContinued(),
      lostReports(),
      uncopiedModels()
    )
  ),
});

export const alert: RuleAlert = {
  group: 'stuck',
  summary:
    '{kind} {namespace}/{name} makes no progress: its {stage} stays in a condition that healthy jobs leave within a minute.',
  description:
    'No metric shows why. In Ready, the global manager may fail to create the pod: its log contains the error.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

A job has been in a state for more than 10 minutes that a healthy job leaves in about a minute. No metric explains it. The
states are:

- Ready or Starting, of lifelong and incremental learning
- Eval/Waiting or Deploy/Waiting, of lifelong learning

The alert fires after another minute. It doesn't fire if a more specific alert explains the state.

## Impact

The round doesn't continue. Some causes resolve by themselves, such as a slow image download. Others never do.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. It also uses logs, so it often names the cause.
2. Read the newest conditions. For an incremental learning job, use \`il\` instead of \`ll\`:

   \`\`\`sh
   kubectl -n <namespace> get ll <job> -o jsonpath='{range .status.conditions[*]}{.lastTransitionTime}{" "}{.stage}/{.type}{"\\n"}{end}' | tail -n 5
   \`\`\`

   Output of a job that waits for a pod, for example:

   \`\`\`text
   2026-11-23T08:41:16Z Train/Waiting
   2026-11-23T08:51:26Z Train/Ready
   2026-11-23T08:51:26Z Train/Starting
   \`\`\`

3. In Ready, search the logs of the global manager. It logs a refused pod at level INFO:

   \`\`\`logql
   {namespace="sedna", container="gm"} |= "<namespace>/<job>" |= "failed to be updated, err:"
   \`\`\`

   The expected output is empty. Otherwise, the end of the line names the cause.

4. In Starting, check the pod and its events:

   \`\`\`sh
   kubectl -n <namespace> get pods -l lifelonglearningjob.sedna.io/name=<job>
   kubectl -n <namespace> get events --field-selector involvedObject.name=<pod>
   \`\`\`

   Expected output is a pod in \`Running\`. If it is \`Running\` and the condition stays Starting, check the length of the job
   name.

5. In Eval/Waiting or Deploy/Waiting, search the logs of the local controllers:

   \`\`\`logql
   {namespace="sedna", container="lc"} |= "job(<namespace>/lifelonglearningjob/<job>)"
   \`\`\`

   Sedna lost the condition if one of these lines appears, but no new Ready follows:

   \`\`\`text
   completed the Evaling phase triggering task successfully
   completed the Deploy task successfully
   \`\`\`

## Mitigation

1. Ready: create the missing secret or dataset. The global manager retries by itself. If the error is
   \`empty input from condData\`, the condition has no model: delete the job and create it again.
2. Starting with a pending pod: wait for the image, or refer to [SednaWorkerPending](SednaWorkerPending.md).
3. Starting with a running pod: the job name may be too long. Sedna recognizes its pods only with shorter job names: up to 51
   characters for Train, 52 for Eval, and 47 for Deploy. Create the job with a shorter name.
4. Eval/Waiting or Deploy/Waiting with a lost condition: restart the local controller on the node of the dataset. It then
   tries again:

   \`\`\`sh
   kubectl -n sedna get pods -l sedna=lc --field-selector spec.nodeName=<node>
   kubectl -n sedna delete pod <lc-pod>
   \`\`\`

   This affects all jobs of the node: rounds may restart at 1, and all samples count as new. A new training is then normal.
`;
