/** Inference workers and their samples (table 6 of the proposal). */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { JOB, NAMESPACE, ON_OBJECT, ON_POD, selectWorkers } from '../../src/query/dashboards';
import { aggregate, buildSelector } from '../../src/query/promql';
import { equals, oneOf } from '../../src/query/escape';
import { deployTimeline, workerErrors, workersTable, workerVolume } from '../sharedPanels';
import { OBJECT_LEGEND, seriesPanel, statPanel } from '../panels';
import { createDashboard, buildDashboard, conditionAnnotations, jobVariable, namespaceVariable } from '../base';

const MATCHERS = [NAMESPACE, JOB];
const INFERENCE_WORKER_TYPES = ['inference', 'edge', 'cloud'];
const sumSamples = (labels: readonly string[]) =>
  aggregate('sum', ['cluster', ...labels], buildSelector('sedna:inference_samples', MATCHERS));
const NO_SAMPLES = "No inference samples. Sedna doesn't record any unless the job does.";

export function inferenceDashboard(): Dashboard {
  return buildDashboard(
    createDashboard({
      id: 'inference',
      title: 'inference',
      description:
        'Inference workers: whether they are running, how many samples they processed, and which tasks were unknown.',
      page: 'logs?worker=inference',
      logs: true,
    })
      .withVariable(namespaceVariable('sedna:job_info'))
      .withVariable(jobVariable('sedna:job_info', [NAMESPACE], 'Job or service'))
      .annotation(
        conditionAnnotations(
          'Deployments',
          [...MATCHERS, equals('stage', 'Deploy'), equals('condition', 'Completed')],
          'yellow',
          { title: '{{namespace}}/{{name}}: deployed', enabled: false }
        )
      )
      .withPanel(
        statPanel({
          title: 'Samples by state and task type',
          descriptions: ['sedna:inference_samples'],
          queries: [[sumSamples(['state', 'task']), '{{cluster}} {{state}} · {{task}}']],
          unit: 'locale',
          width: 10,
          height: 5,
          showNames: true,
          noValue: NO_SAMPLES,
        })
      )
      .withPanel(
        statPanel({
          title: 'Processed samples',
          descriptions: ['sedna:inference_rate:percent'],
          queries: [
            [aggregate('max', ON_OBJECT, buildSelector('sedna:inference_rate:percent', MATCHERS)), OBJECT_LEGEND],
          ],
          unit: 'percent',
          width: 8,
          height: 5,
          showNames: true,
          noValue: NO_SAMPLES,
        })
      )
      .withPanel(
        statPanel({
          title: 'Running inference workers',
          descriptions: ['sedna:worker_info'],
          queries: [
            [
              aggregate(
                'count',
                ['cluster', 'worker_type'],
                buildSelector('sedna:worker_info', [
                  ...MATCHERS,
                  equals('status', 'active'),
                  oneOf('worker_type', INFERENCE_WORKER_TYPES),
                ])
              ),
              '{{cluster}} {{worker_type}}',
            ],
          ],
          width: 6,
          height: 5,
          showNames: true,
          noValue: 'None',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Inference samples',
          descriptions: ['sedna:inference_samples'],
          queries: [
            [
              aggregate('sum', [...ON_OBJECT, 'state', 'task'], buildSelector('sedna:inference_samples', MATCHERS)),
              `${OBJECT_LEGEND} {{state}} · {{task}}`,
            ],
          ],
          noValue: NO_SAMPLES,
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Processed samples per minute',
          descriptions: ['sedna_log_inference_samples_per_minute'],
          queries: [
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
                  MATCHERS,
                  ['name']
                )
              ),
              `${OBJECT_LEGEND} {{task}}`,
            ],
          ],
          noValue: NO_SAMPLES,
        })
      )
      .withPanel(deployTimeline(MATCHERS))
      .withPanel(workersTable([...MATCHERS, oneOf('worker_type', INFERENCE_WORKER_TYPES)], INFERENCE_WORKER_TYPES, 9))
      .withPanel(workerVolume('job', 'inference'))
      .withPanel(workerErrors('job', 'inference')),
    ['Inference samples', 'Processed samples per minute']
  );
}
