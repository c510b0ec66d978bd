import { HELD, JOB, POD, rule, type RuleGroup } from './promql';

const last = (metric: string) => `last_over_time(${metric}[${HELD}])`;

/**
 * What the newest pod of a job that logged it at all has logged. "Newest" is by the start of the pod: the time of a
 * sample that lies further back than five minutes is not to be had.
 */
const ofNewestPod = (metric: string, labels: string) => `
max by (${POD}, ${labels}) (${last(metric)})
* on (${POD}) group_left (kind, name)
group by (${POD}, kind, name) (
  topk by (${JOB}) (1,
    sedna:worker_pod_start_timestamp_seconds
    and on (${POD}) ${last(metric)}
  )
)`;

/**
 * The global manager speaks of connections that it has had. That a local controller never got one it says itself, each
 * few seconds: so a failure counts while it is repeated.
 */
const connected = `
(
  0 * max by (cluster, node) (last_over_time(sedna_log_local_controller_connection_errors_per_minute[3m]))
  or on (cluster, node) max by (cluster, node) (${last('sedna_log_local_controller_connected')})
)
and on (cluster, node) kube_node_info`;

/**
 * A local controller tries once a minute and says each time that it failed, but that it went well only when there is
 * another number of samples: a failure holds while it is repeated, a success until then.
 */
const datasetRead = `
(
  max by (cluster, namespace, name) (last_over_time(sedna_log_dataset_read[5m]))
  or max by (cluster, namespace, name) (max_over_time(sedna_log_dataset_read[${HELD}])) == 1
)
* on (cluster, namespace, name) group_left (kind)
group by (cluster, namespace, name, kind) (sedna_dataset_info)`;

/** What happened once and was logged: held on to while that which it is about exists. */
export const LOGS: RuleGroup = {
  name: 'sedna-logs',
  // The samples come once a minute.
  interval: '1m',
  rules: [
    rule('sedna:task_score', ofNewestPod('sedna_log_task_score', 'task, metric')),
    rule('sedna:task_deployable', ofNewestPod('sedna_log_task_deployable', 'task')),
    rule('sedna:task_sample_dir_info', ofNewestPod('sedna_log_task_sample_dir_info', 'task, url')),
    rule('sedna:local_controller_connected', connected),
    rule('sedna:dataset_read', datasetRead),
  ],
};
