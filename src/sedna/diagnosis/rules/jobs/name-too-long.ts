import { STAGED } from '../../detection/kinds';
import { getMaxNameLength, isStagePodUnrecognized, matchName } from '../../detection/names';
import { getStagePods, hasEnded } from '../../detection/workers';
import { excludeUnstableNodes, family } from '../../promql/jobs';
import { JOB } from '../../promql/labels';
import {
  getConditionAge,
  getStateStart,
  hasCondition,
  toConditionEvidence,
  type Rule,
  type RuleContext,
} from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { GM_RESYNC_TIMEOUT_SECONDS, POD_GONE_AFTER_SECONDS } from '../../thresholds';
import { unseenEnd } from '../platform/global-manager-unresponsive';

const isWithWorker = hasCondition('Train/Starting', 'Train/Running', 'Eval/Starting', 'Eval/Running');

/** Whether the pods of the stage have ended, and no report of them has arrived. */
function isEndUnseen(context: RuleContext): boolean {
  const { facts, now } = context;
  if (!isWithWorker(facts) || !isStagePodUnrecognized(facts) || getConditionAge(context) <= POD_GONE_AFTER_SECONDS) {
    return false;
  }
  const pods = getStagePods(facts);
  const newest = Math.max(...pods.map(({ ended = -Infinity }) => ended));
  return pods.length > 0 && pods.every(hasEnded) && now - newest > GM_RESYNC_TIMEOUT_SECONDS;
}

/** The name of a job is so long that the global manager doesn't recognize its pods. */
export const rule: Rule = {
  id: 'name-too-long',
  alert: 'SednaJobNameTooLong',
  severity: 'error',
  verdict: 'stuck',
  kinds: STAGED,
  requires: ['condition', 'workers'],
  holdFor: 120,
  detect: (context) => {
    const { facts } = context;
    const { length } = facts.object.name;
    const max = getMaxNameLength('inference');
    if (length <= max) {
      return undefined;
    }
    const isStuck = isEndUnseen(context);
    const areWorkersCut = length > getMaxNameLength('train');
    return {
      severity: isStuck ? 'error' : 'warning',
      since: isStuck ? getStateStart(facts) : undefined,
      params: { length, max, stage: facts.condition?.stage ?? '', isStuck, areWorkersCut },
      evidence: isStuck
        ? [{ query: 'worker-phase', values: { pods: getStagePods(facts).length } }, toConditionEvidence(context)]
        : [],
    };
  },
  text: {
    name: 'Name too long',
    getCases: ({ isStuck, areWorkersCut }) => [...(areWorkersCut ? ['workers'] : []), ...(isStuck ? ['stuck'] : [])],
    cases: {
      default: {
        title: 'Each deployment leaves an inference pod behind',
        cause:
          'The name has {{length}} characters. From {{max}} on, Kubernetes cuts the worker type off the names of inference pods, so the global manager does not recognize the old pod and does not delete it.',
        advice: 'Create the job again under a name of at most {{max}} characters, and delete this one',
      },
      workers: {
        title: 'The global manager does not recognize the pods of the job',
        cause:
          'The name has {{length}} characters. Kubernetes cuts the worker type off the names of pods, so the global manager does not see that a worker runs, fails, or ends. A stage goes on only if the report of its worker arrives, and each deployment leaves an inference pod behind.',
      },
      stuck: {
        title: '{{stage}} has ended, and the global manager does not recognize its pod',
        cause:
          'The name has {{length}} characters, so Kubernetes cuts the worker type off the names of pods. The report of the worker did not arrive, and the global manager does not see that its pod has ended.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['name-too-long'], nearMisses: ['well'] };

export const promqlDiffers = 'The finding also warns of a long name while no stage is stuck.';

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name', 'stage'],
  expr: excludeUnstableNodes(
    (['Train', 'Eval'] as const)
      .map((stage) => `(${unseenEnd(stage)} and on (${JOB}) ${family(STAGED, 'info', `, ${matchName(stage, false)}`)})`)
      .join('\nor\n')
  ),
});

export const alert: RuleAlert = {
  group: 'stuck',
  summary:
    'The {stage} worker of {kind} {namespace}/{name} has ended, and the global manager does not recognize its pod.',
  description: 'The name of the job is so long that Kubernetes cuts the worker type off the names of its pods.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

The name of a job is longer than 51 characters (Train) or 52 characters (Eval), all pods of its stage have ended, and the stage
hasn't changed for more than 2 minutes. The alert fires after another 2 minutes.

The global manager takes the second last part of a pod's name for the type of the worker. Kubernetes cuts the start of a
generated name to 58 characters, which cuts off the type. For inference pods, that happens from 48 characters on.

## Impact

The global manager doesn't see that a worker runs, fails, or ends. The stage goes on only if the report of the worker arrives.
Otherwise, the job stays in Starting forever. Each deployment leaves an inference pod behind.

## Diagnosis

1. Count the characters of the name:

   \`\`\`sh
   kubectl -n <namespace> get <kind> <job> -o name | cut -d / -f 2 | tr -d '\\n' | wc -c
   \`\`\`

   Expected output is at most \`47\`.

2. List the pods of the job. Their labels have the type that their names lack:

   \`\`\`sh
   kubectl -n <namespace> get pods -L lifelonglearningjob.sedna.io/worker-type
   \`\`\`

   Pods with the type \`train\` or \`eval\` that are \`Completed\` or \`Error\` have ended.

3. Find the reason that the report didn't arrive in the log of the worker:

   \`\`\`logql
   {namespace="<namespace>", pod="<pod>"} |= "RetryError" | decolorize
   \`\`\`

## Mitigation

1. Create the job again under a name of at most 47 characters.
2. Delete this job. Its inference pods are deleted with it.
`;
