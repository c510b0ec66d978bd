/** One panel for each metric in the custom tables of the knowledge base. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { customMetric } from '../../src/query/dashboards';
import { aggregate, buildAnySelector } from '../../src/query/promql';
import { matches } from '../../src/query/escape';
import { CUSTOM_METRIC_PREFIX } from '../../src/sedna/catalog';
import { seriesPanel, statPanel, tablePanel } from '../panels';
import { createDashboard, buildDashboard, labelVariable } from '../base';

const ANY_CUSTOM_METRIC = buildAnySelector([matches('__name__', `${CUSTOM_METRIC_PREFIX}.+`)]);
const SOURCE_DESCRIPTION =
  'From the tables metric and metric_value of the knowledge base, where any job can register a metric.';

export function customMetricsDashboard(): Dashboard {
  return buildDashboard(
    createDashboard({
      id: 'custom',
      title: 'custom metrics',
      description: 'A panel for each metric that jobs record in the custom tables of the knowledge base.',
      page: 'metrics',
    })
      .withVariable(labelVariable('__name__', ANY_CUSTOM_METRIC, { name: 'metric', label: 'Metric' }))
      .withPanel(
        statPanel({
          title: 'Metrics',
          descriptions: [SOURCE_DESCRIPTION],
          queries: [
            [
              aggregate('count', ['cluster'], aggregate('count', ['cluster', '__name__'], ANY_CUSTOM_METRIC)),
              '{{cluster}}',
            ],
          ],
          height: 6,
          noValue: 'None yet',
        })
      )
      .withPanel(
        tablePanel({
          title: 'Series by metric',
          descriptions: [SOURCE_DESCRIPTION],
          expressions: [aggregate('count', ['cluster', '__name__'], ANY_CUSTOM_METRIC)],
          columns: [
            { field: '__name__', title: 'Metric' },
            { field: 'Value', title: 'Series', width: 120 },
          ],
          width: 20,
          height: 6,
          noValue: 'No custom metrics yet',
        })
      )
      .withPanel(
        seriesPanel({
          title: '$metric',
          descriptions: [SOURCE_DESCRIPTION],
          queries: [[customMetric('metric'), '__auto']],
          height: 10,
          noValue: 'No custom metrics yet',
        })
          .repeat('metric')
          .repeatDirection('h')
          .maxPerRow(2)
      )
  );
}
