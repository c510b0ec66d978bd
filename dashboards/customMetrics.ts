/** Whatever jobs record in the custom tables of the knowledge base: a panel for each metric that there is. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { customMetric } from '../src/query/dashboards';
import { aggregate, buildAnySelector } from '../src/query/promql';
import { matches } from '../src/query/escape';
import { CUSTOM_METRIC_PREFIX } from '../src/sedna/catalog';
import { seriesPanel, statPanel, tablePanel } from './panels';
import { board, finished, labelVariable } from './shared';

const ANY = buildAnySelector([matches('__name__', `${CUSTOM_METRIC_PREFIX}.+`)]);
const ABOUT = 'From the tables metric and metric_value of the knowledge base, where anybody may register a metric.';

export function customMetricsDashboard(): Dashboard {
  return finished(
    board({
      id: 'custom',
      title: 'custom metrics',
      description: 'A panel for each metric that jobs record in the custom tables of the knowledge base.',
      page: 'metrics',
    })
      .withVariable(labelVariable('__name__', ANY, { name: 'metric', label: 'Metric' }))
      .withPanel(
        statPanel({
          title: 'Metrics',
          about: [ABOUT],
          asks: [[aggregate('count', ['cluster'], aggregate('count', ['cluster', '__name__'], ANY)), '{{cluster}}']],
          height: 6,
          empty: 'none yet',
        })
      )
      .withPanel(
        tablePanel({
          title: 'How many series each has',
          about: [ABOUT],
          expressions: [aggregate('count', ['cluster', '__name__'], ANY)],
          columns: [
            { of: '__name__', title: 'Metric' },
            { of: 'Value', title: 'Series', width: 120 },
          ],
          width: 20,
          height: 6,
          empty: 'No job has recorded a metric of its own',
        })
      )
      .withPanel(
        seriesPanel({
          title: '$metric',
          about: [ABOUT],
          asks: [[customMetric('metric'), '__auto']],
          height: 10,
          empty: 'No job has recorded a metric of its own',
        })
          .repeat('metric')
          .repeatDirection('h')
          .maxPerRow(2)
      )
  );
}
