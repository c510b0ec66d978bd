import { KINDS, getWorkerLabelPrefix, type KindName } from '../../../src/sedna/kinds';
import { getDeploymentName, DEPLOYMENT_WORKER_TYPES, POD_WORKER_TYPES } from '../../../src/sedna/kinds/workers';
import { family } from '../../../src/sedna/diagnosis/promql/jobs';
import { JOB, nodeLocation, POD, rule, withLabel, type RuleGroup } from './promql';

const workerKinds = KINDS.filter((kind) => kind.hasWorkers).map((kind) => kind.kind);

/** Name that kube-state-metrics gives to a label of a pod. */
const podLabel = (label: string) => `label_${label.replace(/[^a-zA-Z0-9_]/g, '_')}`;

/** Copies a label of Sedna's from the pods that have it, with the kind it is of: a pod may have it of several kinds. */
const byLabel = (label: 'name' | 'worker-type', target: string) =>
  workerKinds
    .map((kind) => {
      const source = podLabel(`${getWorkerLabelPrefix(kind)}${label}`);
      const labelled = withLabel(`kube_pod_labels{${source}!=""}`, 'kind', kind);
      return `label_replace(${labelled}, "${target}", "$1", "${source}", "(.+)")`;
    })
    .join('\n      or\n      ');

const controlledBy = (matchers: string) => `kube_pod_owner{owner_is_controller="true", ${matchers}}`;

/**
 * Pods that a Sedna resource owns, with that resource as `kind` and `name`. The generated name of a pod ends in its
 * worker type and five characters: the fallback where labels are not shown.
 */
const bySednaOwner = `label_replace(
      label_replace(
        label_replace(
          ${controlledBy(`owner_kind=~"${workerKinds.join('|')}"`)},
          "kind", "$1", "owner_kind", "(.+)"
        ),
        "name", "$1", "owner_name", "(.+)"
      ),
      "type_by_name", "$1", "pod", ".+-(${POD_WORKER_TYPES.join('|')})-[a-z0-9]{5}"
    )`;

/** Pods of Deployments that are called as those of a kind's workers; the ReplicaSet's name is never cut off. */
const ofReplicaSets = ({ kind, types }: { kind: KindName; types: readonly string[] }) => {
  const pattern = `${getDeploymentName('(.+)', `(${types.join('|')})`)}-[a-z0-9]+`;
  return `label_replace(
        label_replace(
          ${withLabel(controlledBy(`owner_kind="ReplicaSet", owner_name=~"${pattern}"`), 'kind', kind)},
          "name", "$1", "owner_name", "${pattern}"
        ),
        "type_by_name", "$2", "owner_name", "${pattern}"
      )`;
};
const byReplicaSet = DEPLOYMENT_WORKER_TYPES.map(ofReplicaSets).join('\n      or\n      ');

const exists = `on (${JOB}) group by (${JOB}) (${family(workerKinds, 'info')})`;

/**
 * Worker pods with the resource they work for as `kind` and `name`, and the node (absent while unscheduled). The owner
 * is believed first. Behind a ReplicaSet the resource does not show: there the set's name tells it, then the pod's
 * labels, each only where there is such a resource. Labels come last, because a template may carry any.
 */
const owned = `
max by (${POD}, kind, name, node, type_by_name) (
  (
    ${bySednaOwner}
    or on (${POD})
    (
      (
      ${byReplicaSet}
      )
      and ${exists}
    )
    or on (${POD})
    topk by (${POD}) (1, group by (${JOB}, pod) (
      ${byLabel('name', 'name')}
    ) and ${exists})
  )
  * on (${POD}) group_left (node)
  topk by (${POD}) (1, max by (${POD}, node) (kube_pod_info))
)`;

/** The same with the worker type: by the pod's label of its own kind, else by a name. */
const podInfo = `
topk by (${POD}) (1, max by (${POD}, kind, name, worker_type, node) (
  label_replace(
    label_join(
      sedna:worker_pod:owned
        * on (${POD}, kind) group_left (type_by_label)
        topk by (${POD}, kind) (1, group by (${POD}, kind, type_by_label) (
      ${byLabel('worker-type', 'type_by_label')}
        ))
      or on (${POD})
      sedna:worker_pod:owned,
      "types", ";", "type_by_label", "type_by_name"
    ),
    "worker_type", "$1", "types", ";?([^;]+).*"
  )
))`;

/**
 * When worker pods started. It remembers itself, so that what a pod has logged can be told its job after the pod is
 * gone: for a week, and only while there is such a job.
 */
const podStart = `
max by (${JOB}, pod, worker_type, node) (
  sedna:worker_pod_info
  * on (${POD}) group_left ()
  max by (${POD}) (kube_pod_start_time)
)
or on (${POD})
(
  sedna:worker_pod_start_timestamp_seconds > time() - 7 * 24 * 3600
  and on (${JOB})
  sedna:job_info
)`;

const active = `
sum by (${JOB}) (
  sedna:worker_pod_info
  * on (${POD}) group_left ()
  max by (${POD}) (kube_pod_status_phase{phase="Running"})
)`;

const total = `count by (${JOB}) (sedna:worker_pod_info)`;

/** What the phase of a pod makes of its worker, in the words of the proposal. */
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

const counted = (matcher: string) => `
count by (${JOB}) (sedna:worker_info{${matcher}})
or on (${JOB})
0 * count by (${JOB}) (sedna:worker_info)`;

/** The last that has ended: by its end, or by its start where kubelet tells no end, as for a pod that was evicted. */
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

/** Both times are of the node's clock, but "now" is ours: one that runs ahead must not give a negative duration. */
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
    rule('sedna:worker_pod:owned', owned),
    rule('sedna:worker_pod_info', podInfo),
    rule('sedna:worker_pod_start_timestamp_seconds', podStart),
    rule('sedna:workers:active', active),
    rule('sedna:workers:total', total),
    rule('sedna:worker_info', workerInfo),
    rule('sedna:tasks:active', counted('status="active"')),
    rule('sedna:tasks:total', counted('status!="waiting"')),
    rule('sedna:task_info', taskInfo),
    rule('sedna:task_start_timestamp_seconds', taskStart),
    rule('sedna:task_duration_seconds', taskDuration),
  ],
};
