import { NO_INFERENCE_COUNTS } from './notRecorded';
import { proposalRefs, defineMetric, type Metric } from './types';

const LATE =
  'A sample tells of the minute before the last one. A line that reaches Loki more than a minute late, as from an edge node that was offline, is not counted.';
const CONFIGURED =
  'Which lines count is configuration. State ready is what entered inference less what left it, so it can be -1 in a ' +
  'minute and adds up to what waits; where a line does not tell, task is any.';

/**
 * Metrics from logs. Loki evaluates them once a minute, over the minute before the last one, and writes them to Prometheus.
 * A single event, such as a score or a connection, is one sample, which recording rules keep.
 */
export const LOG_METRICS: readonly Metric[] = [
  defineMetric(
    'sedna_log_stage_samples',
    'Samples that the local controller says it has for a stage.',
    'gauge',
    'loki-rule',
    'job',
    {
      labels: ['stage'],
      unit: 'samples',
      proposal: [...proposalRefs(2, 'StageTrainNumber', 'StageEvalNumber'), ...proposalRefs(9, 'EvalSampleNum')],
      caveat: `Train is the newest increment only. Eval is cumulative and contains duplicates; in incremental learning, it begins again with each evaluation. ${LATE}`,
    }
  ),
  defineMetric(
    'sedna_log_deploy_errors_per_minute',
    'Deployments that the local controller could not complete, in a minute.',
    'gauge',
    'loki-rule',
    'job',
    {
      unit: 'lines',
      proposal: proposalRefs(10, 'DeployStatus'),
      caveat: LATE,
    }
  ),
  defineMetric(
    'sedna_log_task_sample_dir_info',
    'Where a training worker has uploaded the samples of a task.',
    'info',
    'loki-rule',
    'worker',
    {
      labels: ['pod', 'task', 'url'],
      proposal: proposalRefs(8, 'TaskSampleDir'),
      caveat: LATE,
    }
  ),
  defineMetric('sedna_log_task_score', 'Score of a task at evaluation.', 'gauge', 'loki-rule', 'worker', {
    labels: ['pod', 'task', 'metric'],
    unit: 'score',
    proposal: proposalRefs(9, 'TaskScore'),
    caveat: `At most the first eight metrics of a task; what is no number ends the list. ${LATE}`,
  }),
  defineMetric(
    'sedna_log_task_deployable',
    'Whether a task passed evaluation (1) or was dropped (0).',
    'gauge',
    'loki-rule',
    'worker',
    {
      labels: ['pod', 'task'],
      proposal: proposalRefs(9, 'TaskStatus'),
      caveat: `A task passed when its score was logged and no line says that it will not be deployed. ${LATE}`,
    }
  ),
  defineMetric(
    'sedna_log_inference_samples_per_minute',
    'Samples inferred in a minute, from inference logs.',
    'gauge',
    'loki-rule',
    'worker',
    {
      labels: ['pod', 'state', 'task'],
      unit: 'samples',
      proposal: proposalRefs(6, 'InferenceDoneNumber', 'InferenceReadyNumber', 'InferenceErrorNumber'),
      caveat: `${CONFIGURED} ${LATE}`,
      notRecorded: NO_INFERENCE_COUNTS,
    }
  ),
  defineMetric(
    'sedna_log_last_line_timestamp_seconds',
    'When a worker pod last wrote a line.',
    'timestamp',
    'loki-rule',
    'worker',
    {
      labels: ['pod'],
      caveat:
        'In the clock of the node that the pod runs on. Ends when the pod has written nothing for three minutes, and misses lines that come later than that. Worker pods are told by their names, so that another pod with a name of 63 characters is there too.',
    }
  ),
  defineMetric(
    'sedna_log_error_lines_per_minute',
    'Lines of level error that a pod wrote in a minute.',
    'gauge',
    'loki-rule',
    'worker',
    {
      labels: ['pod'],
      unit: 'lines',
      caveat: LATE,
    }
  ),
  defineMetric(
    'sedna_log_local_controller_connected',
    'Whether the global manager said that it has a connection to the local controller of a node (1) or lost it (0).',
    'gauge',
    'loki-rule',
    'node',
    {
      labels: ['node'],
      caveat: LATE,
    }
  ),
  defineMetric(
    'sedna_log_local_controller_connection_errors_per_minute',
    'Failed tries in a minute of the local controller of a node to reach the global manager.',
    'gauge',
    'loki-rule',
    'node',
    {
      labels: ['node'],
      unit: 'lines',
      caveat: `It tries five times, five seconds apart, and begins anew. ${LATE}`,
    }
  ),
  defineMetric(
    'sedna_log_dataset_read',
    'Whether the local controller said that it has read a dataset (1) or could not (0).',
    'gauge',
    'loki-rule',
    'dataset',
    {
      caveat: LATE,
    }
  ),
  defineMetric(
    'sedna_log_knowledge_base_files_lost_per_minute',
    'Signs in a minute that the knowledge base has lost a file that its tables name.',
    'gauge',
    'loki-rule',
    'knowledge-base',
    {
      labels: ['file'],
      unit: 'lines',
      caveat: `The file "index" is seen by the answer 500 to a status update, "model" by a worker that unpickles the answer and fails with KeyError. ${LATE}`,
    }
  ),
];
