/** Workers of jobs and services, and their runs (tables 4 and 5 of the proposal). */
import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  finishedRuns,
  JOB,
  NAMESPACE,
  ON_POD,
  selectContainers,
  selectWorkers,
  waitingWorkers,
  workerPhases,
  workerRestarts,
} from '../../src/query/dashboards';
import { age, aggregate, overTime, buildSelector } from '../../src/query/promql';
import { equals, oneOf } from '../../src/query/escape';
import { seriesPanel, statPanel, tablePanel, type Query } from '../panels';
import { workersTable } from '../sharedPanels';
import { APP_LINKS, createDashboard, buildDashboard, jobVariable, namespaceVariable } from '../base';
import { STATE_COLORS } from '../states';

const MATCHERS = [NAMESPACE, JOB];
const RUN_LABELS = ['cluster', 'namespace', 'name', 'kind', 'pod', 'work'];
const sumByCluster = (metric: string): Query => [
  aggregate('sum', ['cluster'], buildSelector(metric, MATCHERS)),
  '{{cluster}}',
];
const POD_LEGEND = '{{cluster}} {{namespace}}/{{pod}}';

const countPanel = (title: string, metric: string) =>
  statPanel({ title, descriptions: [metric], queries: [sumByCluster(metric)], noValue: '0' });

export function workersDashboard(): Dashboard {
  return buildDashboard(
    createDashboard({
      id: 'workers',
      title: 'workers and tasks',
      description:
        'Workers of jobs and services of all kinds: location, status, and run duration. A task is one run of a worker here.',
      page: 'resources',
    })
      .withVariable(namespaceVariable('sedna:job_info'))
      .withVariable(jobVariable('sedna:job_info', [NAMESPACE], 'Job or service'))
      .withPanel(countPanel('Running', 'sedna:workers:active'))
      .withPanel(countPanel('All workers', 'sedna:workers:total'))
      .withPanel(countPanel('Active runs', 'sedna:tasks:active'))
      .withPanel(countPanel('All runs', 'sedna:tasks:total'))
      .withPanel(
        statPanel({
          title: 'Workers by phase',
          descriptions: ['Phases of worker pods. Sedna keeps finished pods until their job is deleted.'],
          queries: [[workerPhases(MATCHERS), '{{cluster}} {{phase}}']],
          width: 8,
          showNames: true,
          colors: {
            Failed: STATE_COLORS.Failed,
            Pending: STATE_COLORS.Pending,
            Running: STATE_COLORS.Running,
            Unknown: STATE_COLORS.Unknown,
          },
          noValue: 'No worker pods',
        })
      )
      .withPanel(workersTable(MATCHERS, ['.+'], 9))
      .withPanel(
        tablePanel({
          title: 'Current runs and last finished run by job and type',
          descriptions: ['sedna:task_info', 'sedna:task_duration_seconds'],
          expressions: [
            aggregate('max', [...RUN_LABELS, 'location', 'status'], buildSelector('sedna:task_info', MATCHERS)),
            aggregate('max', RUN_LABELS, age(buildSelector('sedna:task_start_timestamp_seconds', MATCHERS))),
            aggregate('max', RUN_LABELS, buildSelector('sedna:task_duration_seconds', MATCHERS)),
          ],
          columns: [
            { field: 'namespace', title: 'Namespace', width: 110 },
            { field: 'name', title: 'Job or service', link: APP_LINKS.anyObject },
            { field: 'work', title: 'Work', width: 105 },
            { field: 'pod', title: 'Pod', width: 290, link: APP_LINKS.pod },
            { field: 'location', title: 'Location', width: 80 },
            { field: 'status', title: 'Status', width: 75, mappings: true },
            { field: 'Value #B', title: 'Started', width: 90, unit: 's', decimals: 0 },
            { field: 'Value #C', title: 'Duration', width: 90, unit: 's', decimals: 0 },
            { field: 'kind', title: 'Kind', width: 175 },
          ],
          sortBy: 'Started',
          ascending: true,
          height: 11,
          noValue: 'No runs yet',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Running workers by kind',
          descriptions: ['sedna:workers:active'],
          queries: [
            [
              aggregate('sum', ['cluster', 'kind'], buildSelector('sedna:workers:active', MATCHERS)),
              '{{cluster}} {{kind}}',
            ],
          ],
          stacked: 'areas',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Running workers by node',
          descriptions: ['sedna:worker_info'],
          queries: [
            [
              aggregate(
                'count',
                ['cluster', 'node'],
                buildSelector('sedna:worker_info', [...MATCHERS, equals('status', 'active')])
              ),
              '{{cluster}} {{node}}',
            ],
          ],
          stacked: 'areas',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Duration of last finished run',
          descriptions: [
            'Last finished run by job and worker type, for jobs that run in rounds.',
            'sedna:task_duration_seconds',
          ],
          queries: [
            [
              finishedRuns([...MATCHERS, oneOf('kind', ['LifelongLearningJob', 'IncrementalLearningJob'])]),
              '{{cluster}} {{namespace}}/{{name}} {{work}}',
            ],
          ],
          unit: 's',
          noValue: 'No run has finished yet',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Error lines per minute by worker',
          descriptions: ['sedna_log_error_lines_per_minute'],
          queries: [
            [
              selectWorkers(
                aggregate('sum', ON_POD, buildSelector('sedna_log_error_lines_per_minute', [NAMESPACE])),
                MATCHERS,
                ['name']
              ),
              POD_LEGEND,
            ],
          ],
          sparseStyle: 'dots',
          noValue: 'No errors logged in this time range',
        })
      )
      .withPanel(
        tablePanel({
          title: 'Workers with waiting containers',
          descriptions: ['Reasons why containers of worker pods are waiting, from Kubernetes.'],
          expressions: [waitingWorkers(MATCHERS)],
          columns: [
            { field: 'namespace', title: 'Namespace', width: 110 },
            { field: 'name', title: 'Job or service', link: APP_LINKS.anyObject },
            { field: 'pod', title: 'Pod', link: APP_LINKS.pod },
            { field: 'node', title: 'Node', width: 120 },
            { field: 'reason', title: 'Reason', width: 160 },
          ],
          width: 14,
          height: 8,
          noValue: 'No waiting containers',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Restarts by worker',
          descriptions: [
            'Container restarts per interval. Kubernetes restarts failed containers while their pod stays Running.',
          ],
          queries: [[workerRestarts(MATCHERS), POD_LEGEND]],
          width: 10,
          stacked: 'bars',
          noValue: 'No restarts in this time range',
        })
      )
      .withRow(
        new RowBuilder('CPU and memory')
          .withPanel(
            containerPanel(
              'CPU by worker',
              'container_cpu_usage_seconds_total',
              (toExpression) => overTime('rate', toExpression, '$__rate_interval'),
              'none'
            )
          )
          .withPanel(
            containerPanel(
              'Memory by worker',
              'container_memory_working_set_bytes',
              (toExpression) => toExpression,
              'bytes'
            )
          )
      )
  );
}

/**
 * Creates a panel with cAdvisor metrics. Many installations don't scrape cAdvisor, so these panels are in a collapsed
 * row.
 */
function containerPanel(title: string, metric: string, toExpression: (series: string) => string, unit: string) {
  return seriesPanel({
    title,
    descriptions: ['Requires cAdvisor metrics.'],
    queries: [
      [selectWorkers(aggregate('sum', ON_POD, toExpression(selectContainers(metric))), MATCHERS, ['name']), POD_LEGEND],
    ],
    unit,
    noValue: 'No cAdvisor metrics found',
  });
}
