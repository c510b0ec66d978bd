/**
 * Names of all kinds, in the order of lists and generated files. Apart from the definitions, because the code that
 * Grafana loads at its start needs only these.
 */
export const KIND_NAMES = [
  'LifelongLearningJob',
  'IncrementalLearningJob',
  'FederatedLearningJob',
  'JointInferenceService',
  'FeatureExtractionService',
  'VideoAnalyticsJob',
  'ReidJob',
  'ObjectSearchService',
  'ObjectTrackingService',
  'Dataset',
  'Model',
] as const;
export type KindName = (typeof KIND_NAMES)[number];
