import { SERVICE_CONDITIONS } from './shared/conditions';
import type { KindDefinition } from './shared/kindDefinition';

export const featureExtractionService: KindDefinition = {
  kind: 'FeatureExtractionService',
  plural: 'featureextractionservices',
  shortName: 'fe',
  noun: 'feature extraction service',
  component: 'service',
  conditionTypes: SERVICE_CONDITIONS,
  staged: false,
  phases: [],
  statusFields: ['active', 'failed', 'metrics', 'startTime'],
  infoLabels: ['model'],
  workers: { deployments: ['fe'] },
  controlled: true,
};
