import { UNSTAGED } from '../../detection/kinds';
import type { Rule } from '../../rule';
import type { RuleFile, RuleScenarios } from '../../ruleFile';

/** The status counts failed workers, and the job or service continues. */
export const rule: Rule = {
  id: 'workers-failed',
  severity: 'warning',
  kinds: UNSTAGED,
  requires: ['status-counts'],
  suppressedBy: ['condition-failed', 'status-stale'],
  holdFor: 60,
  detect: ({ facts: { failedWorkers = 0, workers = [] } }) =>
    // Sedna counts each Deployment of a service that is not ready. Where pods are known, they decide.
    failedWorkers > 0 && (workers.length === 0 || workers.some(({ phase }) => phase === 'Failed'))
      ? {
          params: { count: failedWorkers },
          evidence: [{ query: 'status-counts', values: { failed: failedWorkers } }],
        }
      : undefined,
  text: {
    name: 'Failed workers',
    cases: {
      default: {
        title: { one: '{{count}} worker failed', other: '{{count}} workers failed' },
        cause: 'The status counts failed workers, while the job or service continues',
        advice: 'Check the failed pods and their logs',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['yolo-v5-retried'], nearMisses: ['yolo-v5'] };

export const noAlert: RuleFile['noAlert'] = {
  reason: 'A job or service that continues anyway is healthy',
};

export const runbook = `## Meaning

The status of a job or service without stages counts failed workers, but doesn't say \`Failed\`. If it does, the finding
\`condition-failed\` appears instead, with the alert [SednaJobFailed](../SednaJobFailed.md).

## Impact

The job or service continues with fewer workers, or is about to become \`Failed\`. That status is final for these kinds.

## Diagnosis

1. Open the resource, then the **Workers** tab. It shows the phase, node, and restarts of each worker.
2. Read the counts in the status:

   \`\`\`sh
   kubectl -n <namespace> get <kind> <name> -o jsonpath='{.status.active} {.status.failed}{"\\n"}'
   \`\`\`

   Expected output is the number of active workers. The second value is empty or \`0\`.

3. List the worker pods:

   \`\`\`sh
   kubectl -n <namespace> get pods -l <kind>.sedna.io/name=<name>
   \`\`\`

   Write the kind in lower case. Expected output is \`Running\` or \`Completed\` for each pod.

For JointInferenceService and FeatureExtractionService, the count may be wrong: Sedna can count a healthy Deployment as
failed.

## Mitigation

1. If all pods run, do nothing.
2. Otherwise, read the end of the log of the failed pod, and fix what it names.
3. If the status becomes \`Failed\`, refer to [SednaJobFailed](../SednaJobFailed.md).
`;
