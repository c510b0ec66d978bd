/** The first dashboard: lifelong learning at a glance, for people who never open the app. */
import {
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  type Dashboard,
} from '@grafana/grafana-foundation-sdk/dashboard';
import * as logs from '@grafana/grafana-foundation-sdk/logs';
import * as loki from '@grafana/grafana-foundation-sdk/loki';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { GraphDrawStyle, StackingConfigBuilder, StackingMode } from '@grafana/grafana-foundation-sdk/common';
import { logLines, logVolume, LEVEL_LABEL } from '../src/query/logql';
import { aggregate, age, isOn, joinInfo, selector } from '../src/query/promql';
import { anyWorkerPod } from '../src/query/resources';
import { fromVariable } from '../src/query/text';

const PROMETHEUS = { type: 'prometheus', uid: '${prometheus}' };
const LOKI = { type: 'loki', uid: '${loki}' };
const NAMESPACE = fromVariable('namespace', 'namespace');
const WORKER_PODS = anyWorkerPod();
const APP = '/a/kubeedge-sedna-app';

const stacked = () => new StackingConfigBuilder().mode(StackingMode.Normal).group('A');

const query = (expression: string, legend = '__auto') =>
  new prometheus.DataqueryBuilder().datasource(PROMETHEUS).expr(expression).legendFormat(legend).range();

const now = (expression: string) =>
  new prometheus.DataqueryBuilder()
    .datasource(PROMETHEUS)
    .expr(expression)
    .instant()
    .format(prometheus.PromQueryFormat.Table);

const condition = () => isOn(selector('sedna_lifelonglearningjob_condition', [NAMESPACE]));

/** Builds the dashboard; the same input gives the same JSON. */
export function overviewDashboard(): Dashboard {
  return new DashboardBuilder('Sedna: lifelong learning overview')
    .uid('sedna-ops-overview')
    .description('Jobs by stage and condition, workers, datasets, knowledge base and logs. Generated: do not edit.')
    .tags(['sedna'])
    .editable()
    .refresh('30s')
    .time({ from: 'now-3h', to: 'now' })
    .withVariable(new DatasourceVariableBuilder('prometheus').label('Prometheus').type('prometheus'))
    .withVariable(new DatasourceVariableBuilder('loki').label('Loki').type('loki'))
    .withVariable(
      new QueryVariableBuilder('namespace')
        .label('Namespace')
        .datasource(PROMETHEUS)
        .query('label_values(sedna_lifelonglearningjob_info, namespace)')
        .refresh(VariableRefresh.OnTimeRangeChanged)
        .multi(true)
        .includeAll(true)
        .allValue('.*')
    )
    .link(new DashboardLinkBuilder('Open in Sedna Ops').type(DashboardLinkType.Link).url(`${APP}/overview`))
    .withPanel(
      new stat.PanelBuilder()
        .title('Jobs')
        .datasource(PROMETHEUS)
        .gridPos({ x: 0, y: 0, w: 4, h: 5 })
        .withTarget(query(aggregate('count', [], selector('sedna_lifelonglearningjob_info', [NAMESPACE])), 'Jobs'))
    )
    .withPanel(
      new stat.PanelBuilder()
        .title('Active workers')
        .datasource(PROMETHEUS)
        .gridPos({ x: 4, y: 0, w: 4, h: 5 })
        .withTarget(query(aggregate('sum', [], selector('sedna:workers:active', [NAMESPACE])), 'Active'))
    )
    .withPanel(
      new stat.PanelBuilder()
        .title('Known tasks')
        .description('Tasks that the knowledge base knows. One knowledge base serves all jobs.')
        .datasource(PROMETHEUS)
        .gridPos({ x: 8, y: 0, w: 4, h: 5 })
        .withTarget(query(selector('sedna_knowledge_base_known_tasks'), 'Tasks'))
    )
    .withPanel(
      new timeseries.PanelBuilder()
        .title('Jobs by stage and condition')
        .datasource(PROMETHEUS)
        .gridPos({ x: 12, y: 0, w: 12, h: 10 })
        .drawStyle(GraphDrawStyle.Line)
        .fillOpacity(30)
        .stacking(stacked())
        .withTarget(query(aggregate('count', ['stage', 'condition'], condition()), '{{stage}} {{condition}}'))
    )
    .withPanel(
      new table.PanelBuilder()
        .title('Newest condition of each job')
        .datasource(PROMETHEUS)
        .gridPos({ x: 0, y: 5, w: 12, h: 14 })
        .withTarget(
          now(
            joinInfo(
              age(selector('sedna_lifelonglearningjob_last_transition_timestamp_seconds', [NAMESPACE])),
              ['cluster', 'namespace', 'name'],
              ['stage', 'condition'],
              aggregate('max', ['cluster', 'namespace', 'name', 'stage', 'condition'], condition())
            )
          )
        )
        .withTransformation({
          id: 'organize',
          options: {
            excludeByName: { Time: true, instance: true, job: true, kind: true },
            renameByName: { Value: 'since' },
            indexByName: { namespace: 0, name: 1, stage: 2, condition: 3, Value: 4 },
          },
        })
        .overrideByName('since', [{ id: 'unit', value: 's' }])
        .overrideByName('namespace', [{ id: 'custom.width', value: 90 }])
        .overrideByName('stage', [{ id: 'custom.width', value: 70 }])
        .overrideByName('condition', [{ id: 'custom.width', value: 95 }])
        .overrideByName('since', [{ id: 'custom.width', value: 90 }])
        .overrideByName('name', [
          {
            id: 'links',
            value: [
              {
                title: 'Open in Sedna Ops',
                url: `${APP}/resources/LifelongLearningJob/\${__data.fields.namespace}/\${__data.fields.name}`,
              },
            ],
          },
        ])
    )
    .withPanel(
      new timeseries.PanelBuilder()
        .title('Samples of datasets')
        .datasource(PROMETHEUS)
        .gridPos({ x: 12, y: 10, w: 12, h: 9 })
        .withTarget(query(selector('sedna_dataset_samples', [NAMESPACE]), '{{namespace}}/{{name}}'))
    )
    .withPanel(
      new timeseries.PanelBuilder()
        .title('Lines of worker pods by level')
        .datasource(LOKI)
        .gridPos({ x: 0, y: 19, w: 24, h: 6 })
        .drawStyle(GraphDrawStyle.Bars)
        .fillOpacity(80)
        .stacking(stacked())
        .withTarget(
          new loki.DataqueryBuilder()
            .datasource(LOKI)
            .expr(logVolume({ matchers: [NAMESPACE, WORKER_PODS] }))
            .legendFormat(`{{${LEVEL_LABEL}}}`)
        )
    )
    .withPanel(
      new logs.PanelBuilder()
        .title('Errors of worker pods')
        .datasource(LOKI)
        .gridPos({ x: 0, y: 25, w: 24, h: 10 })
        .showTime(true)
        .wrapLogMessage(true)
        .withTarget(
          new loki.DataqueryBuilder()
            .datasource(LOKI)
            .maxLines(200)
            .expr(logLines({ matchers: [NAMESPACE, WORKER_PODS], levels: ['error'] }))
        )
    )
    .build();
}
