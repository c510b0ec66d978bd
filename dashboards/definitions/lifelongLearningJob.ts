/** One or more lifelong learning jobs: stages, rounds, samples, models, and workers. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chosen, conditionNumber, NAMESPACE, ON_OBJECT, transitions } from '../../src/query/dashboards';
import { age, aggregate, topkBy, joinInfo, buildSelector, withLabel, union } from '../../src/query/promql';
import { equals, oneOf } from '../../src/query/escape';
import { STAGES } from '../../src/sedna/kinds';
import {
  conditionStates,
  DEPLOY_STATES,
  deployNumber,
  modelsTable,
  stageNumber,
  workerErrors,
  workersTable,
  workerVolume,
} from '../sharedPanels';
import { OBJECT_LEGEND, seriesPanel, statPanel, tablePanel, timelinePanel } from '../panels';
import { createDashboard, buildDashboard, conditionAnnotations, jobVariable, namespaceVariable } from '../base';
import { mergeMappings, indexedMappings } from '../states';

const KIND = 'LifelongLearningJob';
const MATCHERS = chosen(KIND);
const ANNOTATION_TITLE = '{{name}}: {{stage}} {{condition}}';

const TRIGGER_LABELS = ['metric', 'operator', 'window_start', 'window_end'];
/** Conditions are numbered from 1 and stages from 11, so that one panel can show both. */
const STAGE_AND_CONDITION = union([
  withLabel(stageNumber(KIND, MATCHERS, 10), 'is', 'stage'),
  withLabel(conditionNumber(KIND, MATCHERS), 'is', 'condition'),
]);
const STATE_MAPPINGS = mergeMappings(conditionStates(KIND), indexedMappings(STAGES, 10));

const maxByObject = (metric: string, labels: readonly string[] = []) =>
  aggregate('max', [...ON_OBJECT, ...labels], buildSelector(metric, MATCHERS));

export function lifelongLearningJobDashboard(): Dashboard {
  return buildDashboard(
    createDashboard({
      id: 'job',
      title: 'lifelong learning job',
      description: 'One or more lifelong learning jobs: stages, rounds, samples, models, and workers.',
      page: 'resources?kind=LifelongLearningJob',
      logs: true,
    })
      .withVariable(namespaceVariable('sedna_lifelonglearningjob_info', true))
      .withVariable(jobVariable('sedna_lifelonglearningjob_info', [NAMESPACE], 'Job', { selectsOne: true }))
      .annotation(
        conditionAnnotations(
          'Round starts',
          [...MATCHERS, equals('stage', 'Train'), equals('condition', 'Waiting')],
          'blue',
          {
            title: '{{name}}: round started',
          }
        )
      )
      .annotation(
        conditionAnnotations(
          'Other stage starts',
          [...MATCHERS, oneOf('stage', ['Eval', 'Deploy']), equals('condition', 'Waiting')],
          'purple',
          {
            title: ANNOTATION_TITLE,
            enabled: false,
          }
        )
      )
      .annotation(
        conditionAnnotations('Failures', [...MATCHERS, equals('condition', 'Failed')], 'red', {
          title: ANNOTATION_TITLE,
        })
      )
      .withPanel(
        statPanel({
          title: 'Stage and condition',
          descriptions: ['sedna_lifelonglearningjob_condition'],
          queries: [[STAGE_AND_CONDITION, '{{is}}']],
          mappings: STATE_MAPPINGS,
          width: 8,
          showNames: true,
        })
      )
      .withPanel(
        statPanel({
          title: 'Time in condition',
          descriptions: ['Time since the newest condition was written.'],
          queries: [
            [aggregate('max', ON_OBJECT, age(buildSelector('sedna_job_last_transition_timestamp_seconds', MATCHERS)))],
          ],
          unit: 's',
        })
      )
      .withPanel(
        statPanel({
          title: 'Round',
          descriptions: ['sedna_job_round'],
          queries: [[maxByObject('sedna_job_round')]],
          noValue: 'None yet',
        })
      )
      .withPanel(
        statPanel({
          title: 'Failures',
          descriptions: ['Failed conditions written in the time range.'],
          queries: [[transitions([...MATCHERS, equals('condition', 'Failed')], ON_OBJECT)]],
          redFrom: 1,
          noValue: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Deployment',
          descriptions: ['sedna:job_deploy_status'],
          queries: [[deployNumber(MATCHERS)]],
          mappings: indexedMappings(DEPLOY_STATES),
          noValue: 'None yet',
        })
      )
      .withPanel(
        timelinePanel({
          title: 'Stage and condition history',
          descriptions: ['sedna_lifelonglearningjob_condition'],
          queries: [[STAGE_AND_CONDITION, `${OBJECT_LEGEND} {{is}}`]],
          mappings: STATE_MAPPINGS,
          height: 6,
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Evaluation by round',
          descriptions: ['sedna_job_eval_metric'],
          queries: [[maxByObject('sedna_job_eval_metric', ['metric']), '{{cluster}} {{name}} {{metric}}']],
          noValue: 'No evaluation metrics yet',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Stage duration',
          descriptions: ['sedna_job_stage_duration_seconds'],
          queries: [[maxByObject('sedna_job_stage_duration_seconds', ['stage']), '{{cluster}} {{name}} {{stage}}']],
          unit: 's',
          noValue: 'No stage has finished yet',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Samples and trigger threshold',
          descriptions: ['sedna:stage_samples', 'sedna_job_trigger_threshold'],
          queries: [
            [
              union([
                maxByObject('sedna:stage_samples', ['stage', 'origin']),
                withLabel(
                  withLabel(maxByObject('sedna_job_trigger_threshold'), 'stage', 'trigger'),
                  'origin',
                  'threshold'
                ),
              ]),
              '{{cluster}} {{name}} {{stage}} ({{origin}})',
            ],
          ],
        })
      )
      .withPanel(
        tablePanel({
          title: 'Training trigger',
          descriptions: ['sedna_job_trigger_info', 'sedna_job_trigger_threshold'],
          expressions: [
            joinInfo(
              maxByObject('sedna_job_trigger_threshold'),
              ON_OBJECT,
              TRIGGER_LABELS,
              topkBy(
                ON_OBJECT,
                aggregate('group', [...ON_OBJECT, ...TRIGGER_LABELS], buildSelector('sedna_job_trigger_info', MATCHERS))
              )
            ),
          ],
          columns: [
            { field: 'name', title: 'Job' },
            { field: 'metric', title: 'Metric', width: 150 },
            { field: 'operator', title: 'Operator', width: 85 },
            { field: 'Value', title: 'Threshold', width: 100 },
            { field: 'window_start', title: 'From', width: 80 },
            { field: 'window_end', title: 'To', width: 80 },
          ],
          width: 12,
          height: 8,
        })
      )
      .withPanel(modelsTable(MATCHERS, 'Current models', 24, 6))
      .withPanel(workersTable(MATCHERS))
      .withPanel(workerVolume())
      .withPanel(workerErrors()),
    ['Evaluation by round', 'Stage duration', 'Samples and trigger threshold']
  );
}
