import { UNSTAGED } from '../../detection/kinds';
import { findWorkerProblem, isFailedStatus } from '../../detection/status';
import { hasEnded } from '../../detection/workers';
import { toConditionEvidence, type Rule } from '../../rule';
import type { RuleFile, RuleScenarios } from '../../ruleFile';

/** The status is Failed, although all workers run or have succeeded. */
export const rule: Rule = {
  id: 'status-stale',
  severity: 'info',
  kinds: UNSTAGED,
  requires: ['condition', 'workers', 'all-parts'],
  holdFor: 60,
  detect: (context) => {
    const { facts } = context;
    if (!isFailedStatus(facts) || findWorkerProblem(facts)) {
      return undefined;
    }
    const workers = facts.workers ?? [];
    return {
      since: facts.condition?.since,
      params: { kind: facts.object.kind, count: workers.length },
      evidence: [
        {
          query: 'worker-phase',
          values: { active: workers.filter((worker) => !hasEnded(worker)).length, pods: workers.length },
        },
        toConditionEvidence(context),
      ],
    };
  },
  text: {
    name: 'Status differs',
    getCases: ({ kind }) => [String(kind)],
    cases: {
      default: {
        title: 'The status is Failed, but no worker has failed',
        cause: 'Sedna wrote Failed when a worker pod had failed, which was replaced since. It never takes that back.',
        advice: 'Nothing to do. To get another status, delete the object and create it again.',
      },
      JointInferenceService: {
        cause:
          'Sedna writes Failed whenever a Deployment of the service is not ready for a moment, such as just after it was created or while a node was offline. It never takes that back.',
      },
      FeatureExtractionService: {
        cause:
          'Sedna writes Failed for each service of this kind a few seconds after its start, because it expects more Deployments than it creates. It never takes that back.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['service-failed-but-runs'], nearMisses: ['service-crashes'] };

export const noAlert: RuleFile['noAlert'] = { reason: 'Nothing is wrong but the status, which Sedna never corrects' };

export const runbook = `## Meaning

The status of a job or service without stages is \`Failed\`, but all of its worker pods run or have succeeded. Sedna Ops judges
it by its workers.

\`Failed\` is final for these kinds. The global manager returns at once when it finds this condition, so the condition and the
counts in the status never change again:

- JointInferenceService: written when the newest condition of a Deployment isn't \`Progressing\`, which is true just after the
  service was created, and after a worker pod was not ready for a moment.
- FeatureExtractionService: always written, because Sedna expects three Deployments and creates one.
- FederatedLearningJob, VideoAnalyticsJob, and ReidJob: written when a pod failed, even if it's replaced later.

## Impact

None on the workers. Other tools that read the status show a failure.

## Diagnosis

1. Open the **Workers** tab of the resource. It shows the phase, node, and restarts of each worker.
2. Read what Sedna wrote, and when:

   \`\`\`sh
   kubectl -n <namespace> get <kind> <name> -o jsonpath='{.status.conditions}{"\\n"}'
   \`\`\`

   The last condition is \`Failed\`. Compare its time with the start of the pods.

## Mitigation

1. Do nothing, or delete the object and create it again to get a new status.
`;
