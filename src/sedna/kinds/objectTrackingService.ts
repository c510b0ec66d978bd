import { SERVICE_CONDITIONS } from './shared/conditions';
import type { KindDefinition } from './shared/kindDefinition';

export const objectTrackingService: KindDefinition = {
  kind: 'ObjectTrackingService',
  plural: 'objecttrackingservices',
  shortName: 'objt',
  noun: 'object tracking service',
  component: 'service',
  conditionTypes: SERVICE_CONDITIONS,
  staged: false,
  phases: [],
  statusFields: ['active', 'failed', 'startTime'],
  infoLabels: [],
  // The CRD exists, but Sedna registers no controller for it.
  controlled: false,
};
