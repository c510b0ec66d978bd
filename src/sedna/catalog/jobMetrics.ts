import { KINDS } from '../kinds';
import {
  NO_BASE_MODEL,
  NO_FEATURE_EXTRACTION_FIGURES,
  NO_JOINT_INFERENCE_COUNTS,
  NO_MODEL_METRICS,
} from './notRecorded';
import { getFamilyPrefix } from './resourceMetrics';
import { proposalRefs, defineMetric, type Metric } from './types';

/** Metrics from `conditions[].data` and the condition history of lifelong and incremental learning jobs. */
export const JOB_METRICS: readonly Metric[] = [
  defineMetric(
    'sedna_job_round',
    'Round the job is in, as Sedna numbers it in its output directory.',
    'gauge',
    'exporter-cluster',
    'job',
    {
      unit: 'rounds',
      caveat:
        'Restarts at 1 when the local controller restarts. Sedna numbers triggers, not runs: numbers of triggers without a worker, as while a pod is pending, are left out, so that the number can skip some.',
    }
  ),
  defineMetric(
    'sedna_job_condition_transitions_total',
    'Conditions written so far.',
    'counter',
    'exporter-cluster',
    'job',
    {
      labels: ['stage', 'condition'],
      caveat:
        'Never falls while the exporter runs, also when the global manager overwrites conditions; begins again with a job of the same name that is made anew.',
    }
  ),
  defineMetric(
    'sedna_job_conditions_lost_total',
    'Conditions that were written and that a later version of the job no longer has.',
    'counter',
    'exporter-cluster',
    'job',
    {
      labels: ['stage', 'data'],
      caveat:
        'The global manager writes the whole status from a copy, and so removes what was appended in between. The label data tells whether the condition carried data, such as the report of a worker. A loss between two versions that the exporter did not see is not counted, and one that is written again counts.',
    }
  ),
  defineMetric(
    'sedna_job_last_transition_timestamp_seconds',
    'When the newest condition was written.',
    'timestamp',
    'exporter-cluster',
    'job'
  ),
  defineMetric(
    'sedna_job_state_start_timestamp_seconds',
    'When the job entered the state of its newest condition.',
    'timestamp',
    'exporter-cluster',
    'job',
    {
      caveat:
        'Conditions that repeat are one state, and so are Ready and Starting, which alternate while a pod is pending or refused.',
    }
  ),
  defineMetric(
    'sedna_job_stage_duration_seconds',
    'Duration of the last finished run of a stage, from its first condition to Completed or Failed.',
    'gauge',
    'exporter-cluster',
    'job',
    {
      labels: ['stage'],
      unit: 'seconds',
      caveat:
        'Waiting counts. Sedna writes times in whole seconds; a report that comes late, or a clock that was set back, changes nothing.',
    }
  ),
  defineMetric(
    'sedna_job_consecutive_failures',
    'Failures of a stage since it last completed.',
    'gauge',
    'exporter-cluster',
    'job',
    { labels: ['stage'], caveat: 'Absent for a stage that has never ended.' }
  ),
  defineMetric(
    'sedna_job_completed_without_data',
    'Whether the newest Completed condition of a stage carries no data (1), as when the report of its worker was lost.',
    'gauge',
    'exporter-cluster',
    'job',
    { labels: ['stage'], caveat: 'Deploy never carries data when it completes and is left out.' }
  ),
  defineMetric('sedna_job_trigger_info', 'What lets training start.', 'info', 'exporter-cluster', 'job', {
    labels: ['operator', 'metric', 'window_start', 'window_end'],
    caveat: 'The window is in the local time of the local controller; Sedna ignores checkPeriodSeconds.',
  }),
  defineMetric(
    'sedna_job_trigger_threshold',
    'Unused training samples that the trigger compares with.',
    'gauge',
    'exporter-cluster',
    'job',
    { unit: 'samples' }
  ),
  defineMetric('sedna_job_model_info', 'Model that is current in a role.', 'info', 'exporter-cluster', 'job', {
    labels: ['role', 'url', 'model_version'],
    proposal: [
      ...proposalRefs(8, 'TaskModelSavePath', 'TaskModelBaseModelPath'),
      ...proposalRefs(9, 'EvalModelUrl'),
      ...proposalRefs(10, 'DeployModelUrl'),
    ],
    caveat:
      'At most 16 models a role. After a lost report the trained model is that of an earlier round. An incremental learning job evaluates two models: the label model_version is new for the one that was trained, and old for the one that it is compared with. A deployment copies the new one over the old one.',
    notRecorded: NO_BASE_MODEL,
    isPartRecorded: true,
  }),
  defineMetric(
    'sedna_job_eval_metric',
    'Evaluation metric of the newest Eval/Completed.',
    'gauge',
    'exporter-cluster',
    'job',
    {
      labels: ['metric'],
      unit: 'score',
      proposal: proposalRefs(9, 'TaskEvalResult'),
      caveat:
        'Of several models the first that has metrics, or the new one of an incremental learning job; at most 64. A list has one series for each class, in the order of the script: precision[0]. Values that are no number are counted by the exporter and left out.',
    }
  ),
  defineMetric(
    'sedna_job_compared_metric',
    'Evaluation metric of the old model, which the new one of the newest Eval/Completed is compared with.',
    'gauge',
    'exporter-cluster',
    'job',
    {
      labels: ['metric'],
      unit: 'score',
      caveat:
        'Only incremental learning jobs compare models. Lists and values that are no number are as in sedna_job_eval_metric.',
    }
  ),
  defineMetric(
    'sedna_job_deploy_status',
    'Newest deployment, as its conditions tell it; neither state where there was no model to deploy.',
    'stateset',
    'exporter-cluster',
    'job',
    {
      labels: ['status'],
      states: { label: 'status', values: ['Waiting', 'Ok'] },
      proposal: proposalRefs(10, 'DeployStatus'),
      caveat:
        'Stays during the rounds that follow. Conditions never tell of a failed deployment; sedna:job_deploy_status adds what the local controller logs.',
    }
  ),
  defineMetric('sedna_model_metric', 'Metric of a model, by key.', 'gauge', 'exporter-cluster', 'model', {
    labels: ['key'],
    unit: 'score',
    proposal: proposalRefs(3, 'Key'),
    caveat: 'A percentage is no number. What is no number is counted by the exporter and left out; at most 64 keys.',
    notRecorded: NO_MODEL_METRICS,
    isPartRecorded: true,
  }),
  ...KINDS.filter(({ component, statusFields }) => component === 'service' && statusFields.includes('metrics')).map(
    ({ kind }) =>
      defineMetric(
        `${getFamilyPrefix(kind)}_metric`,
        'Figure that the workers of the service report, by key.',
        'gauge',
        'exporter-cluster',
        'service',
        {
          labels: ['key'],
          caveat:
            'Values that are no number (the times that workers report, for one) are counted by the exporter and left out.',
          notRecorded: kind === 'JointInferenceService' ? NO_JOINT_INFERENCE_COUNTS : NO_FEATURE_EXTRACTION_FIGURES,
        }
      )
  ),
];
