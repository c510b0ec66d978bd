import { findException } from '../../detection/exceptions';
import { failedObjects, findWorkerProblem, isFailedStatus } from '../../detection/status';
import { UNSTAGED } from '../../detection/kinds';
import { toWorkerParams } from '../../detection/workers';
import { toConditionEvidence, toLineEvidence, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';

/** The status of a job or service without stages is Failed, and its workers confirm it. */
export const rule: Rule = {
  id: 'condition-failed',
  alert: 'SednaJobFailed',
  severity: 'error',
  verdict: 'failed',
  kinds: UNSTAGED,
  requires: ['condition', 'workers'],
  holdFor: 60,
  detect: (context) => {
    const { facts } = context;
    const found = isFailedStatus(facts) ? findWorkerProblem(facts) : undefined;
    if (!found) {
      return undefined;
    }
    const worker = 'worker' in found ? found.worker : undefined;
    const { exception, matches } = findException(context, (pod) => pod === worker?.pod);
    return {
      since: facts.condition?.since,
      params: {
        problem: found.problem,
        ...(worker && toWorkerParams(worker)),
        ...('type' in found && { worker: found.type }),
        exception,
      },
      evidence: [
        toConditionEvidence(context),
        {
          query: 'worker-phase',
          values: worker ? { ...toWorkerParams(worker), phase: worker.phase } : { pods: 0 },
        },
        ...toLineEvidence(matches),
      ],
    };
  },
  text: {
    name: 'Failed condition',
    getCases: (params) => [String(params.problem), ...(params.exception ? ['exception'] : [])],
    cases: {
      default: {
        title: 'A worker failed',
        cause: 'Sedna records no reason. The log of the worker may name it.',
        advice:
          'Fix what the log of the worker names. Then delete the object and create it again, because Sedna never changes this status.',
      },
      ended: { title: 'Worker pod {{pod}} failed' },
      crashing: { title: 'Worker pod {{pod}} crashes repeatedly' },
      exception: { cause: 'Worker pod {{pod}} exits with {{exception}}' },
      missing: {
        title: 'There is no {{worker}} worker',
        cause:
          'The global manager could not create it. Its message in the status names the reason, such as a missing model.',
        advice: 'Create what the message names. Then delete the object and create it again.',
      },
      gone: { title: 'A worker failed, and its pods are gone' },
    },
  },
};

export const scenarios: RuleScenarios = {
  shows: ['yolo-v5-broken', 'service-crashes'],
  nearMisses: ['service-failed-but-runs'],
};

export const promql = (): PromqlCondition => ({ labels: ['namespace', 'kind', 'name'], expr: failedObjects() });

export const alert: RuleAlert = {
  group: 'jobs',
  summary: '{kind} {namespace}/{name} has failed.',
  description:
    'Its status is Failed, and a worker failed, crashes, or is missing. The logs of its workers contain the reason.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

The status of a job or service without stages is \`Failed\`, and its worker pods confirm it: one failed or crash loops, a
worker of a service is missing, or all pods of a job are gone. These kinds include federated learning, joint inference, and
video analytics. The alert fires after 1 minute.

The status alone is no proof. Sedna often writes \`Failed\` about 1 s after a service was created, while its workers run. For
FeatureExtractionService, it always does. Then the
finding **Status differs** appears instead.

\`Failed\` is final for these kinds: the global manager no longer updates the status.

## Impact

For jobs, at least one worker failed. Other workers may still run. A service doesn't do its work.

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

   Write the kind in lower case. Expected output is \`Running\` for each worker of a service.

4. On the **Workers** tab, click a failed pod. Read its last lines, starting at the traceback. This also works when
   \`kubectl logs\` can't reach the edge node.

## Mitigation

1. Fix what the traceback or the message names: image, model or dataset path, secret, or memory.
2. Delete the object and create it again. The alert ends when the object is deleted, or when its workers run.

For a federated learning job, wait until its old Service is gone before you create the job again. Otherwise, its trainers are
never created:

\`\`\`sh
kubectl -n <namespace> get service <name>-aggregation
\`\`\`

Expected output is \`NotFound\`.
`;
