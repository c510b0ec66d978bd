import { asked, metric, planned, type Metric } from './types';

const LOCATION = 'location is edge for a node with the role edge, cloud for any other, empty while unscheduled.';

/** What recording rules make of the series of others: tables 4 to 7 of the proposal, and what combines two sources. */
export const RULE_METRICS: readonly Metric[] = [
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
    labels: ['pod', 'worker_type', 'node', 'location', 'status'],
    proposal: asked(5, 'WorkersInfo'),
    caveat: `status is waiting (Pending), active (Running) or dead (Succeeded, Failed, Unknown). ${LOCATION}`,
  }),
  planned('sedna:tasks:active', 'Worker runs in progress.', 'gauge', 'recording-rule', 'worker', {
    unit: 'tasks',
    proposal: asked(4, 'ActiveTasksNumber'),
    caveat: 'A task here is one run of a worker, not a task that the knowledge base knows.',
  }),
  planned(
    'sedna:tasks:total',
    'Worker runs so far, as far as their pods are still there.',
    'gauge',
    'recording-rule',
    'worker',
    {
      unit: 'tasks',
      proposal: asked(4, 'TotalTasksNumber'),
    }
  ),
  planned(
    'sedna:task_info',
    'A worker run: those in progress, and the last finished one of each job and worker type.',
    'info',
    'recording-rule',
    'worker',
    {
      labels: ['pod', 'location', 'work', 'status'],
      proposal: asked(4, 'TasksInfo'),
      caveat: `work is the worker type, status active or dead. ${LOCATION}`,
    }
  ),
  planned('sedna:task_start_timestamp_seconds', 'When a worker run started.', 'timestamp', 'recording-rule', 'worker', {
    labels: ['pod', 'work'],
    proposal: asked(4, 'TasksInfo'),
  }),
  planned(
    'sedna:task_duration_seconds',
    'How long a worker run took, or takes so far.',
    'gauge',
    'recording-rule',
    'worker',
    {
      labels: ['pod', 'work'],
      unit: 'seconds',
      proposal: asked(4, 'TasksInfo'),
    }
  ),
  planned('sedna:inference_samples', 'Samples inferred in the last hour, by state.', 'gauge', 'recording-rule', 'job', {
    labels: ['state', 'task', 'origin'],
    unit: 'samples',
    proposal: asked(6, 'InferenceDoneNumber', 'InferenceReadyNumber', 'InferenceErrorNumber'),
    caveat: 'origin is custom where the job records the number in the custom tables, which is preferred, else log.',
  }),
  planned(
    'sedna:inference_rate:percent',
    'Share of samples whose inference was completed, in the last hour.',
    'gauge',
    'recording-rule',
    'job',
    {
      unit: 'percent',
      proposal: asked(6, 'InferenceRate'),
    }
  ),
  planned('sedna:knowledge_base_info', 'Where the knowledge base runs.', 'info', 'recording-rule', 'knowledge-base', {
    labels: ['ip', 'pod', 'node', 'node_type'],
    proposal: asked(7, 'KBServerIP', 'KBNodeType', 'KBNodeName'),
    caveat: 'ip is that of the service kb in the namespace sedna.',
  }),
  planned(
    'sedna:stage_samples',
    'Samples of a stage: what the local controller logged, else an estimate.',
    'gauge',
    'recording-rule',
    'job',
    {
      labels: ['stage', 'origin'],
      unit: 'samples',
      proposal: [...asked(2, 'StageTrainNumber', 'StageEvalNumber'), ...asked(9, 'EvalSampleNum')],
      caveat:
        'origin is log or estimate; the estimate is trainProb (or the rest) times the samples of the dataset, which counts those of earlier rounds too.',
    }
  ),
  planned(
    'sedna:job_deploy_status',
    'Deployment as conditions and the local controller tell it.',
    'stateset',
    'recording-rule',
    'job',
    {
      labels: ['status'],
      states: { label: 'status', values: ['Waiting', 'Ok', 'NotOk'] },
      proposal: asked(10, 'DeployStatus'),
    }
  ),
  planned('sedna:task_score', 'Score of a task at the newest evaluation of a job.', 'gauge', 'recording-rule', 'job', {
    labels: ['task', 'metric', 'pod'],
    unit: 'score',
    proposal: asked(9, 'TaskScore'),
  }),
  planned(
    'sedna:task_deployable',
    'Whether a task passed the newest evaluation of a job (1) or was dropped (0).',
    'gauge',
    'recording-rule',
    'job',
    {
      labels: ['task', 'pod'],
      proposal: asked(9, 'TaskStatus'),
    }
  ),
  planned(
    'sedna:task_sample_dir_info',
    'Where the newest training of a job has uploaded the samples of a task.',
    'info',
    'recording-rule',
    'job',
    {
      labels: ['task', 'url', 'pod'],
      proposal: asked(8, 'TaskSampleDir'),
    }
  ),
  planned(
    'sedna:local_controller_connected',
    'Whether the local controller of a node was connected (1) or not (0) when the global manager last spoke of it.',
    'gauge',
    'recording-rule',
    'node',
    {
      labels: ['node'],
      caveat: 'Absent where the global manager has not spoken of the node for a week.',
    }
  ),
  planned(
    'sedna:dataset_read',
    'Whether the last try of the local controller to read a dataset went well (1) or not (0).',
    'gauge',
    'recording-rule',
    'dataset'
  ),
];
