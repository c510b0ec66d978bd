import type { WorkerFact } from '../../facts';
import { WITH_WORKERS } from '../../detection/kinds';
import { isPending, toWorkerParams } from '../../detection/workers';
import { excludeUnstableNodes } from '../../promql/jobs';
import { INCOMPLETE } from '../../promql/completeness';
import { JOB, NODE, POD, withLabel } from '../../promql/labels';
import { BACK_OFF, podsIn } from '../../promql/pods';
import {
  getConditionAge,
  getStateStart,
  toConditionEvidence,
  type Rule,
  type RuleContext,
  type RuleResult,
} from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { CONTAINER_WAITING_AFTER_SECONDS, NO_PROGRESS_AFTER_SECONDS } from '../../thresholds';

/** A pod with a container that can't start, for a reason that Kubernetes gives. */
function detectWaitingContainer(context: RuleContext): RuleResult | undefined {
  const { workers } = context.facts;
  const since = getStateStart(context.facts);
  const waiting = workers?.find(
    (worker) => worker.waitingReason && (worker.waitingReason !== BACK_OFF || isPending(worker))
  );
  // Without the time of the condition, the reason alone decides.
  if (!waiting || (since !== undefined && getConditionAge(context) <= CONTAINER_WAITING_AFTER_SECONDS)) {
    return undefined;
  }
  const { waitingReason: reason = '', waitingContainer: container = '', phase } = waiting;
  return {
    since,
    params: { ...toWorkerParams(waiting), reason, container },
    evidence: [
      { query: 'worker-waiting', values: { ...toWorkerParams(waiting), container, reason, phase } },
      toConditionEvidence(context),
    ],
  };
}

/** A pending pod without a reason: no node takes it, or its preparation is slow or hangs. */
function detectPendingPod(context: RuleContext): RuleResult | undefined {
  const { facts, now } = context;
  const getLimit = (worker: WorkerFact) =>
    worker.isUnschedulable || worker.isNodeMissing ? CONTAINER_WAITING_AFTER_SECONDS : NO_PROGRESS_AFTER_SECONDS;
  const pending = facts.workers?.find(
    (worker) => worker.created !== undefined && now - worker.created > getLimit(worker)
  );
  if (!pending) {
    return undefined;
  }
  const isUnschedulable = pending.isUnschedulable === true;
  const isNodeMissing = pending.isNodeMissing === true;
  return {
    severity: isUnschedulable || isNodeMissing ? 'error' : 'warning',
    since: pending.created,
    params: { ...toWorkerParams(pending), isUnschedulable, isNodeMissing },
    evidence: [
      {
        query: 'worker-pending',
        values: { ...toWorkerParams(pending), ageSeconds: now - pending.created!, unschedulable: isUnschedulable },
      },
      toConditionEvidence(context),
    ],
  };
}

