import { findStageException, getExceptionCases, LOST_FILE_CASE } from '../../detection/exceptions';
import { findFailingStage, isFailureNewest, jobsFailing } from '../../detection/failures';
import { STAGED } from '../../detection/kinds';
import type { Stage } from '../../../kinds';
import { toLineEvidence, type Rule, type RuleContext } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { FAILURE_LOOP } from '../../thresholds';

interface Loop {
  count: number;
  /** Hours of the window; absent where the failures follow each other. */
  hours?: number;
  /** Absent where only windows are counted. */
  stage?: Stage;
  values: Record<string, number | string>;
}

/** By the failures since the last success; without the exporter, by counts within a window. */
function findLoop(context: RuleContext): Loop | undefined {
  const { facts } = context;
  if (facts.failuresInARow) {
    const failing = findFailingStage(facts);
    return failing && failing.count >= FAILURE_LOOP
      ? { count: failing.count, stage: failing.stage, values: { ...failing } }
      : undefined;
  }
  const loop = facts.failures?.find(
    ({ failed, completedRounds = 0 }) => failed >= FAILURE_LOOP && failed > completedRounds
  );
  if (!loop || !isFailureNewest(context)) {
    return undefined;
  }
  const { window, failed, completedRounds } = loop;
  return {
    count: failed,
    hours: window / 3600,
    values: { failed, windowSeconds: window, ...(completedRounds !== undefined && { completedRounds }) },
  };
}

/** A stage of a job fails again and again. */
export const rule: Rule = {
  id: 'failing-loop',
  alert: 'SednaJobFailingLoop',
  severity: 'error',
  verdict: 'failed',
  kinds: STAGED,
  requires: ['failures'],
  holdFor: 60,
  detect: (context) => {
    const loop = findLoop(context);
    if (!loop) {
      return undefined;
    }
    const { count, hours, stage, values } = loop;
    const { exception, matches } = findStageException(context, stage);
    return {
      params: {
        count,
        ...(hours !== undefined && { hours }),
        exception,
      },
      evidence: [{ query: 'failures', values }, ...toLineEvidence(matches)],
    };
  },
  text: {
    name: 'Repeated failures',
    getCases: (params) => [...(params.hours === undefined ? [] : ['window']), ...getExceptionCases(params)],
    cases: {
      default: {
        title: {
          one: '{{count}} failure since the last success',
          other: '{{count}} failures in a row',
        },
        cause: 'The pod of a stage fails, and only its log contains the reason',
        advice:
          'After a failure, Sedna starts a new round with the next trigger, without a pause and without end. Read the logs of the failed pods, which are kept until the job is deleted.',
      },
      window: {
        title: {
          one: '{{count}} failure in the last {{hours}} h',
          other: '{{count}} failures in the last {{hours}} h',
        },
      },
      exception: { cause: 'The worker exits with {{exception}}' },
      'lost-file': LOST_FILE_CASE,
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['stuck-failing-loop'], nearMisses: ['fails-once'] };

export const promqlDiffers =
  'The finding also follows log lines and failed pods, which show a failure before the exporter counts it.';

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name'],
  expr: jobsFailing(FAILURE_LOOP),
});

export const alert: RuleAlert = {
  group: 'jobs',
  summary: 'A stage of {kind} {namespace}/{name} fails repeatedly, and has not completed since.',
  description: 'Sedna restarts a failed round without a pause and without end.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics', 'exporter'],
};

export const runbook = `## Meaning

A stage of a job failed at least twice since it last completed. The alert fires after 1 minute, and ends when the stage
completes.

## Impact

Sedna starts each failed round again at the next trigger, without a pause, a limit, or a counter. Finished pods remain until
the job is deleted. Training samples of failed rounds are used up.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. It shows the number of failures and, for lifelong learning, the exception.
2. Count the failures of each stage since it last completed:

   \`\`\`promql
   sedna_job_consecutive_failures{namespace="<namespace>", name="<job>"}
   \`\`\`

   Expected output of a healthy job is \`0\` for each stage.

3. Find the exceptions of the last failures:

   \`\`\`logql
   {namespace="<namespace>", pod=~"<job>-(train|eval)-.+"} | decolorize |~ "Error: |Exception: "
   \`\`\`

   The last line of each traceback names the cause, for example \`KeyError: 34\`.

4. Find the exit code of a failed pod:

   \`\`\`sh
   kubectl -n <namespace> get pod <pod> -o jsonpath='{.status.containerStatuses[*].state.terminated.exitCode}{"\\n"}'
   \`\`\`

   Expected output of a successful pod is \`0\`. A value of \`137\` usually means out of memory.

Conditions don't contain the reason of a failure.

## Mitigation

1. If all tracebacks are the same, fix the job, its image, or its data. Known ones are listed in
   [SednaStageFailed](SednaStageFailed.md).
2. If they differ, check the node: memory, disk, and the network to S3 or the knowledge base.
3. To stop the loop until you fix the cause, delete the job:

   \`\`\`sh
   kubectl -n <namespace> delete <kind> <job>
   \`\`\`
`;
