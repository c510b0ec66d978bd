/** Values of the URL parameter `about`; `other` is neither in the catalog nor custom. */
export const METRIC_CATEGORIES = [
  'job',
  'service',
  'dataset',
  'model',
  'worker',
  'knowledge-base',
  'node',
  'exporter',
  'custom',
  'other',
] as const;
export type MetricCategory = (typeof METRIC_CATEGORIES)[number];
