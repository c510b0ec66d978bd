import path from 'node:path';
import { KINDS, WORKER_TYPES, workerLabelPrefix } from '../../src/sedna/kinds';
import { yamlFile, type GeneratedFile } from '../generated';

/** What names a pod and a job; `cluster` is there only where several clusters share one Prometheus. */
const POD = 'cluster, namespace, pod';
const JOB = 'cluster, namespace, kind, name';

const workerKinds = KINDS.filter((kind) => kind.hasWorkers).map((kind) => kind.kind);

/** Name that kube-state-metrics gives to a label of a pod. */
const podLabel = (label: string) => `label_${label.replace(/[^a-zA-Z0-9_]/g, '_')}`;
const workerTypeLabels = workerKinds.map((kind) => `"${podLabel(`${workerLabelPrefix(kind)}worker-type`)}"`);

/**
 * Pods that a Sedna resource owns, with that resource as `kind` and `name` and the node (absent while unscheduled).
 * The generated name of a pod ends in its worker type and five characters: the fallback where labels are not shown.
 */
const owned = `
max by (${POD}, kind, name, node, type_by_name) (
  label_replace(
    label_replace(
      label_replace(
        kube_pod_owner{owner_is_controller="true", owner_kind=~"${workerKinds.join('|')}"},
        "kind", "$1", "owner_kind", "(.+)"
      ),
      "name", "$1", "owner_name", "(.+)"
    ),
    "type_by_name", "$1", "pod", ".+-(${WORKER_TYPES.join('|')})-[a-z0-9]{5}"
  )
  * on (${POD}) group_left (node)
  topk by (${POD}) (1, max by (${POD}, node) (kube_pod_info))
)`;

/** The same with the worker type: by the pod's label (at most one of the kinds' labels is set), else by its name. */
const podInfo = `
topk by (${POD}) (1, max by (${POD}, kind, name, worker_type, node) (
  label_replace(
    label_join(
      sedna:worker_pod:owned
        * on (${POD}) group_left (type_by_label)
        topk by (${POD}) (1, max by (${POD}, type_by_label) (
          label_join(
            kube_pod_labels,
            "type_by_label", "",
            ${workerTypeLabels.join(',\n            ')}
          )
        ))
      or on (${POD})
      sedna:worker_pod:owned,
      "types", ";", "type_by_label", "type_by_name"
    ),
    "worker_type", "$1", "types", ";?([^;]+).*"
  )
))`;

const active = `
sum by (${JOB}) (
  sedna:worker_pod_info
  * on (${POD}) group_left ()
  max by (${POD}) (kube_pod_status_phase{phase="Running"})
)`;

const total = `count by (${JOB}) (sedna:worker_pod_info)`;

const rule = (record: string, expr: string) => ({ record, expr: expr.trim() });

/** Recording rules, in the order in which they build upon each other. */
const RULES = {
  groups: [
    {
      name: 'sedna-workers',
      rules: [
        rule('sedna:worker_pod:owned', owned),
        rule('sedna:worker_pod_info', podInfo),
        rule('sedna:workers:active', active),
        rule('sedna:workers:total', total),
      ],
    },
  ],
};

/** The committed rule file. */
export const FILES: readonly GeneratedFile[] = [
  yamlFile(path.join(__dirname, 'rules', 'sedna.yaml'), 'collection/prometheus/generate.ts', RULES),
];