/** A worker pod doesn't start. */
export const rule: Rule = {
  id: 'pod-pending',
  alert: 'SednaWorkerPending',
  severity: 'error',
  verdict: 'stuck',
  kinds: WITH_WORKERS,
  requires: ['workers', 'nodes'],
  requiresOnlineNodes: 'worker-nodes',
  holdFor: 300,
  detect: (context) => detectWaitingContainer(context) ?? detectPendingPod(context),
  text: {
    name: 'Pod pending',
    getCases: ({ isUnschedulable, isNodeMissing, reason, container }) => {
      if (isNodeMissing) {
        return ['node-missing'];
      }
      if (isUnschedulable) {
        return ['unschedulable'];
      }
      return !reason ? ['no-reason'] : container === 'storage-initializer' ? ['storage-initializer'] : [];
    },
    cases: {
      default: {
        title: "Pod {{pod}} can't start: {{reason}}",
        cause:
          "Kubernetes can't start a container of the pod on node {{node}}, because of its image, a volume, or the storage initializer",
        advice:
          'Check the image name in the pod template and whether the node can pull it. If the data is in remote storage, check the log of the storage-initializer container.',
      },
      unschedulable: {
        title: "Pod {{pod}} can't be scheduled",
        cause: "No node meets the requirements of the job's pod template",
        advice:
          'Check the pod events for missing resources, labels, or tolerations. Fix the template or set `nodeName`.',
      },
      'node-missing': {
        title: "Pod {{pod}} can't start: there is no node {{node}}",
        cause: 'The pod template names node {{node}}, which the cluster does not have',
        advice: 'Correct `nodeName` in the template of the job, or add the node. Then delete the pod.',
      },
      'no-reason': {
        title: 'Pod {{pod}} is stuck in Pending',
        cause:
          'Node {{node}} is still preparing it: pulling an image, mounting a volume, or downloading data. Large images and data take longer.',
        advice:
          'Check the pod events. If the data is in remote storage, check the log of the storage-initializer container.',
      },
      'storage-initializer': {
        cause: "The storage-initializer container can't download data or models from remote storage",
        advice:
          'Check the log of the storage-initializer container. Usually a URL, the secret in credentialName, or the network from node {{node}} to the storage is wrong.',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['stuck-starting-image'], nearMisses: ['odd-short-pod'] };

export const promqlDiffers =
  'The finding waits a minute after the condition. The condition in PromQL does not, because the pod may be of a kind without conditions.';

const WAITING = 'kube_pod(_init)?_container_status_waiting_reason';
const podsWaitingFor = (matcher: string) => `max by (${POD}, reason) ({__name__=~"${WAITING}", ${matcher}} == 1)`;

/** Pending pods that are bound to a node that doesn't exist. */
const podsOnMissingNodes = () => `max by (${POD}) (
    kube_pod_info{node!=""}
    unless on (${NODE}) kube_node_info
    and on (cluster) group by (cluster) (kube_node_info)
    unless on (cluster) ${INCOMPLETE}
    and on (${POD}) (max by (${POD}) (time() - kube_pod_created) > ${CONTAINER_WAITING_AFTER_SECONDS})
    and on (${POD}) ${podsIn('Pending')}
  )`;

export const pendingPods = () => `max by (${JOB}, pod, node, reason) (
  (${podsWaitingFor(`reason!~"|ContainerCreating|PodInitializing|${BACK_OFF}"`)}
  or on (${POD}) (${podsWaitingFor(`reason="${BACK_OFF}"`)} and on (${POD}) ${podsIn('Pending')})
  or on (${POD}) ${withLabel(`max by (${POD}) (kube_pod_status_unschedulable == 1)`, 'reason', 'Unschedulable')}
  or on (${POD}) ${withLabel(podsOnMissingNodes(), 'reason', 'NodeMissing')}
  or on (${POD}) ${withLabel(
    `(max by (${POD}) (time() - kube_pod_created > bool ${NO_PROGRESS_AFTER_SECONDS}) == 1) and on (${POD}) ${podsIn('Pending')}`,
    'reason',
    'Pending'
  )})
  * on (${POD}) group_left (kind, name, node)
  sedna:worker_pod_info
)`;

export const promql = (): PromqlCondition => ({
  // Without the reason, which alternates, such as between ErrImagePull and ImagePullBackOff.
  labels: ['namespace', 'kind', 'name', 'pod', 'node'],
  expr: excludeUnstableNodes(pendingPods(), 'worker-nodes'),
});

export const alert: RuleAlert = {
  group: 'stuck',
  summary: 'Worker pod {pod} of {kind} {namespace}/{name} does not start.',
  description:
    'The job stays in Starting until the pod runs. Usual causes are the image, the node, and secrets for storage. The diagnosis names the reason.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics'],
};

export const runbook = `## Meaning

A worker pod can't start, and Kubernetes reports a reason. For example, an image can't be pulled, a secret or volume is
missing, or no node fits. Or the pod has been pending for more than 10 minutes without a reason.

The alert fires after 5 minutes. It doesn't fire while the node is offline or just back online.

## Impact

The job stays in Starting, or alternates between Ready and Starting. In lifelong learning, each Ready of Train uses up new
samples, but the pod trains only with those of the first Ready.

## Diagnosis

1. Open the job, then the **Diagnosis** tab. It names the pod, container, and reason.
2. Read the events of the pod:

   \`\`\`sh
   kubectl -n <namespace> get events --field-selector involvedObject.name=<pod>
   \`\`\`

   Events of a healthy pod end with \`Started\`. Otherwise, the events name the cause, for example \`FailedScheduling\` or
   \`Failed to pull image\`.

3. If the init container \`storage-initializer\` fails, read its log:

   \`\`\`sh
   kubectl -n <namespace> logs <pod> -c storage-initializer --tail=20
   \`\`\`

   The output names the URL that it can't download.

## Mitigation

1. \`ErrImagePull\`, \`ImagePullBackOff\`: correct the name or tag of the image, or give the node access to the registry.
2. \`CreateContainerConfigError\`: create the missing secret or ConfigMap.
3. \`CrashLoopBackOff\` of a pending pod: correct the URL or the secret in \`credentialName\`. Check that the node can reach the
   storage.
4. \`Unschedulable\`: correct the node name, tolerations, or resources in the template.
5. \`Pending\` alone: wait for a large image. On an edge node, check edgecore.
`;
