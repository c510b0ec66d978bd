/** Inference: whether it is alive, and what became of its samples: table 6 of the proposal. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { JOB, NAMESPACE, ON_OBJECT, ON_POD, selectWorkers } from '../src/query/dashboards';
import { aggregate, buildSelector } from '../src/query/promql';
import { equals, oneOf } from '../src/query/escape';
import { deployTimeline, workerErrors, workersTable, workerVolume } from './parts';
import { OF_OBJECT, seriesPanel, statPanel } from './panels';
import { board, finished, conditionMarks, jobVariable, namespaceVariable } from './shared';

const SHOWN = [NAMESPACE, JOB];
const WORKERS = ['inference', 'edge', 'cloud'];
const samples = (labels: readonly string[]) =>
  aggregate('sum', ['cluster', ...labels], buildSelector('sedna:inference_samples', SHOWN));
const NONE = 'No job records samples of inference: Sedna itself does not';

export function inferenceDashboard(): Dashboard {
  return finished(
    board({
      id: 'inference',
      title: 'inference',
      description:
        'Workers that infer: whether they are alive, how many samples they did, and which tasks were unknown.',
      page: 'logs?worker=inference',
      logs: true,
    })
      .withVariable(namespaceVariable('sedna:job_info'))
      .withVariable(jobVariable('sedna:job_info', [NAMESPACE], 'Job or service'))
      .annotation(
        conditionMarks(
          'Deployments',
          [...SHOWN, equals('stage', 'Deploy'), equals('condition', 'Completed')],
          'yellow',
          { title: '{{namespace}}/{{name}}: deployed', enabled: false }
        )
      )
      .withPanel(
        statPanel({
          title: 'Samples by state and kind of task',
          about: ['sedna:inference_samples'],
          asks: [[samples(['state', 'task']), '{{cluster}} {{state}} · {{task}}']],
          unit: 'locale',
          width: 10,
          height: 5,
          named: true,
          empty: NONE,
        })
      )
      .withPanel(
        statPanel({
          title: 'Share of samples done',
          about: ['sedna:inference_rate:percent'],
          asks: [[aggregate('max', ON_OBJECT, buildSelector('sedna:inference_rate:percent', SHOWN)), OF_OBJECT]],
          unit: 'percent',
          width: 8,
          height: 5,
          named: true,
          empty: NONE,
        })
      )
      .withPanel(
        statPanel({
          title: 'Workers that infer',
          about: ['sedna:worker_info'],
          asks: [
            [
              aggregate(
                'count',
                ['cluster', 'worker_type'],
                buildSelector('sedna:worker_info', [
                  ...SHOWN,
                  equals('status', 'active'),
                  oneOf('worker_type', WORKERS),
                ])
              ),
              '{{cluster}} {{worker_type}}',
            ],
          ],
          width: 6,
          height: 5,
          named: true,
          empty: 'none',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Samples of inference',
          about: ['sedna:inference_samples'],
          asks: [
            [
              aggregate('sum', [...ON_OBJECT, 'state', 'task'], buildSelector('sedna:inference_samples', SHOWN)),
              `${OF_OBJECT} {{state}} · {{task}}`,
            ],
          ],
          empty: NONE,
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Samples that inference did, a minute',
          about: ['sedna_log_inference_samples_per_minute'],
          asks: [
            [
              aggregate(
                'sum',
                [...ON_OBJECT, 'task'],
                selectWorkers(
                  aggregate(
                    'sum',
                    [...ON_POD, 'task'],
                    buildSelector('sedna_log_inference_samples_per_minute', [NAMESPACE, equals('state', 'done')])
                  ),
                  SHOWN,
                  ['name']
                )
              ),
              `${OF_OBJECT} {{task}}`,
            ],
          ],
          empty: NONE,
        })
      )
      .withPanel(deployTimeline(SHOWN))
      .withPanel(workersTable([...SHOWN, oneOf('worker_type', WORKERS)], WORKERS, 9))
      .withPanel(workerVolume('job', 'inference'))
      .withPanel(workerErrors('job', 'inference')),
    ['Samples of inference', 'Samples that inference did, a minute']
  );
}
