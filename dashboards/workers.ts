/** Workers of jobs and services, and their runs: tables 4 and 5 of the proposal. */
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
} from '../src/query/dashboards';
import { age, aggregate, overTime, buildSelector } from '../src/query/promql';
import { equals, oneOf } from '../src/query/escape';
import { seriesPanel, statPanel, tablePanel, type Ask } from './panels';
import { workersTable } from './parts';
import { APP_LINKS, board, finished, jobVariable, namespaceVariable } from './shared';
import { COLORS } from './states';

const SHOWN = [NAMESPACE, JOB];
const RUN = ['cluster', 'namespace', 'name', 'kind', 'pod', 'work'];
const sum = (metric: string): Ask => [aggregate('sum', ['cluster'], buildSelector(metric, SHOWN)), '{{cluster}}'];
const OF_POD = '{{cluster}} {{namespace}}/{{pod}}';

const counted = (title: string, metric: string) =>
  statPanel({ title, about: [metric], asks: [sum(metric)], empty: '0' });

export function workersDashboard(): Dashboard {
  return finished(
    board({
      id: 'workers',
      title: 'workers and tasks',
      description:
        'Workers of jobs and services of any kind: where they run, how they are, how long their runs take. A task here is one run of a worker.',
      page: 'resources',
    })
      .withVariable(namespaceVariable('sedna:job_info'))
      .withVariable(jobVariable('sedna:job_info', [NAMESPACE], 'Job or service'))
      .withPanel(counted('Running', 'sedna:workers:active'))
      .withPanel(counted('All workers', 'sedna:workers:total'))
      .withPanel(counted('Active runs', 'sedna:tasks:active'))
      .withPanel(counted('All runs', 'sedna:tasks:total'))
      .withPanel(
        statPanel({
          title: 'Workers by phase',
          about: ['Phases of worker pods. Sedna keeps those that ended until their job is deleted.'],
          asks: [[workerPhases(SHOWN), '{{cluster}} {{phase}}']],
          width: 8,
          named: true,
          colors: { Failed: COLORS.Failed, Pending: COLORS.Pending, Running: COLORS.Running, Unknown: COLORS.Unknown },
          empty: 'No worker pod',
        })
      )
      .withPanel(workersTable(SHOWN, ['.+'], 9))
      .withPanel(
        tablePanel({
          title: 'Runs in progress, and the last finished one of each job and type',
          about: ['sedna:task_info', 'sedna:task_duration_seconds'],
          expressions: [
            aggregate('max', [...RUN, 'location', 'status'], buildSelector('sedna:task_info', SHOWN)),
            aggregate('max', RUN, age(buildSelector('sedna:task_start_timestamp_seconds', SHOWN))),
            aggregate('max', RUN, buildSelector('sedna:task_duration_seconds', SHOWN)),
          ],
          columns: [
            { of: 'namespace', title: 'Namespace', width: 110 },
            { of: 'name', title: 'Job or service', link: APP_LINKS.anyObject },
            { of: 'work', title: 'Work', width: 105 },
            { of: 'pod', title: 'Pod', width: 290, link: APP_LINKS.pod },
            { of: 'location', title: 'Location', width: 80 },
            { of: 'status', title: 'Status', width: 75, colored: true },
            { of: 'Value #B', title: 'Started', width: 90, unit: 's', decimals: 0 },
            { of: 'Value #C', title: 'Took', width: 90, unit: 's', decimals: 0 },
            { of: 'kind', title: 'Kind', width: 175 },
          ],
          sortBy: 'Started',
          ascending: true,
          height: 11,
          empty: 'No worker has run yet',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Workers that run, by kind',
          about: ['sedna:workers:active'],
          asks: [
            [
              aggregate('sum', ['cluster', 'kind'], buildSelector('sedna:workers:active', SHOWN)),
              '{{cluster}} {{kind}}',
            ],
          ],
          stacked: 'areas',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Workers that run, by node',
          about: ['sedna:worker_info'],
          asks: [
            [
              aggregate(
                'count',
                ['cluster', 'node'],
                buildSelector('sedna:worker_info', [...SHOWN, equals('status', 'active')])
              ),
              '{{cluster}} {{node}}',
            ],
          ],
          stacked: 'areas',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'How long the last finished runs took',
          about: [
            'The last finished run of each job and type of worker, of jobs that learn in rounds.',
            'sedna:task_duration_seconds',
          ],
          asks: [
            [
              finishedRuns([...SHOWN, oneOf('kind', ['LifelongLearningJob', 'IncrementalLearningJob'])]),
              '{{cluster}} {{namespace}}/{{name}} {{work}}',
            ],
          ],
          unit: 's',
          empty: 'No run has ended yet',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Lines of errors a minute, by worker',
          about: ['sedna_log_error_lines_per_minute'],
          asks: [
            [
              selectWorkers(
                aggregate('sum', ON_POD, buildSelector('sedna_log_error_lines_per_minute', [NAMESPACE])),
                SHOWN,
                ['name']
              ),
              OF_POD,
            ],
          ],
          sparse: 'dots',
          empty: 'No worker logged an error in this time',
        })
      )
      .withPanel(
        tablePanel({
          title: 'Workers whose containers wait',
          about: ['Why containers of worker pods wait, as Kubernetes says it.'],
          expressions: [waitingWorkers(SHOWN)],
          columns: [
            { of: 'namespace', title: 'Namespace', width: 110 },
            { of: 'name', title: 'Job or service', link: APP_LINKS.anyObject },
            { of: 'pod', title: 'Pod', link: APP_LINKS.pod },
            { of: 'node', title: 'Node', width: 120 },
            { of: 'reason', title: 'Reason', width: 160 },
          ],
          width: 14,
          height: 8,
          empty: 'No container waits',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Restarts, by worker',
          about: [
            'Restarts of containers within a step. Kubernetes restarts a container that fails, its pod stays Running.',
          ],
          asks: [[workerRestarts(SHOWN), OF_POD]],
          width: 10,
          stacked: 'bars',
          empty: 'No container was restarted in this time',
        })
      )
      .withRow(
        new RowBuilder('Processor and memory')
          .withPanel(
            containers(
              'Processor, by worker',
              'container_cpu_usage_seconds_total',
              (of) => overTime('rate', of, '$__rate_interval'),
              'none'
            )
          )
          .withPanel(containers('Memory, by worker', 'container_memory_working_set_bytes', (of) => of, 'bytes'))
      )
  );
}

/** Of cAdvisor, which not everybody scrapes: these stand in a row that is closed at first. */
function containers(title: string, metric: string, of: (series: string) => string, unit: string) {
  return seriesPanel({
    title,
    about: ['There where cAdvisor is scraped.'],
    asks: [[selectWorkers(aggregate('sum', ON_POD, of(selectContainers(metric))), SHOWN, ['name']), OF_POD]],
    unit,
    empty: 'cAdvisor is not scraped here',
  });
}
