/** Datasets and models: how much there is, whether it is read, who uses it. */
import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { matchVariable, withDescription, NAMESPACE, ON_OBJECT, getVariable } from '../src/query/dashboards';
import { age, aggregate, increaseSinceFirstSample, negated, buildSelector } from '../src/query/promql';
import { modelsTable } from './parts';
import { barsPanel, OF_OBJECT, seriesPanel, statPanel, tablePanel, timelinePanel } from './panels';
import { APP_LINKS, board, finished, jobVariable, namespaceVariable } from './shared';
import { yesNo } from './states';

const SHOWN = [NAMESPACE];
const DATASETS = matchVariable('Dataset');

const maxOf = (metric: string, matchers = DATASETS, labels: readonly string[] = []) =>
  aggregate('max', [...ON_OBJECT, ...labels], buildSelector(metric, matchers));
const READ = yesNo('read', 'not read');

export function dataDashboard(): Dashboard {
  return finished(
    board({
      id: 'data',
      title: 'datasets and models',
      description:
        'Samples of datasets and whether local controllers can read them; models, their figures and their users.',
      page: 'resources?kind=Dataset',
    })
      .withVariable(namespaceVariable('sedna_dataset_info'))
      .withVariable(jobVariable('sedna_dataset_info', [NAMESPACE], 'Dataset', { name: getVariable('Dataset') }))
      .withRow(new RowBuilder('Datasets'))
      .withPanel(
        statPanel({
          title: 'Datasets',
          about: ['sedna_dataset_info'],
          asks: [[aggregate('count', ['cluster'], buildSelector('sedna_dataset_info', DATASETS)), '{{cluster}}']],
          empty: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Not read',
          about: ['sedna:dataset_read'],
          asks: [
            [aggregate('sum', ['cluster'], negated(buildSelector('sedna:dataset_read', DATASETS))), '{{cluster}}'],
          ],
          badFrom: 1,
          empty: 'not told',
        })
      )
      .withPanel(
        statPanel({
          title: 'Samples',
          about: ['sedna_dataset_samples'],
          asks: [[aggregate('sum', ['cluster'], maxOf('sedna_dataset_samples')), '{{cluster}}']],
          unit: 'locale',
          empty: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'New samples',
          about: [
            'By how much the datasets have grown within the time range. Sedna takes notice only of a dataset that grows.',
          ],
          asks: [
            [
              aggregate(
                'sum',
                ['cluster'],
                increaseSinceFirstSample(buildSelector('sedna_dataset_samples', DATASETS), '$__range')
              ),
              '{{cluster}}',
            ],
          ],
          unit: 'locale',
          empty: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Models',
          about: ['sedna_model_info'],
          asks: [[aggregate('count', ['cluster'], buildSelector('sedna_model_info', SHOWN)), '{{cluster}}']],
          width: 8,
          empty: '0',
        })
      )
      .withPanel(
        tablePanel({
          title: 'Each dataset',
          about: ['sedna_dataset_info', 'sedna_dataset_samples', 'sedna:dataset_read'],
          expressions: [
            maxOf('sedna_dataset_samples'),
            aggregate('min', ON_OBJECT, age(buildSelector('sedna_dataset_update_timestamp_seconds', DATASETS))),
            maxOf('sedna:dataset_read'),
            withDescription('Dataset', ['url', 'format', 'node'], DATASETS),
          ],
          columns: [
            { of: 'namespace', title: 'Namespace', width: 110 },
            { of: 'name', title: 'Dataset', link: APP_LINKS.object('Dataset') },
            { of: 'node', title: 'Node', width: 120 },
            { of: 'format', title: 'Format', width: 80 },
            { of: 'Value #A', title: 'Samples', width: 100, unit: 'locale' },
            { of: 'Value #B', title: 'Reported', width: 110, unit: 's', decimals: 0 },
            { of: 'Value #C', title: 'Read', width: 90, colored: READ },
            { of: 'url', title: 'Address' },
          ],
          sortBy: 'Dataset',
          ascending: true,
          height: 10,
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Samples of datasets',
          about: ['sedna_dataset_samples'],
          asks: [[maxOf('sedna_dataset_samples')]],
          unit: 'locale',
          height: 10,
        })
      )
      .withPanel(
        timelinePanel({
          title: 'Whether datasets can be read',
          about: ['sedna:dataset_read'],
          asks: [[maxOf('sedna:dataset_read')]],
          states: READ,
          width: 12,
          height: 10,
          many: true,
        })
      )
      .withRow(new RowBuilder('Models'))
      .withPanel(
        tablePanel({
          title: 'Each model',
          about: ['sedna_model_info'],
          expressions: [
            aggregate('min', ON_OBJECT, age(buildSelector('sedna_model_update_timestamp_seconds', SHOWN))),
            withDescription('Model', ['url', 'format'], SHOWN),
          ],
          columns: [
            { of: 'namespace', title: 'Namespace', width: 110 },
            { of: 'name', title: 'Model', link: APP_LINKS.object('Model') },
            { of: 'format', title: 'Format', width: 80 },
            { of: 'Value #A', title: 'Reported', width: 110, unit: 's', decimals: 0 },
            { of: 'url', title: 'Address' },
          ],
          width: 14,
          height: 8,
          empty: 'There is no Model: lifelong learning needs none',
        })
      )
      .withPanel(
        barsPanel({
          title: 'Figures of models',
          about: ['sedna_model_metric'],
          asks: [[maxOf('sedna_model_metric', SHOWN, ['key']), `${OF_OBJECT} {{key}}`]],
          width: 10,
          max: 1,
          empty: 'No Model has figures: incremental and federated learning report them',
        })
      )
      .withPanel(modelsTable(SHOWN, 'Models that jobs use', 24, 10))
  );
}
