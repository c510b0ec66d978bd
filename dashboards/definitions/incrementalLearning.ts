/** Incremental learning jobs: conditions, rounds, evaluations, models, and workers. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chosen, ON_OBJECT, transitions, getVariable } from '../../src/query/dashboards';
import { aggregate, buildSelector } from '../../src/query/promql';
import { equals } from '../../src/query/escape';
import {
  conditionTimeline,
  modelsTable,
  objectsTable,
  workerErrors,
  workersTable,
  workerVolume,
} from '../sharedPanels';
import { buildDashboard, conditionAnnotations } from '../base';
import { OBJECT_LEGEND, seriesPanel, statPanel } from '../panels';
import { createKindDashboard, runningWorkersPanel } from '../kindDashboard';

export function incrementalLearningDashboard(): Dashboard {
  const kind = 'IncrementalLearningJob';
  const failed = [...chosen(kind), equals('condition', 'Failed')];
  return buildDashboard(
    createKindDashboard({
      kind,
      id: 'incremental',
      title: 'incremental learning',
      description: 'Incremental learning jobs: stages, rounds, evaluations, models, and workers.',
      noun: 'Job',
      width: 12,
    })
      .annotation(
        conditionAnnotations(
          'Round starts',
          [...chosen(kind), equals('stage', 'Train'), equals('condition', 'Waiting')],
          'blue',
          { title: '{{name}}: round started' }
        )
      )
      .annotation(conditionAnnotations('Failures', failed, 'red'))
      .withPanel(runningWorkersPanel(kind))
      .withPanel(
        statPanel({
          title: 'Failures',
          descriptions: ['Failed conditions written in the time range.'],
          queries: [[transitions(failed, ['cluster']), '{{cluster}}']],
          redFrom: 1,
          noValue: '0',
        })
      )
      .withPanel(
        objectsTable(kind, {
          title: 'Latest condition by job',
          numberColumns: [
            {
              expression: aggregate('max', ON_OBJECT, buildSelector('sedna_job_round', chosen(kind))),
              column: { title: 'Round', width: 80 },
            },
            { expression: transitions(failed, ON_OBJECT), column: { title: 'Failures', width: 90 } },
          ],
          height: 5,
        })
      )
      .withPanel(conditionTimeline(kind, 'Condition by job', 5))
      .withPanel(
        seriesPanel({
          title: 'Stage duration',
          descriptions: ['sedna_job_stage_duration_seconds'],
          queries: [
            [
              aggregate(
                'max',
                [...ON_OBJECT, 'stage'],
                buildSelector('sedna_job_stage_duration_seconds', chosen(kind))
              ),
              `${OBJECT_LEGEND} {{stage}}`,
            ],
          ],
          unit: 's',
          noValue: 'No stage has finished yet',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Evaluation by round',
          descriptions: ['sedna_job_eval_metric', 'sedna_job_compared_metric'],
          queries: [
            [
              aggregate('max', [...ON_OBJECT, 'metric'], buildSelector('sedna_job_eval_metric', chosen(kind))),
              `${OBJECT_LEGEND} new model {{metric}}`,
            ],
            [
              aggregate('max', [...ON_OBJECT, 'metric'], buildSelector('sedna_job_compared_metric', chosen(kind))),
              `${OBJECT_LEGEND} old model {{metric}}`,
            ],
          ],
          noValue: 'No evaluation metrics yet',
        })
      )
      .withPanel(modelsTable(chosen(kind), 'Current models', 24, 7, true))
      .withPanel(workersTable(chosen(kind)))
      .withPanel(workerVolume(getVariable(kind)))
      .withPanel(workerErrors(getVariable(kind))),
    ['Stage duration', 'Evaluation by round']
  );
}
