/** Names of the kinds alone: what Grafana loads at its own start needs no more of them. */
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
