/** Datasets and models: samples, load state, and users. */
import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { matchVariable, withDescription, NAMESPACE, ON_OBJECT, getVariable } from '../../src/query/dashboards';
import { age, aggregate, increaseSinceFirstSample, negated, buildSelector } from '../../src/query/promql';
import { modelsTable } from '../sharedPanels';
import { barsPanel, OBJECT_LEGEND, seriesPanel, statPanel, tablePanel, timelinePanel } from '../panels';
import { APP_LINKS, createDashboard, buildDashboard, jobVariable, namespaceVariable } from '../base';
import { booleanMappings } from '../states';

const MATCHERS = [NAMESPACE];
const DATASET_MATCHERS = matchVariable('Dataset');

const maxByObject = (metric: string, matchers = DATASET_MATCHERS, labels: readonly string[] = []) =>
  aggregate('max', [...ON_OBJECT, ...labels], buildSelector(metric, matchers));
const LOADED_MAPPINGS = booleanMappings('Loaded', 'Not loaded');

export function datasetsAndModelsDashboard(): Dashboard {
  return buildDashboard(
    createDashboard({
      id: 'data',
      title: 'datasets and models',
      description:
        'Samples of datasets and whether local controllers can load them. Models, their metrics, and the jobs that use them.',
      page: 'resources?kind=Dataset',
    })
      .withVariable(namespaceVariable('sedna_dataset_info'))
      .withVariable(jobVariable('sedna_dataset_info', [NAMESPACE], 'Dataset', { name: getVariable('Dataset') }))
      .withRow(new RowBuilder('Datasets'))
      .withPanel(
        statPanel({
          title: 'Datasets',
          descriptions: ['sedna_dataset_info'],
          queries: [
            [aggregate('count', ['cluster'], buildSelector('sedna_dataset_info', DATASET_MATCHERS)), '{{cluster}}'],
          ],
          noValue: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Not loaded',
          descriptions: ['sedna:dataset_read'],
          queries: [
            [
              aggregate('sum', ['cluster'], negated(buildSelector('sedna:dataset_read', DATASET_MATCHERS))),
              '{{cluster}}',
            ],
          ],
          redFrom: 1,
          noValue: 'Unknown',
        })
      )
      .withPanel(
        statPanel({
          title: 'Samples',
          descriptions: ['sedna_dataset_samples'],
          queries: [[aggregate('sum', ['cluster'], maxByObject('sedna_dataset_samples')), '{{cluster}}']],
          unit: 'locale',
          noValue: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'New samples',
          descriptions: ['Growth of all datasets in the time range. Sedna reacts only to datasets that grow.'],
          queries: [
            [
              aggregate(
                'sum',
                ['cluster'],
                increaseSinceFirstSample(buildSelector('sedna_dataset_samples', DATASET_MATCHERS), '$__range')
              ),
              '{{cluster}}',
            ],
          ],
          unit: 'locale',
          noValue: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Models',
          descriptions: ['sedna_model_info'],
          queries: [[aggregate('count', ['cluster'], buildSelector('sedna_model_info', MATCHERS)), '{{cluster}}']],
          width: 8,
          noValue: '0',
        })
      )
      .withPanel(
        tablePanel({
          title: 'Dataset details',
          descriptions: ['sedna_dataset_info', 'sedna_dataset_samples', 'sedna:dataset_read'],
          expressions: [
            maxByObject('sedna_dataset_samples'),
            aggregate('min', ON_OBJECT, age(buildSelector('sedna_dataset_update_timestamp_seconds', DATASET_MATCHERS))),
            maxByObject('sedna:dataset_read'),
            withDescription('Dataset', ['url', 'format', 'node'], DATASET_MATCHERS),
          ],
          columns: [
            { field: 'namespace', title: 'Namespace', width: 110 },
            { field: 'name', title: 'Dataset', link: APP_LINKS.object('Dataset') },
            { field: 'node', title: 'Node', width: 120 },
            { field: 'format', title: 'Format', width: 80 },
            { field: 'Value #A', title: 'Samples', width: 100, unit: 'locale' },
            { field: 'Value #B', title: 'Last report', width: 110, unit: 's', decimals: 0 },
            { field: 'Value #C', title: 'Status', width: 90, mappings: LOADED_MAPPINGS },
            { field: 'url', title: 'URL' },
          ],
          sortBy: 'Dataset',
          ascending: true,
          height: 10,
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Dataset samples',
          descriptions: ['sedna_dataset_samples'],
          queries: [[maxByObject('sedna_dataset_samples')]],
          unit: 'locale',
          height: 10,
        })
      )
      .withPanel(
        timelinePanel({
          title: 'Dataset load status',
          descriptions: ['sedna:dataset_read'],
          queries: [[maxByObject('sedna:dataset_read')]],
          mappings: LOADED_MAPPINGS,
          width: 12,
          height: 10,
          paginate: true,
        })
      )
      .withRow(new RowBuilder('Models'))
      .withPanel(
        tablePanel({
          title: 'Model details',
          descriptions: ['sedna_model_info'],
          expressions: [
            aggregate('min', ON_OBJECT, age(buildSelector('sedna_model_update_timestamp_seconds', MATCHERS))),
            withDescription('Model', ['url', 'format'], MATCHERS),
          ],
          columns: [
            { field: 'namespace', title: 'Namespace', width: 110 },
            { field: 'name', title: 'Model', link: APP_LINKS.object('Model') },
            { field: 'format', title: 'Format', width: 80 },
            { field: 'Value #A', title: 'Last report', width: 110, unit: 's', decimals: 0 },
            { field: 'url', title: 'URL' },
          ],
          width: 14,
          height: 8,
          noValue: "No models found. Lifelong learning doesn't need any.",
        })
      )
      .withPanel(
        barsPanel({
          title: 'Model metrics',
          descriptions: ['sedna_model_metric'],
          queries: [[maxByObject('sedna_model_metric', MATCHERS, ['key']), `${OBJECT_LEGEND} {{key}}`]],
          width: 10,
          max: 1,
          noValue: 'No model metrics found. Incremental and federated learning report them.',
        })
      )
      .withPanel(modelsTable(MATCHERS, 'Models used by jobs', 24, 10))
  );
}
