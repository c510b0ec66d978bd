import { SERVICE_CONDITIONS } from './shared/conditions';
import type { KindDefinition } from './shared/kindDefinition';

export const objectSearchService: KindDefinition = {
  kind: 'ObjectSearchService',
  plural: 'objectsearchservices',
  shortName: 'objs',
  noun: 'object search service',
  component: 'service',
  conditionTypes: SERVICE_CONDITIONS,
  staged: false,
  phases: [],
  statusFields: ['active', 'failed', 'startTime'],
  infoLabels: [],
  workers: { pods: ['trackingworker'], deployments: ['reidworker', 'userworker'] },
  controlled: true,
  // The kind is missing in the scheme of the clients (pkg/apis/sedna/v1alpha1/register.go), so each update is refused.
  isStatusLost: true,
};
