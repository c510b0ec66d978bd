import { NO_INFERENCE_COUNTS } from './notRecorded';
import { proposalRefs, defineMetric, type Metric } from './types';

const LOCATION =
  'location is edge for a node with the role edge, cloud for any other, empty while unscheduled or when the node is gone.';
const LOG_VALUE_LOOKBACK = 'Of the newest pod that has logged any; held for a week, and while the job exists.';
const OFFLINE = 'A pod on a node that is offline keeps its last status.';
const CREATED_AGAIN = 'A job that was deleted and created again under its name keeps the former number until then.';

/** Metrics of recording rules: tables 4 to 7 of the proposal, and combinations of two sources. */
export const RULE_METRICS: readonly Metric[] = [
  defineMetric(
    'sedna:worker_pod:owned',
    'Worker pods with what they work for; a step on the way to sedna:worker_pod_info.',
    'info',
    'recording-rule',
    'worker',
    { labels: ['pod', 'node', 'type_by_name'] }
  ),
  defineMetric(
    'sedna:worker_pod_info',
    'A worker pod, with the job it belongs to and the node it runs on.',
    'info',
    'recording-rule',
    'worker',
    {
      labels: ['pod', 'worker_type', 'node'],
      caveat:
        'Workers that run as Deployments are told by the name of their ReplicaSet or by their labels, and only while there is such a resource.',
    }
  ),
  defineMetric(
    'sedna:kube_state_metrics_instances',
    'Processes of kube-state-metrics that show nodes, pods, or Sedna resources.',
    'gauge',
    'recording-rule',
    'exporter',
    {
      caveat:
        'While it is lower than it was for at least a tenth of the last day, alerts about something that does not exist are silent.',
    }
  ),
  defineMetric('sedna:job_info', 'A job or service of any kind exists.', 'info', 'recording-rule', 'job'),
  defineMetric(
    'sedna:finding',
    'The condition of a rule of diagnosis holds now; absent otherwise.',
    'gauge',
    'recording-rule',
    'job',
    {
      labels: ['rule', 'severity'],
      caveat:
        'Without patience: an alert fires after its condition has held for a while. Some rules have more labels, and rules about nodes, datasets, or the collection have others.',
    }
  ),
  defineMetric(
    'sedna:worker_pod_start_timestamp_seconds',
    'When a worker pod started, by the clock of its node.',
    'timestamp',
    'recording-rule',
    'worker',
    {
      labels: ['pod', 'worker_type', 'node'],
      caveat:
        'Pods that are gone are remembered for a week, while their job exists; a Prometheus that is down for more than five minutes forgets them.',
    }
  ),
  defineMetric('sedna:workers:active', 'Worker pods that run.', 'gauge', 'recording-rule', 'worker', {
    unit: 'workers',
    proposal: proposalRefs(5, 'ActiveWorkersNumber'),
  }),
  defineMetric(
    'sedna:workers:total',
    'Worker pods that exist, finished ones included.',
    'gauge',
    'recording-rule',
    'worker',
    {
      unit: 'workers',
      proposal: proposalRefs(5, 'TotalWorkerNumber'),
    }
  ),
  defineMetric('sedna:worker_info', 'A worker, where it is and how it is.', 'info', 'recording-rule', 'worker', {
    labels: ['pod', 'worker_type', 'node', 'location', 'status'],
    proposal: proposalRefs(5, 'WorkersInfo'),
    caveat: `status is waiting (Pending), active (Running) or dead (Succeeded, Failed, Unknown). ${OFFLINE} ${LOCATION}`,
  }),
  defineMetric('sedna:tasks:active', 'Worker runs in progress.', 'gauge', 'recording-rule', 'worker', {
    unit: 'tasks',
    proposal: proposalRefs(4, 'ActiveTasksNumber'),
    caveat: 'A task here is one run of a worker, not a task that the knowledge base knows.',
  }),
  defineMetric(
    'sedna:tasks:total',
    'Worker runs so far, those in progress included, as far as their pods are still there.',
    'gauge',
    'recording-rule',
    'worker',
    {
      unit: 'tasks',
      proposal: proposalRefs(4, 'TotalTasksNumber'),
    }
  ),
  defineMetric(
    'sedna:task_info',
    'A worker run: those in progress, and the last finished one of each job and worker type.',
    'info',
    'recording-rule',
    'worker',
    {
      labels: ['pod', 'location', 'work', 'status'],
      proposal: proposalRefs(4, 'TasksInfo'),
      caveat: `work is the worker type, status active or dead: a pod that waits is no run yet. ${OFFLINE} ${LOCATION}`,
    }
  ),
  defineMetric(
    'sedna:task_start_timestamp_seconds',
    'When a worker run started, by the clock of its node.',
    'timestamp',
    'recording-rule',
    'worker',
    {
      labels: ['pod', 'work'],
      proposal: proposalRefs(4, 'TasksInfo'),
    }
  ),
  defineMetric(
    'sedna:task_duration_seconds',
    'How long a worker run took, or takes so far.',
    'gauge',
    'recording-rule',
    'worker',
    {
      labels: ['pod', 'work'],
      unit: 'seconds',
      proposal: proposalRefs(4, 'TasksInfo'),
      caveat:
        'Of a run in progress it is the time since its start by the clock of its node, and it goes on while the node is offline. Absent where kubelet has reported no end of a finished one, as for a pod that was evicted.',
    }
  ),
  defineMetric(
    'sedna:inference_samples',
    'Samples of inference by state and kind of task.',
    'gauge',
    'recording-rule',
    'job',
    {
      labels: ['state', 'task', 'origin'],
      unit: 'samples',
      proposal: proposalRefs(6, 'InferenceDoneNumber', 'InferenceReadyNumber', 'InferenceErrorNumber'),
      caveat:
        'origin is log, then of the last hour, or custom where the job records InferenceDoneNumber, InferenceReadyNumber and InferenceErrorNumber in the custom tables, then over the time that the job chooses; custom is preferred, for all numbers of a job. There the label namespace and the label name (or job) name the job, kind its kind where it is no LifelongLearningJob, task is known, unknown or, for a number that is not told apart, any or absent; rows with another task or of no existing job do not count.',
      notRecorded: NO_INFERENCE_COUNTS,
    }
  ),
  defineMetric(
    'sedna:inference_rate:percent',
    'Share of samples whose inference was completed, of those done, ready and with errors.',
    'gauge',
    'recording-rule',
    'job',
    {
      unit: 'percent',
      proposal: proposalRefs(6, 'InferenceRate'),
      caveat: 'From 0 to 100. Absent where there are no samples.',
      notRecorded: NO_INFERENCE_COUNTS,
    }
  ),
  defineMetric(
    'sedna:knowledge_base_info',
    'Where the knowledge base runs.',
    'info',
    'recording-rule',
    'knowledge-base',
    {
      labels: ['ip', 'pod', 'node', 'node_type'],
      proposal: proposalRefs(7, 'KBServerIP', 'KBNodeType', 'KBNodeName'),
      caveat:
        'ip is that of the service kb in the namespace sedna; node_type is edge or cloud. The labels of the pod are absent where none runs or waits to.',
    }
  ),
  defineMetric(
    'sedna:stage_samples',
    'Samples of a stage: what the local controller logged, else an estimate.',
    'gauge',
    'recording-rule',
    'job',
    {
      labels: ['stage', 'origin'],
      unit: 'samples',
      proposal: [...proposalRefs(2, 'StageTrainNumber', 'StageEvalNumber'), ...proposalRefs(9, 'EvalSampleNum')],
      caveat: `stage is train or eval. origin is log, for a week after the line, or estimate: trainProb (or the rest) times the samples of the dataset, which counts those of earlier rounds too. A logged number of train is the newest increment only, one of eval is cumulative and contains duplicates. ${CREATED_AGAIN}`,
    }
  ),
  defineMetric(
    'sedna:job_deploy_status',
    'Deployment as conditions and the local controller tell it.',
    'stateset',
    'recording-rule',
    'job',
    {
      labels: ['status'],
      states: { label: 'status', values: ['Waiting', 'Ok', 'NotOk'] },
      proposal: proposalRefs(10, 'DeployStatus'),
      caveat:
        'NotOk is a deployment that waits while the local controller has logged an error in the last ten minutes, not sooner than three minutes after it began to wait.',
    }
  ),
  defineMetric(
    'sedna:job_eval_metric:previous',
    'Evaluation metric of the Eval/Completed before the newest.',
    'gauge',
    'recording-rule',
    'job',
    {
      labels: ['metric'],
      unit: 'score',
      caveat: 'A Prometheus that is down for more than five minutes forgets it until the next evaluation.',
    }
  ),
  defineMetric(
    'sedna:task_score',
    'Score of a task at the newest evaluation of a job.',
    'gauge',
    'recording-rule',
    'job',
    {
      labels: ['task', 'metric', 'pod'],
      unit: 'score',
      proposal: proposalRefs(9, 'TaskScore'),
      caveat: LOG_VALUE_LOOKBACK,
    }
  ),
  defineMetric(
    'sedna:task_deployable',
    'Whether a task passed the newest evaluation of a job (1) or was dropped (0).',
    'gauge',
    'recording-rule',
    'job',
    {
      labels: ['task', 'pod'],
      proposal: proposalRefs(9, 'TaskStatus'),
      caveat: LOG_VALUE_LOOKBACK,
    }
  ),
  defineMetric(
    'sedna:task_sample_dir_info',
    'Where the newest training of a job has uploaded the samples of a task.',
    'info',
    'recording-rule',
    'job',
    {
      labels: ['task', 'url', 'pod'],
      proposal: proposalRefs(8, 'TaskSampleDir'),
      caveat: LOG_VALUE_LOOKBACK,
    }
  ),
  defineMetric(
    'sedna:local_controller_connected',
    'Whether the local controller of a node is connected to the global manager (1) or not (0), as both last said.',
    'gauge',
    'recording-rule',
    'node',
    {
      labels: ['node'],
      caveat:
        'What the local controller says counts while it fails again and again; else the global manager. Absent where that has not spoken of the node for a week.',
    }
  ),
  defineMetric(
    'sedna:dataset_read',
    'Whether the last try of the local controller to read a dataset went well (1) or not (0).',
    'gauge',
    'recording-rule',
    'dataset',
    {
      caveat:
        'A failure counts while it is repeated, a success until then. Absent where the local controller has not spoken of the dataset for a week.',
    }
  ),
];
