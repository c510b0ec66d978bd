import { JOB_PHASES, STAGE_CONDITIONS } from './shared/conditions';
import type { KindDefinition } from './shared/kindDefinition';

export const videoAnalyticsJob: KindDefinition = {
  kind: 'VideoAnalyticsJob',
  plural: 'videoanalyticsjobs',
  shortName: 'va',
  noun: 'video analytics job',
  component: 'job',
  conditionTypes: STAGE_CONDITIONS,
  staged: false,
  phases: JOB_PHASES,
  statusFields: ['active', 'succeeded', 'failed', 'phase', 'startTime', 'completionTime'],
  infoLabels: ['model'],
  workers: { pods: ['videoanalytics'] },
  controlled: true,
};
