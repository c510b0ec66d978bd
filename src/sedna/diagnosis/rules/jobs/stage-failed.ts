import { findStageException, getExceptionCases, LOST_FILE_CASE } from '../../detection/exceptions';
import { findFailingStage, hasJustCompleted, jobsFailing } from '../../detection/failures';
import { STAGED } from '../../detection/kinds';
import { toConditionEvidence, toLineEvidence, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { FAILURE_LOOP } from '../../thresholds';

/** A stage failed, and has not completed since. */
export const rule: Rule = {
  id: 'stage-failed',
  alert: 'SednaStageFailed',
  severity: 'warning',
  verdict: 'failed',
  kinds: STAGED,
  requires: [],
  requiresAny: ['condition', 'failures'],
  suppressedBy: ['failing-loop'],
  holdFor: 60,
  detect: (context) => {
    const { facts } = context;
    const isFailed = facts.condition?.type === 'Failed';
    const failing = findFailingStage(facts);
    // Without the exporter. The counts are scraped, so they may be older than the condition.
    const failed =
      facts.failuresInARow || hasJustCompleted(facts)
        ? undefined
        : facts.failures?.find((failure) => failure.failed > 0 && failure.completedRounds === 0);
    if (!isFailed && !failing && !failed) {
      return undefined;
    }
    const stage = isFailed ? facts.condition!.stage : (failing?.stage ?? '');
    const { exception, matches } = findStageException(context, stage || undefined);
    return {
      since: isFailed ? facts.condition?.since : undefined,
      params: { stage, exception },
      evidence: [
        failing
          ? { query: 'failures', values: { ...failing } }
          : failed
            ? { query: 'failures', values: { failed: failed.failed, windowSeconds: failed.window, completedRounds: 0 } }
            : toConditionEvidence(context),
        ...toLineEvidence(matches),
      ],
    };
  },
  text: {
    name: 'Failed stage',
    getCases: (params) => [...(params.stage ? ['stage'] : []), ...getExceptionCases(params)],
    cases: {
      default: {
        title: 'A stage failed',
        cause: 'The pod of the stage failed, and only its log contains the reason',
        advice:
          'A new round starts with the next trigger, after it has collected samples. Until then, read the log of the failed pod.',
      },
      stage: { title: '{{stage}} failed' },
      exception: { cause: 'The worker exited with {{exception}}' },
      'lost-file': LOST_FILE_CASE,
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['fails-once'], nearMisses: ['atcii-classifier-demo'] };

export const promqlDiffers =
  'The finding also follows the newest condition, which shows a failure before the exporter counts it.';

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name'],
  expr: `${jobsFailing(1)} < ${FAILURE_LOOP}`,
});

export const alert: RuleAlert = {
  group: 'jobs',
  summary: 'A stage of {kind} {namespace}/{name} has failed, and has not completed since.',
  description: 'Sedna returns to Train/Waiting and starts a new round with the next trigger. It records no reason.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics', 'exporter'],
};

export const runbook = `## Meaning

A stage (Train, Eval, or Deploy) of a lifelong or incremental learning job failed, and hasn't completed since. The alert fires
after 1 minute, and ends when the stage completes. If the stage fails again before that,
[SednaJobFailingLoop](SednaJobFailingLoop.md) fires instead.

## Impact

Sedna returns to Train/Waiting and starts a new round at the next trigger. The training samples of this round are used up. No
new model is deployed until a round completes.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. It names the stage and, for lifelong learning, the exception. On the **Status** tab, click the failed
   stage to open the logs of that time.
2. Find the failed pod:

   \`\`\`sh
   kubectl -n <namespace> get pods -l lifelonglearningjob.sedna.io/name=<job> --field-selector status.phase=Failed
   \`\`\`

   The expected output is \`No resources found\`. For an incremental learning job, use the label
   \`incrementallearningjob.sedna.io/name\`.

3. Read the traceback at the end of its log:

   \`\`\`logql
   {namespace="<namespace>", pod="<pod>"} | decolorize
   \`\`\`

   The last line names the exception.

The condition has no reason or message, and Sedna writes no Kubernetes event. Only the log contains the cause.

## Mitigation

1. Fix the template, code, or data of the job. Known exceptions:
   - \`KeyError: 34\`: the knowledge base lost a file. Refer to
     [SednaKnowledgeBaseFilesLost](SednaKnowledgeBaseFilesLost.md).
   - \`can't find class type knowledge_management class name UpdateStrategyDefault\`: from round 2 on, the job needs its own
     update strategy.
   - \`unexpected keyword argument 'estimator'\`: the script and the Sedna library in the image have different versions.
2. Don't restart anything. The next round starts when its trigger is met.
3. The alert ends when the stage completes.
`;
