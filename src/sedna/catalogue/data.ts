import { asked, metric, planned, type Metric } from './types';

/** What tells about datasets and models. */
export const DATA_METRICS: readonly Metric[] = [
  metric('sedna_dataset_info', 'A dataset exists; its address.', 'info', 'kube-state-metrics', 'dataset', {
    labels: ['url', 'format', 'node'],
  }),
  metric('sedna_dataset_samples', 'Samples in the dataset.', 'gauge', 'kube-state-metrics', 'dataset', {
    unit: 'samples',
    proposal: asked(2, 'NumberOfSamples'),
  }),
  metric(
    'sedna_dataset_update_timestamp_seconds',
    'When the local controller last reported the dataset.',
    'timestamp',
    'kube-state-metrics',
    'dataset'
  ),
  metric('sedna_model_info', 'A model exists; its address.', 'info', 'kube-state-metrics', 'model', {
    labels: ['url', 'format'],
  }),
  metric(
    'sedna_model_update_timestamp_seconds',
    'When the metrics of the model were last reported.',
    'timestamp',
    'kube-state-metrics',
    'model'
  ),
  planned('sedna_model_metric', 'Metric of a model, by key.', 'gauge', 'exporter-cluster', 'model', {
    labels: ['key'],
    unit: 'score',
    proposal: asked(3, 'Key'),
    caveat: 'Values that are no number are counted by the exporter and left out.',
  }),
];
