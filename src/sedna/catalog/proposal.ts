/** Metrics of Sedna's Ops UI proposal, by table. */
import { NO_BASE_MODEL, NO_INFERENCE_COUNTS } from './notRecorded';

export interface ProposalRow {
  metric: string;
  /** If Sedna doesn't record it: other possible sources. */
  notRecorded?: string;
}

export interface ProposalTable {
  table: number;
  title: string;
  rows: readonly ProposalRow[];
}

const rows = (...metrics: string[]): ProposalRow[] => metrics.map((metric) => ({ metric }));
const notRecorded = (reason: string, ...metrics: string[]): ProposalRow[] =>
  metrics.map((metric) => ({ metric, notRecorded: reason }));

export const PROPOSAL_TABLES: readonly ProposalTable[] = [
  {
    table: 1,
    title: 'Status of a lifelong learning job',
    rows: rows('JobStatus', 'StageConditionStatus', 'LearningStage'),
  },
  { table: 2, title: 'Dataset', rows: rows('NumberOfSamples', 'StageTrainNumber', 'StageEvalNumber') },
  { table: 3, title: 'Model', rows: rows('Key') },
  {
    table: 4,
    title: 'Tasks, in the sense of worker runs',
    rows: rows('ActiveTasksNumber', 'TotalTasksNumber', 'TasksInfo'),
  },
  { table: 5, title: 'Workers', rows: rows('ActiveWorkersNumber', 'TotalWorkerNumber', 'WorkersInfo') },
  {
    table: 6,
    title: 'Samples for inference, of known and unknown tasks',
    rows: notRecorded(
      NO_INFERENCE_COUNTS,
      'InferenceDoneNumber',
      'InferenceReadyNumber',
      'InferenceErrorNumber',
      'InferenceRate'
    ),
  },
  { table: 7, title: 'Knowledge base', rows: rows('KBServerIP', 'KBNodeType', 'KBNodeName') },
  {
    table: 8,
    title: 'Training stage',
    rows: [
      ...rows('KnowTaskNum', 'TaskGroupModelFile', 'TaskSampleNum', 'TaskSampleDir', 'TaskModelSavePath'),
      ...notRecorded(NO_BASE_MODEL, 'TaskModelBaseModelPath'),
      ...rows('TaskRelationship', 'TaskProperties'),
    ],
  },
  {
    table: 9,
    title: 'Evaluation stage',
    rows: rows('EvalSampleNum', 'EvalModelUrl', 'TaskScore', 'TaskEvalResult', 'TaskStatus'),
  },
  { table: 10, title: 'Deploy stage', rows: rows('DeployStatus', 'DeployModelUrl') },
];
