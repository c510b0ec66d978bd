import { JOB_PHASES, STAGE_CONDITIONS } from './shared/conditions';
import type { KindDefinition } from './shared/kindDefinition';

export const reidJob: KindDefinition = {
  kind: 'ReidJob',
  plural: 'reidjobs',
  shortName: 'reid',
  noun: 're-identification job',
  component: 'job',
  conditionTypes: STAGE_CONDITIONS,
  staged: false,
  phases: JOB_PHASES,
  statusFields: ['active', 'succeeded', 'failed', 'phase', 'startTime', 'completionTime'],
  infoLabels: [],
  workers: { pods: ['reid'] },
  controlled: true,
};
