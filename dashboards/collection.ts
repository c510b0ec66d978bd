/** The health of what collects: whether what the other dashboards show is there, and how old it is. */
import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { countBy, NAMESPACE } from '../src/query/dashboards';
import { buildStreamSelector } from '../src/query/logs/logql';
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
} from '../src/query/promql';
import { matches } from '../src/query/escape';
import { seriesPanel, statPanel, tablePanel, timelinePanel } from './panels';
import { board, finished, namespaceVariable } from './shared';
import { yesNo } from './states';

/** Jobs of this project's scrapes, under the names that its configuration gives them, or a chart before them. */
const OURS = matches('job', '.*(kube-state-metrics|sedna).*');
const SCRAPE = ['cluster', 'job', 'instance'];
const OF_SCRAPE = '{{cluster}} {{job}} {{instance}}';
const UP = yesNo('up', 'down');
const SOURCE = ['cluster', 'source'];
const CAUSE = [...SOURCE, 'cause'];
const ERRORS = buildSelector('sedna_exporter_errors_total');

/** How old the newest sample of each way in is: a rule that does not run, or a scrape that fails, grows old. */
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
  return finished(
    board({
      id: 'collection',
      title: 'health of the collection',
      description: 'Whether metrics and logs arrive, how old they are, and what the exporter left out.',
      page: 'configuration',
      logs: true,
    })
      .withVariable(namespaceVariable('kube_pod_info'))
      .withPanel(
        statPanel({
          title: 'Age of the newest sample',
          about: ['By the way that samples come. Loki rules write once a minute and only while a worker logs.'],
          asks: [[freshness, '{{cluster}} {{way}}']],
          unit: 's',
          width: 14,
          named: true,
          empty: 'nothing is collected',
        })
      )
      .withPanel(
        statPanel({
          title: 'Series',
          about: ['All series that the catalogue names, and the custom ones.'],
          asks: [
            [aggregate('count', ['cluster'], buildAnySelector([matches('__name__', 'sedna[_:].+')])), '{{cluster}}'],
          ],
          unit: 'locale',
          width: 4,
          empty: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Left out',
          named: true,
          about: ['sedna_exporter_errors_total'],
          asks: [[aggregate('sum', SOURCE, increaseSinceFirstSample(ERRORS, '$__range')), '{{cluster}} {{source}}']],
          width: 6,
          empty: 'not collected',
        })
      )
      .withRow(new RowBuilder('Scrapes'))
      .withPanel(
        timelinePanel({
          title: 'Targets',
          about: ['Whether Prometheus could scrape them.'],
          asks: [[aggregate('max', SCRAPE, buildSelector('up', [OURS])), OF_SCRAPE]],
          states: UP,
          height: 6,
          empty: 'No target has kube-state-metrics or sedna in the name of its job',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'How long scrapes take',
          about: ['Must stay well below the scrape interval.'],
          asks: [[aggregate('max', SCRAPE, buildSelector('scrape_duration_seconds', [OURS])), OF_SCRAPE]],
          unit: 's',
          empty: 'No target has kube-state-metrics or sedna in the name of its job',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Samples of scrapes',
          about: [
            'Those of the exporter must not grow with the history of objects. Those of kube-state-metrics grow with finished pods, which Sedna keeps until their job is deleted.',
          ],
          asks: [[aggregate('max', SCRAPE, buildSelector('scrape_samples_scraped', [OURS])), OF_SCRAPE]],
          unit: 'locale',
          empty: 'No target has kube-state-metrics or sedna in the name of its job',
        })
      )
      .withRow(new RowBuilder('Exporter'))
      .withPanel(
        seriesPanel({
          title: 'Time since sources were read without an error',
          about: ['sedna_exporter_source_last_success_timestamp_seconds'],
          asks: [
            [
              aggregate('min', SOURCE, age(buildSelector('sedna_exporter_source_last_success_timestamp_seconds'))),
              '{{cluster}} {{source}}',
            ],
          ],
          unit: 's',
          width: 8,
        })
      )
      .withPanel(
        seriesPanel({
          title: 'How long reading takes',
          about: ['sedna_exporter_read_duration_seconds'],
          asks: [
            [aggregate('max', SOURCE, buildSelector('sedna_exporter_read_duration_seconds')), '{{cluster}} {{source}}'],
          ],
          unit: 's',
          width: 8,
        })
      )
      .withPanel(
        tablePanel({
          title: 'Resources that it watches',
          about: ['sedna_exporter_resource_up', 'sedna_exporter_objects'],
          expressions: [
            aggregate('max', ['cluster', 'resource'], buildSelector('sedna_exporter_resource_up')),
            aggregate('max', ['cluster', 'resource'], buildSelector('sedna_exporter_objects')),
          ],
          columns: [
            { of: 'resource', title: 'Resource' },
            { of: 'Value #A', title: 'Watch', width: 80, colored: UP },
            { of: 'Value #B', title: 'Objects', width: 80 },
          ],
          width: 8,
          height: 8,
        })
      )
      .withPanel(
        tablePanel({
          title: 'What it left out, or found odd',
          about: ['sedna_exporter_errors_total'],
          expressions: [
            above(aggregate('max', CAUSE, ERRORS), 0),
            above(aggregate('max', CAUSE, increaseSinceFirstSample(ERRORS, '$__range')), 0),
          ],
          columns: [
            { of: 'source', title: 'Source', width: 200 },
            { of: 'cause', title: 'Cause' },
            { of: 'Value #A', title: 'Since it started', width: 150 },
            { of: 'Value #B', title: 'In the time range', width: 150 },
          ],
          sortBy: 'Since it started',
          height: 7,
          empty: 'Nothing',
        })
      )
      .withRow(new RowBuilder('Logs'))
      .withPanel(
        seriesPanel({
          title: 'Lines in Loki, by node',
          about: ['A node that ships no lines is offline, or its log collector is.'],
          asks: [[countBy(['node'], buildStreamSelector([NAMESPACE])), '{{node}}']],
          source: 'loki',
          stacked: 'bars',
          empty: 'No line came in this time',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Lines in Loki, by namespace',
          about: ['Lines that the log collectors have shipped.'],
          asks: [[countBy(['namespace'], buildStreamSelector([NAMESPACE])), '{{namespace}}']],
          source: 'loki',
          stacked: 'bars',
          empty: 'No line came in this time',
        })
      )
  );
}
