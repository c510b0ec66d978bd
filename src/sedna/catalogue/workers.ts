import { asked, metric, planned, type Metric } from './types';

/** What tells about worker pods and what they do. */
export const WORKER_METRICS: readonly Metric[] = [
  metric(
    'sedna:worker_pod:owned',
    'Worker pods with their owner; a step on the way to sedna:worker_pod_info.',
    'info',
    'recording-rule',
    'worker',
    { labels: ['pod', 'node', 'type_by_name'] }
  ),
  metric(
    'sedna:worker_pod_info',
    'A worker pod, with the job it belongs to and the node it runs on.',
    'info',
    'recording-rule',
    'worker',
    { labels: ['pod', 'worker_type', 'node'] }
  ),
  metric('sedna:workers:active', 'Worker pods that run.', 'gauge', 'recording-rule', 'worker', {
    unit: 'workers',
    proposal: asked(5, 'ActiveWorkersNumber'),
  }),
  metric(
    'sedna:workers:total',
    'Worker pods that exist, finished ones included.',
    'gauge',
    'recording-rule',
    'worker',
    {
      unit: 'workers',
      proposal: asked(5, 'TotalWorkerNumber'),
    }
  ),
  planned('sedna:worker_info', 'A worker, where it is and how it is.', 'info', 'recording-rule', 'worker', {
    labels: ['location', 'status'],
    proposal: asked(5, 'WorkersInfo'),
  }),
  planned('sedna:tasks:active', 'Worker runs in progress.', 'gauge', 'recording-rule', 'worker', {
    unit: 'tasks',
    proposal: asked(4, 'ActiveTasksNumber'),
  }),
  planned('sedna:tasks:total', 'Worker runs so far.', 'gauge', 'recording-rule', 'worker', {
    unit: 'tasks',
    proposal: asked(4, 'TotalTasksNumber'),
  }),
  planned(
    'sedna:task_info',
    'A worker run: active ones, and the last finished of each type.',
    'info',
    'recording-rule',
    'worker',
    {
      labels: ['location', 'work', 'status'],
      proposal: asked(4, 'TasksInfo'),
    }
  ),
  planned('sedna:task_start_timestamp_seconds', 'When a worker run started.', 'timestamp', 'recording-rule', 'worker', {
    proposal: asked(4, 'TasksInfo'),
  }),
  planned('sedna:task_duration_seconds', 'How long a worker run took.', 'gauge', 'recording-rule', 'worker', {
    unit: 'seconds',
    proposal: asked(4, 'TasksInfo'),
  }),
  planned(
    'sedna_log_inference_samples_total',
    'Samples inferred, from inference logs.',
    'counter',
    'loki-rule',
    'worker',
    {
      labels: ['state', 'task'],
      unit: 'samples',
      proposal: asked(6, 'InferenceDoneNumber', 'InferenceReadyNumber', 'InferenceErrorNumber'),
      caveat: 'Sedna has no counters of its own: which lines count is configuration.',
    }
  ),
  planned('sedna:inference_samples', 'Samples inferred, by state.', 'gauge', 'recording-rule', 'worker', {
    labels: ['state', 'task'],
    unit: 'samples',
    proposal: asked(6, 'InferenceDoneNumber', 'InferenceReadyNumber', 'InferenceErrorNumber'),
  }),
  planned('sedna:inference_rate:percent', 'Share of samples that were inferred.', 'gauge', 'recording-rule', 'worker', {
    unit: 'percent',
    proposal: asked(6, 'InferenceRate'),
  }),
];
