import { getExceptionCases, LOST_FILE_CASE } from '../../detection/exceptions';
import {
  countFailures,
  countRounds,
  isFailureNewest,
  jobsFailedOnly,
  jobsJustCompleted,
} from '../../detection/failures';
import { STAGED } from '../../detection/kinds';
import { JOB } from '../../promql/labels';
import { toLineEvidence, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { FAILURE_LOOP, FAILURE_WINDOWS } from '../../thresholds';

/** Stages of a job fail more often than its rounds complete. */
export const rule: Rule = {
  id: 'failing-loop',
  alert: 'SednaJobFailingLoop',
  severity: 'error',
  verdict: 'failed',
  kinds: STAGED,
  requires: ['failures'],
  holdFor: 60,
  detect: (context) => {
    const { facts, signatures } = context;
    const loop = facts.failures?.find(
      ({ failed, completedRounds = 0 }) => failed >= FAILURE_LOOP && failed > completedRounds
    );
    if (!loop || !isFailureNewest(context)) {
      return undefined;
    }
    const { window, failed, completedRounds } = loop;
    return {
      params: { count: failed, hours: window / 3600, exception: signatures.last('exception')?.value ?? '' },
      evidence: [
        {
          query: 'failures',
          values: { failed, windowSeconds: window, ...(completedRounds !== undefined && { completedRounds }) },
        },
        ...toLineEvidence(signatures, 'exception', 'stage-failed'),
      ],
    };
  },
  text: {
    name: 'Repeated failures',
    getCases: getExceptionCases,
    cases: {
      default: {
        title: {
          one: '{{count}} failure in the last {{hours}} h',
          other: '{{count}} failures in the last {{hours}} h',
        },
        cause: 'The pod of a stage fails, and only its log contains the reason',
        advice:
          'After a failure, Sedna starts a new round with the next trigger, without a pause and without end. Read the logs of the failed pods, which are kept until the job is deleted.',
      },
      exception: { cause: 'The worker exits with {{exception}}' },
      'lost-file': LOST_FILE_CASE,
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['stuck-failing-loop'], nearMisses: ['fails-once'] };

export const promqlDiffers =
  'The finding also follows log lines and failed pods, which show a failure before the exporter counts it.';

/** Jobs with at least two failures in a window, and more failures than completed rounds. */
export const jobsFailingOften = () =>
  FAILURE_WINDOWS.map(
    (window) => `(
  ${countFailures(window)} >= ${FAILURE_LOOP}
  unless on (${JOB}) (${countFailures(window)} <= on (${JOB}) ${countRounds(window)})
)`
  ).join(`\nor on (${JOB})\n`);

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name'],
  // Only while a failure is the newest thing known.
  expr: `(
${jobsFailingOften()}
)
and on (${JOB}) (
${jobsFailedOnly()}
)
unless on (${JOB}) ${jobsJustCompleted()}`,
});

export const alert: RuleAlert = {
  group: 'jobs',
  summary: '{kind} {namespace}/{name} fails repeatedly, and more often than it completes a round.',
  description: 'Sedna restarts a failed round without a pause and without end.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics', 'exporter'],
};

export const runbook = `## Meaning

A job failed at least twice within an hour or a day, and more often than it completed rounds. The newest known result is a
failure. The alert fires after 1 minute.

## Impact

Sedna starts each failed round again at the next trigger, without a pause, a limit, or a counter. Finished pods remain until
the job is deleted. Training samples of failed rounds are used up.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. It shows the number of failures and, for lifelong learning, the exception.
2. Count the failures and the completed rounds of the last day:

   \`\`\`promql
   sum by (stage, condition) (increase(sedna_job_condition_transitions_total{namespace="<namespace>", name="<job>", condition=~"Failed|Completed"}[1d]))
   \`\`\`

   In a healthy job, there is no \`Failed\` above 0, and \`stage="Deploy"\` has completed rounds.

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
