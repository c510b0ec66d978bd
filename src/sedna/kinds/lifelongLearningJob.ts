import { STAGE_CONDITIONS } from './shared/conditions';
import type { KindDefinition } from './shared/kindDefinition';

export const lifelongLearningJob: KindDefinition = {
  kind: 'LifelongLearningJob',
  plural: 'lifelonglearningjobs',
  shortName: 'll',
  noun: 'lifelong learning job',
  component: 'job',
  conditionTypes: STAGE_CONDITIONS,
  staged: true,
  triggered: true,
  phases: [],
  statusFields: ['knowledgeBase', 'startTime', 'completionTime'],
  infoLabels: ['dataset', 'output_dir'],
  workers: { pods: ['train', 'eval', 'inference'] },
  controlled: true,
};
