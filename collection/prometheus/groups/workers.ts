import { KINDS, getWorkerLabelPrefix, type KindName } from '../../../src/sedna/kinds';
import { getDeploymentName, DEPLOYMENT_WORKER_TYPES, POD_WORKER_TYPES } from '../../../src/sedna/kinds/workers';
import { family } from '../../../src/sedna/diagnosis/promql/jobs';
import { JOB, nodeLocation, POD, rule, withLabel, type RuleGroup } from './promql';

const workerKinds = KINDS.filter((kind) => kind.hasWorkers).map((kind) => kind.kind);

/** Returns the name that kube-state-metrics gives to a pod label. */
const podLabel = (label: string) => `label_${label.replace(/[^a-zA-Z0-9_]/g, '_')}`;

/** Copies a Sedna label from the pods that have it, with its kind. A pod may have the label of several kinds. */
const copyWorkerLabel = (label: 'name' | 'worker-type', target: string) =>
  workerKinds
    .map((kind) => {
      const source = podLabel(`${getWorkerLabelPrefix(kind)}${label}`);
      const labelled = withLabel(`kube_pod_labels{${source}!=""}`, 'kind', kind);
      return `label_replace(${labelled}, "${target}", "$1", "${source}", "(.+)")`;
    })
    .join('\n      or\n      ');

const controlledBy = (matchers: string) => `kube_pod_owner{owner_is_controller="true", ${matchers}}`;

/**
 * Pods owned by a Sedna resource, with that resource as `kind` and `name`. The worker type in the generated pod name is
 * a fallback if pod labels aren't exported.
 */
const podsBySednaOwner = `label_replace(
      label_replace(
        label_replace(
          ${controlledBy(`owner_kind=~"${workerKinds.join('|')}"`)},
          "kind", "$1", "owner_kind", "(.+)"
        ),
        "name", "$1", "owner_name", "(.+)"
      ),
      "type_by_name", "$1", "pod", ".+-(${POD_WORKER_TYPES.join('|')})-[a-z0-9]{5}"
    )`;

/** Selects pods of Deployments named like a kind's workers. Names of ReplicaSets are never truncated. */
const selectReplicaSetPods = ({ kind, types }: { kind: KindName; types: readonly string[] }) => {
  const pattern = `${getDeploymentName('(.+)', `(${types.join('|')})`)}-[a-z0-9]+`;
  return `label_replace(
        label_replace(
          ${withLabel(controlledBy(`owner_kind="ReplicaSet", owner_name=~"${pattern}"`), 'kind', kind)},
          "name", "$1", "owner_name", "${pattern}"
        ),
        "type_by_name", "$2", "owner_name", "${pattern}"
      )`;
};
const podsByReplicaSet = DEPLOYMENT_WORKER_TYPES.map(selectReplicaSetPods).join('\n      or\n      ');

const resourceExists = `on (${JOB}) group by (${JOB}) (${family(workerKinds, 'info')})`;

/**
 * Worker pods with their resource as `kind` and `name`, and their node (absent if unscheduled). An owner that is a
 * Sedna resource takes precedence. Pods of a ReplicaSet don't reference the resource: it comes from the name of the
 * ReplicaSet, or else from pod labels, and must exist. Labels come last because a pod template may contain any.
 */
const ownedPods = `
max by (${POD}, kind, name, node, type_by_name) (
  (
    ${podsBySednaOwner}
    or on (${POD})
    (
      (
      ${podsByReplicaSet}
      )
      and ${resourceExists}
    )
    or on (${POD})
    topk by (${POD}) (1, group by (${JOB}, pod) (
      ${copyWorkerLabel('name', 'name')}
    ) and ${resourceExists})
  )
  * on (${POD}) group_left (node)
  topk by (${POD}) (1, max by (${POD}, node) (kube_pod_info))
)`;

/** Worker pods with the worker type, from the pod's label of its own kind or else from a name. */
const podInfo = `
topk by (${POD}) (1, max by (${POD}, kind, name, worker_type, node) (
  label_replace(
    label_join(
      sedna:worker_pod:owned
        * on (${POD}, kind) group_left (type_by_label)
        topk by (${POD}, kind) (1, group by (${POD}, kind, type_by_label) (
      ${copyWorkerLabel('worker-type', 'type_by_label')}
        ))
      or on (${POD})
      sedna:worker_pod:owned,
      "types", ";", "type_by_label", "type_by_name"
    ),
    "worker_type", "$1", "types", ";?([^;]+).*"
  )
))`;

