import { LOG_VALUE_LOOKBACK, JOB, POD, rule, type RuleGroup } from './promql';

const lastLogged = (metric: string) => `last_over_time(${metric}[${LOG_VALUE_LOOKBACK}])`;

/**
 * Returns what the newest pod of a job with any such sample has logged. "Newest" is by start time of the pod, because
 * PromQL can't return the time of a sample outside the lookback of five minutes.
 */
const ofNewestPod = (metric: string, labels: string) => `
max by (${POD}, ${labels}) (${lastLogged(metric)})
* on (${POD}) group_left (kind, name)
group by (${POD}, kind, name) (
  topk by (${JOB}) (1,
    sedna:worker_pod_start_timestamp_seconds
    and on (${POD}) ${lastLogged(metric)}
  )
)`;

/**
 * The global manager logs connections that it had. A local controller that never connected logs errors every few
 * seconds, so a failure counts while it repeats.
 */
const connected = `
(
  0 * max by (cluster, node) (last_over_time(sedna_log_local_controller_connection_errors_per_minute[3m]))
  or on (cluster, node) max by (cluster, node) (${lastLogged('sedna_log_local_controller_connected')})
)
and on (cluster, node) kube_node_info`;

/**
 * A local controller retries once a minute and logs every failure, but logs a success only when the number of samples
 * changes. So a failure counts while it repeats, and a success until then.
 */
const datasetRead = `
(
  max by (cluster, namespace, name) (last_over_time(sedna_log_dataset_read[5m]))
  or max by (cluster, namespace, name) (max_over_time(sedna_log_dataset_read[${LOG_VALUE_LOOKBACK}])) == 1
)
* on (cluster, namespace, name) group_left (kind)
group by (cluster, namespace, name, kind) (sedna_dataset_info)`;

/** One-time log events, kept while the object that they concern exists. */
export const LOGS: RuleGroup = {
  name: 'sedna-logs',
  // The Loki rules write samples once a minute.
  interval: '1m',
  rules: [
    rule('sedna:task_score', ofNewestPod('sedna_log_task_score', 'task, metric')),
    rule('sedna:task_deployable', ofNewestPod('sedna_log_task_deployable', 'task')),
    rule('sedna:task_sample_dir_info', ofNewestPod('sedna_log_task_sample_dir_info', 'task, url')),
    rule('sedna:local_controller_connected', connected),
    rule('sedna:dataset_read', datasetRead),
  ],
};
