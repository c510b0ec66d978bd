/**
 * Metrics of Sedna's observability proposal for features other than lifelong learning. Most of those missing are known only
 * to the code of a user's worker, and Sedna doesn't report them.
 */
import type { KindName } from '../kinds';

export interface FeatureRow {
  /** Name in the proposal. */
  asked: string;
  /** Corresponding metric; absent if Sedna doesn't record it. */
  metric?: string;
  /** Remark on the metric, or the reason why there is none. */
  note?: string;
}

const row = (asked: string, metric: string, note?: string): FeatureRow => ({ asked, metric, note });
const missing = (note: string, ...asked: string[]): FeatureRow[] => asked.map((each) => ({ asked: each, note }));

const WORKER_ONLY = 'only the code of the worker knows it, and Sedna passes it on nowhere';

export const FEATURES: Partial<Record<KindName, readonly FeatureRow[]>> = {
  IncrementalLearningJob: [
    row('CurrentStatus', 'sedna_incrementallearningjob_condition'),
    row('TaskStage', 'sedna_incrementallearningjob_condition', 'The label stage.'),
    row('StartTime', 'sedna_incrementallearningjob_start_timestamp_seconds'),
    row('IterationNo', 'sedna_job_round'),
    row('TrainSampleNum', 'sedna:stage_samples', 'The label stage is train.'),
    row('EvalSampleNum', 'sedna:stage_samples', 'The label stage is eval.'),
    row('TrainOutputModelUrl', 'sedna_job_model_info', 'The role trained.'),
    row('EvalNewModelUrl', 'sedna_job_model_info', 'The role evaluated, with the model_version new.'),
    row('DeployModelUrl', 'sedna_job_model_info', 'The role deployed: the new model is copied over the old one.'),
    row('DeployStatus', 'sedna:job_deploy_status'),
    row('AccuracyMetricForNewModel', 'sedna_job_eval_metric'),
    row('AccuracyMetricForOldModel', 'sedna_job_compared_metric'),
    ...missing(
      'inference reports to Sedna in joint inference only',
      'IterationInferenceCount',
      'IterationHardSampleNum'
    ),
    ...missing(WORKER_ONLY, 'TrainLoss', 'TrainRemainingTime', 'EvalRemainingTime'),
  ],
  FederatedLearningJob: [
    row('TrainStatus', 'sedna_federatedlearningjob_condition'),
    row('StartTime', 'sedna_federatedlearningjob_start_timestamp_seconds'),
    row('CompletionTime', 'sedna_federatedlearningjob_completion_timestamp_seconds'),
    row('TrainNodes', 'sedna:worker_info', 'The label node.'),
    row('NodeSampleNum', 'sedna_dataset_samples', 'By dataset: each is on one node.'),
    ...missing(WORKER_ONLY, 'IterationNo', 'AggregationNo'),
  ],
  JointInferenceService: [
    row('StageConditionStatus', 'sedna_jointinferenceservice_condition'),
    row('StartTime', 'sedna_jointinferenceservice_start_timestamp_seconds'),
    row('EdgeInferenceCount', 'sedna:inference_samples', 'From lines of the workers that patterns find.'),
    ...missing('the counters of the edge workers do not reach the status', 'HardSampleNum', 'CloudInferenceCount'),
  ],
};
