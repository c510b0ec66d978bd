import { SEDNA_NAMESPACE } from '../../../kinds';
import { LIFELONG } from '../../detection/kinds';
import { INCOMPLETE } from '../../promql/completeness';
import { toLineEvidence, type Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { SIGNATURE_ACTIVE_SECONDS } from '../../thresholds';

/** No pod of the knowledge base runs, its database can't be read, or a worker was refused. */
export const rule: Rule = {
  id: 'knowledge-base-unreachable',
  alert: 'SednaKnowledgeBaseUnreachable',
  severity: 'warning',
  kinds: LIFELONG,
  requires: [],
  requiresAny: ['knowledge-base', 'logs'],
  holdFor: 300,
  detect: ({ facts: { knowledgeBase = {} }, signatures, now }) => {
    const refusals = signatures
      .all('knowledge-base-refused')
      .filter(({ line }) => now - line.time < SIGNATURE_ACTIVE_SECONDS);
    const isRefused = refusals.length > 0;
    const { readable, podPhase, isWithoutPod = false } = knowledgeBase;
    const isDown = isWithoutPod || (podPhase !== undefined && podPhase !== 'Running');
    if (readable !== false && !isDown && !isRefused) {
      return undefined;
    }
    return {
      since: refusals[0]?.line.time,
      params: { podPhase: podPhase ?? '', readable: readable ?? '', refused: isRefused, isWithoutPod },
      evidence: [
        {
          query: 'knowledge-base' as const,
          values: {
            ...(podPhase !== undefined && { podPhase }),
            ...(isWithoutPod && { pods: 0 }),
            ...(readable !== undefined && { readable }),
          },
        },
        ...toLineEvidence(refusals),
      ],
    };
  },
  text: {
    name: 'Knowledge base unreachable',
    getCases: ({ refused, isWithoutPod }) => [
      ...(refused ? ['refused'] : []),
      ...(isWithoutPod ? ['without-pod'] : []),
    ],
    cases: {
      default: {
        title: "Can't reach the knowledge base",
        cause: "None of its pods is running, or the exporter can't read its database",
        advice:
          'Check the kb pod in the sedna namespace, which needs a cloud node. Unless it stores its files on a volume, a restart loses the model files but keeps the tables.',
      },
      refused: { cause: 'The knowledge base refused the connection of a worker' },
      'without-pod': {
        advice:
          'The sedna namespace has no kb pod. Check the kb deployment: whether it exists, its replicas, and its events.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['knowledge-base-without-node'], nearMisses: ['well'] };

export const promqlDiffers =
  'The finding also follows the log lines of refused workers, and is about each job instead of the cluster.';

const podsOfKnowledgeBase = (phase = '.+') =>
  `group by (cluster) (kube_pod_status_phase{namespace="${SEDNA_NAMESPACE}", pod=~"kb-.+", phase=~"${phase}"} == 1)`;

/** Clusters with the service of a knowledge base, where its pod would be visible because other pods of Sedna are. */
const installed = `group by (cluster) (kube_service_info{namespace="${SEDNA_NAMESPACE}", service="kb"})
  and on (cluster) kube_pod_status_phase{namespace="${SEDNA_NAMESPACE}"}`;

export const promql = (): PromqlCondition => ({
  labels: [],
  expr: `(max by (cluster) (sedna_knowledge_base_up) == bool 0) == 1
or on (cluster)
(
  (${installed} or on (cluster) ${podsOfKnowledgeBase()})
  unless on (cluster) ${podsOfKnowledgeBase('Running')}
  unless on (cluster) ${INCOMPLETE}
)`,
});

export const alert: RuleAlert = {
  group: 'knowledge-base',
  summary: "The knowledge base can't be reached: none of its pods is running, or its database can't be read.",
  description: 'Workers that train or evaluate fail or continue without it, and no new tasks are learned.',
  link: { page: 'knowledge-base' },
  requires: ['kube-state-metrics', 'exporter'],
};

export const runbook = `## Meaning

No pod of the knowledge base runs, although its Service \`kb\` or a pod exists. Or the exporter can't read its database. The
alert fires after 5 minutes.

## Impact

One knowledge base serves all lifelong learning jobs. Without it, training and evaluation fail or continue without its
models. No new tasks are recorded. If only the exporter can't read the database, jobs aren't affected, but the app shows
outdated data.

## Diagnosis

1. Open **Knowledge base**. It shows the status, node, and address.
2. Check the pod and the Deployment:

   \`\`\`sh
   kubectl -n sedna get deployment kb
   kubectl -n sedna get pods -l sedna=kb -o wide
   \`\`\`

   Expected output is \`1/1\` ready, and one pod in \`Running\` on a cloud node.

3. Check whether the exporter can read the database:

   \`\`\`promql
   sedna_knowledge_base_up
   \`\`\`

   Expected output is \`1\`. A value of \`0\` means that the last read failed. No output means that the exporter doesn't read a
   knowledge base.

4. Read the last lines of the knowledge base:

   \`\`\`logql
   {namespace="sedna", container="kb"} != "sqlalchemy.engine"
   \`\`\`

   After a start, the expected output includes \`Start knowledgebase server over http://0.0.0.0:9020/knowledgebase\`.

The knowledge base has no health check, so Kubernetes doesn't restart it when it hangs.

## Mitigation

1. If the pod is \`Pending\`, check its events. It needs a cloud node.
2. If there is no pod, check the replicas and events of the Deployment:

   \`\`\`sh
   kubectl -n sedna describe deployment kb
   \`\`\`

   The expected output includes \`1 desired\` and \`1 available\`.

3. If the pod runs but \`sedna_knowledge_base_up\` is \`0\`, check the exporter. It must run on the same node and mount the
   folder of the file, which is \`/opt/kb-data\` by default. If the knowledge base moved to another node, restart the exporter.
4. After a restart of the pod, check its files. Refer to [SednaKnowledgeBaseFilesLost](SednaKnowledgeBaseFilesLost.md).
`;
