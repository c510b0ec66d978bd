import type { KindDefinition } from './shared/kindDefinition';

export const model: KindDefinition = {
  kind: 'Model',
  plural: 'models',
  noun: 'model',
  component: 'model',
  conditionTypes: [],
  staged: false,
  phases: [],
  statusFields: ['metrics', 'updateTime'],
  infoLabels: ['url', 'format'],
  controlled: true,
};
