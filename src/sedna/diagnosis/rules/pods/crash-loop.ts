import { findException, getExceptionCases, LOST_FILE_CASE } from '../../detection/exceptions';
import { WITH_WORKERS } from '../../detection/kinds';
import { isCrashing, toWorkerParams } from '../../detection/workers';
import { excludeUnstableNodes } from '../../promql/jobs';
import { JOB, POD } from '../../promql/labels';
import { crashingContainers } from '../../promql/pods';
import { toLineEvidence, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';

/** A worker container crashes and is restarted, again and again. */
export const rule: Rule = {
  id: 'crash-loop',
  alert: 'SednaWorkerCrashLoop',
  severity: 'error',
  verdict: 'stuck',
  kinds: WITH_WORKERS,
  requires: ['workers', 'nodes'],
  requiresOnlineNodes: 'worker-nodes',
  holdFor: 300,
  detect: (context) => {
    const crashing = context.facts.workers?.find(isCrashing);
    if (!crashing) {
      return undefined;
    }
    const { recentRestarts, waitingReason = '' } = crashing;
    const { exception, matches } = findException(context, (pod) => pod === crashing.pod);
    return {
      params: {
        ...toWorkerParams(crashing),
        count: Math.round(recentRestarts),
        exception,
      },
      evidence: [
        {
          query: 'worker-restarts',
          values: {
            ...toWorkerParams(crashing),
            restartsInAnHour: Math.round(recentRestarts),
            reason: waitingReason,
          },
        },
        ...toLineEvidence(matches),
      ],
    };
  },
  text: {
    name: 'Crash loop',
    getCases: getExceptionCases,
    cases: {
      default: {
        title: 'Pod {{pod}} is crash looping',
        cause: {
          one: 'The worker exits with an error: {{count}} restart in the last hour',
          other: 'The worker exits with an error: {{count}} restarts in the last hour',
        },
        advice:
          'The pod stays Running for Kubernetes and Sedna, so the stage never ends. Read the traceback in its log and fix the image or the settings. Then delete the job and create it again.',
      },
      exception: { cause: 'The worker exits with {{exception}}' },
      'lost-file': LOST_FILE_CASE,
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['stuck-running-crash-loop'], nearMisses: ['odd-lc-restart'] };

export const crashingPods = () => `max by (${JOB}, pod, node) (
  ${crashingContainers()}
  * on (${POD}) group_left (kind, name, node)
  sedna:worker_pod_info
)`;

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name', 'pod', 'node'],
  expr: excludeUnstableNodes(crashingPods(), 'worker-nodes'),
});

export const alert: RuleAlert = {
  group: 'stuck',
  summary: 'Worker pod {pod} of {kind} {namespace}/{name} is crash looping.',
  description: 'The job stays in Running, because the pod does not count as failed. Its log ends with the exception.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

A container of a worker pod crashes repeatedly: it restarted at least 3 times within an hour, the last time within 20
minutes, or Kubernetes reports \`CrashLoopBackOff\`. The alert fires after 5 minutes.

## Impact

By default, train and eval workers have the restart policy \`OnFailure\`, so the pod stays Running. The job then stays in
Running, and its stage neither completes nor fails.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. It names the pod and, for lifelong learning, the exception.
2. Read the end of the previous log:

   \`\`\`sh
   kubectl -n <namespace> logs <pod> --previous --tail=20
   \`\`\`

   The last line names the exception, for example \`KeyError: 34\`. If \`kubectl logs\` can't reach the edge node, use Loki:

   \`\`\`logql
   {namespace="<namespace>", pod="<pod>"} | decolorize
   \`\`\`

3. Read the reason and exit code of the last crash:

   \`\`\`sh
   kubectl -n <namespace> get pod <pod> -o jsonpath='{.status.containerStatuses[*].lastState.terminated}{"\\n"}'
   \`\`\`

   The output includes \`exitCode\` and \`reason\`, such as \`137\` and \`OOMKilled\`, or \`1\` and \`Error\`.

## Mitigation

1. Exit code 137: increase the memory limit, or train with fewer samples.
2. \`KeyError: 34\`: refer to [SednaKnowledgeBaseFilesLost](SednaKnowledgeBaseFilesLost.md).
3. Another exception: fix the code, image, or data. Then delete the job and create it again.
4. To make the stage fail instead of crash loop, set \`restartPolicy: Never\` in the template. Sedna then starts a new round.
`;
