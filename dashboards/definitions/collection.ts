/** Collection health: whether metrics and logs arrive and how old they are. */
import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { countBy, NAMESPACE } from '../../src/query/dashboards';
import { buildStreamSelector } from '../../src/query/logs/logql';
import {
  above,
  age,
  aggregate,
  buildAnySelector,
  increaseSinceFirstSample,
  sampleTimestamp,
  buildSelector,
  withLabel,
  union,
} from '../../src/query/promql';
import { matches } from '../../src/query/escape';
import { seriesPanel, statPanel, tablePanel, timelinePanel } from '../panels';
import { createDashboard, buildDashboard, namespaceVariable } from '../base';
import { booleanMappings } from '../states';

/** Scrape jobs of this project, as named by its configuration or with the prefix of a chart. */
const SEDNA_SCRAPE_JOBS = matches('job', '.*(kube-state-metrics|sedna).*');
const TARGET_LABELS = ['cluster', 'job', 'instance'];
const TARGET_LEGEND = '{{cluster}} {{job}} {{instance}}';
const UP_MAPPINGS = booleanMappings('Up', 'Down');
const SOURCE_LABELS = ['cluster', 'source'];
const CAUSE_LABELS = [...SOURCE_LABELS, 'cause'];
const ERRORS = buildSelector('sedna_exporter_errors_total');

/** Age of the newest sample of each pipeline. It grows if a rule isn't evaluated or a scrape fails. */
const freshness = union(
  (
    [
      ['kube-state-metrics', 'kube_pod_info'],
      ['exporter', 'sedna_exporter_objects'],
      ['recording rules', 'sedna:worker_pod_info'],
      ['Loki rules', 'sedna_log_last_line_timestamp_seconds'],
    ] as const
  ).map(([way, metric]) =>
    withLabel(aggregate('min', ['cluster'], age(sampleTimestamp(buildSelector(metric)))), 'way', way)
  )
);

export function collectionDashboard(): Dashboard {
  return buildDashboard(
    createDashboard({
      id: 'collection',
      title: 'collection health',
      description: 'Whether metrics and logs arrive, how old they are, and what the exporter skipped.',
      page: 'configuration',
      logs: true,
    })
      .withVariable(namespaceVariable('kube_pod_info'))
      .withPanel(
        statPanel({
          title: 'Age of newest sample',
          descriptions: ['By pipeline. Loki rules write once a minute, and only while a worker logs.'],
          queries: [[freshness, '{{cluster}} {{way}}']],
          unit: 's',
          width: 14,
          showNames: true,
          noValue: 'No samples',
        })
      )
      .withPanel(
        statPanel({
          title: 'Series',
          descriptions: ['All metrics in the catalog, and custom metrics.'],
          queries: [
            [aggregate('count', ['cluster'], buildAnySelector([matches('__name__', 'sedna[_:].+')])), '{{cluster}}'],
          ],
          unit: 'locale',
          width: 4,
          noValue: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Errors and skipped data',
          showNames: true,
          descriptions: ['sedna_exporter_errors_total'],
          queries: [
            [aggregate('sum', SOURCE_LABELS, increaseSinceFirstSample(ERRORS, '$__range')), '{{cluster}} {{source}}'],
          ],
          width: 6,
          noValue: 'Not collected',
        })
      )
      .withRow(new RowBuilder('Scrapes'))
      .withPanel(
        timelinePanel({
          title: 'Targets',
          descriptions: ['Whether Prometheus can scrape them.'],
          queries: [[aggregate('max', TARGET_LABELS, buildSelector('up', [SEDNA_SCRAPE_JOBS])), TARGET_LEGEND]],
          mappings: UP_MAPPINGS,
          height: 6,
          noValue: 'No scrape job has kube-state-metrics or sedna in its name',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Scrape duration',
          descriptions: ['Must stay well below the scrape interval.'],
          queries: [
            [
              aggregate('max', TARGET_LABELS, buildSelector('scrape_duration_seconds', [SEDNA_SCRAPE_JOBS])),
              TARGET_LEGEND,
            ],
          ],
          unit: 's',
          noValue: 'No scrape job has kube-state-metrics or sedna in its name',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Samples per scrape',
          descriptions: [
            'Samples of the exporter must not grow with the history of objects. Samples of kube-state-metrics grow with finished pods, which Sedna keeps until their job is deleted.',
          ],
          queries: [
            [
              aggregate('max', TARGET_LABELS, buildSelector('scrape_samples_scraped', [SEDNA_SCRAPE_JOBS])),
              TARGET_LEGEND,
            ],
          ],
          unit: 'locale',
          noValue: 'No scrape job has kube-state-metrics or sedna in its name',
        })
      )
      .withRow(new RowBuilder('Exporter'))
      .withPanel(
        seriesPanel({
          title: 'Time since last successful read',
          descriptions: ['sedna_exporter_source_last_success_timestamp_seconds'],
          queries: [
            [
              aggregate(
                'min',
                SOURCE_LABELS,
                age(buildSelector('sedna_exporter_source_last_success_timestamp_seconds'))
              ),
              '{{cluster}} {{source}}',
            ],
          ],
          unit: 's',
          width: 8,
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Read duration',
          descriptions: ['sedna_exporter_read_duration_seconds'],
          queries: [
            [
              aggregate('max', SOURCE_LABELS, buildSelector('sedna_exporter_read_duration_seconds')),
              '{{cluster}} {{source}}',
            ],
          ],
          unit: 's',
          width: 8,
        })
      )
      .withPanel(
        tablePanel({
          title: 'Watched resources',
          descriptions: ['sedna_exporter_resource_up', 'sedna_exporter_objects'],
          expressions: [
            aggregate('max', ['cluster', 'resource'], buildSelector('sedna_exporter_resource_up')),
            aggregate('max', ['cluster', 'resource'], buildSelector('sedna_exporter_objects')),
          ],
          columns: [
            { field: 'resource', title: 'Resource' },
            { field: 'Value #A', title: 'Watch', width: 80, mappings: UP_MAPPINGS },
            { field: 'Value #B', title: 'Objects', width: 80 },
          ],
          width: 8,
          height: 8,
        })
      )
      .withPanel(
        tablePanel({
          title: 'Errors and skipped data by cause',
          descriptions: ['sedna_exporter_errors_total'],
          expressions: [
            above(aggregate('max', CAUSE_LABELS, ERRORS), 0),
            above(aggregate('max', CAUSE_LABELS, increaseSinceFirstSample(ERRORS, '$__range')), 0),
          ],
          columns: [
            { field: 'source', title: 'Source', width: 200 },
            { field: 'cause', title: 'Cause' },
            { field: 'Value #A', title: 'Since start', width: 150 },
            { field: 'Value #B', title: 'In time range', width: 150 },
          ],
          sortBy: 'Since start',
          height: 7,
          noValue: 'None',
        })
      )
      .withRow(new RowBuilder('Logs'))
      .withPanel(
        seriesPanel({
          title: 'Log lines by node',
          descriptions: ['A node without lines is offline, or its log collector is down.'],
          queries: [[countBy(['node'], buildStreamSelector([NAMESPACE])), '{{node}}']],
          source: 'loki',
          stacked: 'bars',
          noValue: 'No log lines in this time range',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Log lines by namespace',
          descriptions: ['Lines sent by the log collectors.'],
          queries: [[countBy(['namespace'], buildStreamSelector([NAMESPACE])), '{{namespace}}']],
          source: 'loki',
          stacked: 'bars',
          noValue: 'No log lines in this time range',
        })
      )
  );
}
