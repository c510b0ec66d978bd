import { CONDITION_STATUSES, STAGE_CONDITIONS } from '../kinds';
import { asked, metric, planned, type Metric } from './types';

/** What tells about jobs. */
export const JOB_METRICS: readonly Metric[] = [
  metric(
    'sedna_lifelonglearningjob_info',
    'A lifelong learning job exists; its dataset and where it writes.',
    'info',
    'kube-state-metrics',
    'job',
    { labels: ['dataset', 'output_dir'] }
  ),
  metric(
    'sedna_lifelonglearningjob_status',
    'Status of the newest condition.',
    'stateset',
    'kube-state-metrics',
    'job',
    {
      labels: ['status'],
      states: { label: 'status', values: CONDITION_STATUSES },
      proposal: asked(1, 'JobStatus'),
      caveat: 'Sedna only ever writes "True", also for a condition that tells of a failure.',
    }
  ),
  metric(
    'sedna_lifelonglearningjob_condition',
    'Newest condition, with the stage it belongs to.',
    'stateset',
    'kube-state-metrics',
    'job',
    {
      labels: ['stage', 'condition'],
      states: { label: 'condition', values: STAGE_CONDITIONS },
      proposal: asked(1, 'StageConditionStatus', 'LearningStage'),
    }
  ),
  metric(
    'sedna_lifelonglearningjob_last_transition_timestamp_seconds',
    'When the newest condition was written.',
    'timestamp',
    'kube-state-metrics',
    'job'
  ),
  metric(
    'sedna_lifelonglearningjob_start_timestamp_seconds',
    'When the global manager first saw the job.',
    'timestamp',
    'kube-state-metrics',
    'job'
  ),
  metric(
    'sedna_lifelonglearningjob_train_probability',
    'Share of new samples that is used for training; the rest is for evaluation.',
    'gauge',
    'kube-state-metrics',
    'job',
    { unit: 'ratio', proposal: asked(2, 'StageTrainNumber', 'StageEvalNumber') }
  ),
  planned('sedna_job_round', 'Round the job is in, from its output directory.', 'gauge', 'exporter-cluster', 'job', {
    caveat: 'Restarts at 1 when the local controller restarts.',
  }),
  planned('sedna_job_condition_transitions_total', 'Conditions written so far.', 'counter', 'exporter-cluster', 'job', {
    labels: ['stage', 'condition'],
  }),
  planned(
    'sedna_job_stage_duration_seconds',
    'Duration of the last finished run of a stage.',
    'gauge',
    'exporter-cluster',
    'job',
    { labels: ['stage'], unit: 'seconds' }
  ),
  planned(
    'sedna_job_last_transition_timestamp_seconds',
    'When the newest condition was written.',
    'timestamp',
    'exporter-cluster',
    'job'
  ),
  planned('sedna_job_trigger_info', 'What lets training start.', 'info', 'exporter-cluster', 'job', {
    labels: ['operator', 'metric', 'window_start', 'window_end'],
  }),
  planned(
    'sedna_job_trigger_threshold',
    'New training samples that the trigger compares with.',
    'gauge',
    'exporter-cluster',
    'job',
    { unit: 'samples' }
  ),
  planned('sedna_job_model_info', 'Model that is current in a role.', 'info', 'exporter-cluster', 'job', {
    labels: ['role', 'url'],
    proposal: [
      ...asked(8, 'TaskModelSavePath', 'TaskModelBaseModelPath'),
      ...asked(9, 'EvalModelUrl'),
      ...asked(10, 'DeployModelUrl'),
    ],
  }),
  planned(
    'sedna_job_eval_metric',
    'Evaluation metric of the newest Eval/Completed.',
    'gauge',
    'exporter-cluster',
    'job',
    { labels: ['metric'], unit: 'score', proposal: asked(9, 'TaskEvalResult') }
  ),
  planned('sedna_job_deploy_status', 'Deployment as the conditions tell it.', 'stateset', 'exporter-cluster', 'job', {
    labels: ['status'],
    states: { label: 'status', values: ['Waiting', 'Ok'] },
    proposal: asked(10, 'DeployStatus'),
  }),
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
  planned(
    'sedna_log_deploy_errors_total',
    'Deployments that the local controller could not complete.',
    'counter',
    'loki-rule',
    'job',
    { proposal: asked(10, 'DeployStatus') }
  ),
  planned('sedna_log_stage_samples', 'Samples that the local controller reports.', 'gauge', 'loki-rule', 'job', {
    labels: ['stage'],
    unit: 'samples',
    proposal: asked(2, 'StageTrainNumber', 'StageEvalNumber'),
    caveat: 'Train is the newest increment only; Eval is cumulative and contains duplicates.',
  }),
  planned('sedna:stage_samples', 'Samples of a stage, from logs or estimated.', 'gauge', 'recording-rule', 'job', {
    labels: ['stage'],
    unit: 'samples',
    proposal: [...asked(2, 'StageTrainNumber', 'StageEvalNumber'), ...asked(9, 'EvalSampleNum')],
  }),
];