/**
 * Start time of worker pods. The rule reads its own result, so that logs of deleted pods can still be assigned to their
 * job: for a week, and while the job exists.
 */
const podStart = `
max by (${JOB}, pod, worker_type, node) (
  sedna:worker_pod_info
  * on (${POD}) group_left ()
  max by (${POD}) (kube_pod_start_time)
)
or on (${POD})
max by (${JOB}, pod, worker_type, node) (
  sedna:worker_pod_start_timestamp_seconds > time() - 7 * 24 * 3600
  and on (${JOB})
  sedna:job_info
)`;

/** Processes of kube-state-metrics, each of which may show a part of all objects. */
const kubeStateMetricsInstances = `
count by (cluster) (
  group by (cluster, instance) ({__name__=~"kube_(node_info|pod_info|lease_renew_time)|sedna_[a-z]+_info"})
)`;

const activeWorkers = `
sum by (${JOB}) (
  sedna:worker_pod_info
  * on (${POD}) group_left ()
  max by (${POD}) (kube_pod_status_phase{phase="Running"})
)`;

const totalWorkers = `count by (${JOB}) (sedna:worker_pod_info)`;

/** Worker status by pod phase, in the terms of the proposal. */
const podStatus = `topk by (${POD}) (1, max by (${POD}, status) (
    label_replace(
      label_replace(
        label_replace(
          kube_pod_status_phase == 1,
          "status", "waiting", "phase", "Pending"
        ),
        "status", "active", "phase", "Running"
      ),
      "status", "dead", "phase", "Succeeded|Failed|Unknown"
    )
  ))`;

const workerInfo = `
group by (${JOB}, pod, worker_type, node, location, status) (
  sedna:worker_pod_info
  * on (cluster, node) group_left (location)
  ${nodeLocation('location', 'sedna:worker_pod_info')}
  * on (${POD}) group_left (status)
  ${podStatus}
)`;

const countWorkers = (matcher: string) => `
count by (${JOB}) (sedna:worker_info{${matcher}})
or on (${JOB})
0 * count by (${JOB}) (sedna:worker_info)`;

/**
 * Active runs and the last finished one, by end time, or by start time if the kubelet reports no end, as for evicted
 * pods.
 */
const taskInfo = `
group by (${JOB}, pod, location, work, status) (
  label_replace(
    sedna:worker_info{status="active"}
    or
    topk by (${JOB}, worker_type) (1,
      sedna:worker_info{status="dead"}
      * on (${POD}) group_left ()
      (
        max by (${POD}) (kube_pod_completion_time)
        or
        max by (${POD}) (kube_pod_start_time)
      )
    ),
    "work", "$1", "worker_type", "(.+)"
  )
)`;

const taskStart = `
max by (${JOB}, pod, work) (
  sedna:task_info
  * on (${POD}) group_left ()
  max by (${POD}) (kube_pod_start_time)
)`;

/**
 * Start and end come from the node's clock, but time() from Prometheus. If the node's clock is ahead, the duration
 * would be negative.
 */
const taskDuration = `
clamp_min(
  max by (${JOB}, pod, work) (
    sedna:task_info{status="dead"}
    * on (${POD}) group_left ()
    (max by (${POD}) (kube_pod_completion_time) - max by (${POD}) (kube_pod_start_time))
    or
    sedna:task_info{status="active"}
    * on (${POD}) group_left ()
    (time() - max by (${POD}) (kube_pod_start_time))
  ),
  0
)`;

/** Tables 4 and 5 of the proposal: worker pods of all kinds. */
export const WORKERS: RuleGroup = {
  name: 'sedna-workers',
  rules: [
    rule('sedna:kube_state_metrics_instances', kubeStateMetricsInstances),
    rule('sedna:worker_pod:owned', ownedPods),
    rule('sedna:worker_pod_info', podInfo),
    rule('sedna:worker_pod_start_timestamp_seconds', podStart),
    rule('sedna:workers:active', activeWorkers),
    rule('sedna:workers:total', totalWorkers),
    rule('sedna:worker_info', workerInfo),
    rule('sedna:tasks:active', countWorkers('status="active"')),
    rule('sedna:tasks:total', countWorkers('status!="waiting"')),
    rule('sedna:task_info', taskInfo),
    rule('sedna:task_start_timestamp_seconds', taskStart),
    rule('sedna:task_duration_seconds', taskDuration),
  ],
};
