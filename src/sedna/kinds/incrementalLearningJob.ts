import { STAGE_CONDITIONS } from './shared/conditions';
import type { KindDefinition } from './shared/kindDefinition';

export const incrementalLearningJob: KindDefinition = {
  kind: 'IncrementalLearningJob',
  plural: 'incrementallearningjobs',
  shortName: 'il',
  noun: 'incremental learning job',
  component: 'job',
  conditionTypes: STAGE_CONDITIONS,
  staged: true,
  triggered: true,
  comparesModels: true,
  phases: [],
  statusFields: ['startTime', 'completionTime'],
  infoLabels: ['dataset', 'output_dir', 'initial_model', 'deploy_model'],
  workers: { pods: ['train', 'eval', 'inference'] },
  controlled: true,
};
