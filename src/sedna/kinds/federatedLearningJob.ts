import { JOB_PHASES } from './shared/conditions';
import type { KindDefinition } from './shared/kindDefinition';

export const federatedLearningJob: KindDefinition = {
  kind: 'FederatedLearningJob',
  plural: 'federatedlearningjobs',
  shortName: 'fl',
  noun: 'federated learning job',
  component: 'job',
  conditionTypes: ['Complete', 'Failed', 'Training'],
  staged: false,
  phases: JOB_PHASES,
  statusFields: ['active', 'succeeded', 'failed', 'phase', 'startTime', 'completionTime'],
  infoLabels: ['aggregation_model', 'pretrained_model'],
  workers: { pods: ['aggregation', 'train'] },
  controlled: true,
};
