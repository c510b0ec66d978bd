import { metric, planned, type Metric } from './types';

/** What the exporter tells about itself. */
export const EXPORTER_METRICS: readonly Metric[] = [
  metric(
    'sedna_exporter_source_last_success_timestamp_seconds',
    'When a source was last read without an error.',
    'timestamp',
    'exporter-knowledge-base',
    'exporter',
    { labels: ['source'] }
  ),
  metric(
    'sedna_exporter_read_duration_seconds',
    'How long the last read of a source took.',
    'gauge',
    'exporter-knowledge-base',
    'exporter',
    { labels: ['source'], unit: 'seconds' }
  ),
  metric(
    'sedna_exporter_errors_total',
    'Reads that failed and rows that were left out, by cause.',
    'counter',
    'exporter-knowledge-base',
    'exporter',
    { labels: ['source', 'cause'] }
  ),
  planned(
    'sedna_exporter_objects',
    'Custom resources that the exporter watches.',
    'gauge',
    'exporter-cluster',
    'exporter',
    {
      labels: ['resource'],
    }
  ),
];
