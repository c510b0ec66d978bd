import { KINDS } from '../../../kinds';
import { UNSTAGED } from '../../detection/kinds';
import { family } from '../../promql/jobs';
import { toConditionEvidence, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';

/** The status of a job or service without stages is Failed. */
export const rule: Rule = {
  id: 'condition-failed',
  alert: 'SednaJobFailed',
  severity: 'error',
  verdict: 'failed',
  kinds: UNSTAGED,
  requires: ['condition'],
  holdFor: 60,
  detect: (context) => {
    const { condition, phase } = context.facts;
    return condition?.type === 'Failed' || phase === 'Failed'
      ? {
          since: condition?.since,
          params: { count: context.facts.failedWorkers ?? 0 },
          evidence: [toConditionEvidence(context)],
        }
      : undefined;
  },
  text: {
    name: 'Failed condition',
    cases: {
      default: {
        title: 'Failed',
        cause: 'A worker failed. Sedna records no reason.',
        advice: 'Check its pods: phase, restarts, waiting containers, and logs',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['yolo-v5-broken', 'pedestrian-search'], nearMisses: ['yolo-v5'] };

export const promql = (): PromqlCondition => {
  const withPhase = KINDS.filter(({ phases }) => phases.includes('Failed')).map(({ kind }) => kind);
  return {
    labels: ['namespace', 'kind', 'name'],
    expr: `${family(UNSTAGED, 'condition', ', condition="Failed"')} == 1
  or ${family(withPhase, 'phase', ', phase="Failed"')} == 1`,
  };
};

export const alert: RuleAlert = {
  group: 'jobs',
  summary: '{kind} {namespace}/{name} has failed.',
  description: 'Its status is Failed, and it does not continue by itself. The logs of its workers contain the reason.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

The status of a job or service without stages is \`Failed\`. These kinds include federated learning, joint inference, and
video analytics. The alert fires after 1 minute.

\`Failed\` is final for these kinds: the global manager no longer updates the status.

## Impact

For jobs, at least one worker failed. Other workers may still run.

For JointInferenceService and FeatureExtractionService, the status may be wrong. Sedna often writes \`Failed\` about 1 s after
creation, while the workers run. For FeatureExtractionService, it always does.

## Diagnosis

1. Open the **Diagnosis** tab of the resource. It shows the failed condition, and pods that don't start or crash loop.
2. Read the message in the status:

   \`\`\`sh
   kubectl -n <namespace> get <kind> <name> -o jsonpath='{.status.conditions[-1:].message}{"\\n"}'
   \`\`\`

   Typical output is \`the worker of service failed\` or \`the worker of FederatedLearningJob failed\`. Sedna records a reason
   only if it couldn't create the workers, such as \`failed to get model ...\`.

3. Check the worker pods:

   \`\`\`sh
   kubectl -n <namespace> get pods -l <kind>.sedna.io/name=<name> -o wide
   \`\`\`

   Write the kind in lower case. If all pods are \`Running\` and ready, only the status is wrong.

4. On the **Workers** tab, click a failed pod. Read its last lines, starting at the traceback. This also works when
   \`kubectl logs\` can't reach the edge node.

## Mitigation

1. If all pods of a service run, silence the alert for it. Only its status is wrong.
2. Otherwise, fix what the traceback or the message names: image, model or dataset path, secret, or memory.
3. Delete the object and create it again. The alert ends when the object is deleted.

For a federated learning job, wait until its old Service is gone before you create the job again. Otherwise, its trainers are
never created:

\`\`\`sh
kubectl -n <namespace> get service <name>-aggregation
\`\`\`

Expected output is \`NotFound\`.
`;
