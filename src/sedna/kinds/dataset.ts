import type { KindDefinition } from './shared/kindDefinition';

export const dataset: KindDefinition = {
  kind: 'Dataset',
  plural: 'datasets',
  noun: 'dataset',
  component: 'dataset',
  conditionTypes: [],
  staged: false,
  phases: [],
  statusFields: ['numberOfSamples', 'updateTime'],
  infoLabels: ['url', 'format', 'node'],
  controlled: true,
};
