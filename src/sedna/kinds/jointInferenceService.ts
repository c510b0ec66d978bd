import { SERVICE_CONDITIONS } from './shared/conditions';
import type { KindDefinition } from './shared/kindDefinition';

export const jointInferenceService: KindDefinition = {
  kind: 'JointInferenceService',
  plural: 'jointinferenceservices',
  shortName: 'ji',
  noun: 'joint inference service',
  component: 'service',
  conditionTypes: SERVICE_CONDITIONS,
  staged: false,
  phases: [],
  statusFields: ['active', 'failed', 'metrics', 'startTime'],
  infoLabels: ['edge_model', 'cloud_model'],
  // Bare pods up to Sedna v0.6, Deployments since v0.7.
  workers: { pods: ['edge', 'cloud'], deployments: ['edge', 'cloud'] },
  controlled: true,
};
