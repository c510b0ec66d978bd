import { defineMetric, type Metric } from './types';

/** Metrics of the exporter about itself. */
export const EXPORTER_METRICS: readonly Metric[] = [
  defineMetric(
    'sedna_exporter_source_last_success_timestamp_seconds',
    'When a source was last read without an error.',
    'timestamp',
    'exporter-knowledge-base',
    'exporter',
    { labels: ['source'] }
  ),
  defineMetric(
    'sedna_exporter_read_duration_seconds',
    'How long the last read of a source took.',
    'gauge',
    'exporter-knowledge-base',
    'exporter',
    { labels: ['source'], unit: 'seconds' }
  ),
  defineMetric(
    'sedna_exporter_errors_total',
    'Reads that failed, and what was left out or found odd in what was read, by cause.',
    'counter',
    'exporter-knowledge-base',
    'exporter',
    {
      labels: ['source', 'cause'],
      caveat: 'The same place in the same object or row counts once, however often it is read.',
    }
  ),
  defineMetric(
    'sedna_exporter_objects',
    'Custom resources that the exporter watches.',
    'gauge',
    'exporter-cluster',
    'exporter',
    { labels: ['resource'] }
  ),
  defineMetric(
    'sedna_exporter_resource_up',
    'Whether the exporter has listed and watches a resource of the cluster.',
    'gauge',
    'exporter-cluster',
    'exporter',
    { labels: ['resource'], caveat: 'There is no series of a resource that the cluster does not have.' }
  ),
  defineMetric(
    'sedna_exporter_journal_entries_total',
    'Entries that the exporter wrote to the journal, by what happened.',
    'counter',
    'exporter-cluster',
    'exporter',
    { labels: ['what'], caveat: 'After a restart without saved progress, entries are written again.' }
  ),
  defineMetric(
    'sedna_exporter_journal_failures_total',
    'Failed attempts to write the journal, or to save how far it got.',
    'counter',
    'exporter-cluster',
    'exporter',
    { labels: ['part'] }
  ),
  defineMetric(
    'sedna_exporter_journal_backlog_entries',
    'Entries of the journal that wait to be written, and objects whose history waits to be read.',
    'gauge',
    'exporter-cluster',
    'exporter',
    { caveat: 'After a first start, the backlog shrinks slowly, so that Loki keeps up.' }
  ),
  defineMetric(
    'sedna_exporter_journal_postponed_total',
    'Changes of objects that had to wait because too many entries of the journal waited to be written.',
    'counter',
    'exporter-cluster',
    'exporter',
    { caveat: 'Nothing is lost: the objects are read again. Versions between two reads are one change.' }
  ),
  defineMetric(
    'sedna_exporter_journal_lost_objects_total',
    'Objects and events that were deleted before their last entries could be written to the journal.',
    'counter',
    'exporter-cluster',
    'exporter'
  ),
];
