/** One lifelong learning job: where it stands, how it got there, with what it works. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chosen, conditionNumber, NAMESPACE, ON_OBJECT, transitions } from '../src/query/dashboards';
import { age, aggregate, topkBy, joinInfo, buildSelector, withLabel, union } from '../src/query/promql';
import { equals, oneOf } from '../src/query/escape';
import { STAGES } from '../src/sedna/kinds';
import {
  conditionStates,
  DEPLOY_STATES,
  deployNumber,
  modelsTable,
  stageNumber,
  workerErrors,
  workersTable,
  workerVolume,
} from './parts';
import { OF_OBJECT, seriesPanel, statPanel, tablePanel, timelinePanel } from './panels';
import { board, finished, conditionMarks, jobVariable, namespaceVariable } from './shared';
import { joined, numbered } from './states';

const KIND = 'LifelongLearningJob';
const SHOWN = chosen(KIND);
const MARKED = '{{name}}: {{stage}} {{condition}}';

const TRIGGER = ['metric', 'operator', 'window_start', 'window_end'];
/** Conditions are numbered from 1, stages from 11: one panel tells them apart. */
const STAGE_AND_CONDITION = union([
  withLabel(stageNumber(KIND, SHOWN, 10), 'is', 'stage'),
  withLabel(conditionNumber(KIND, SHOWN), 'is', 'condition'),
]);
const STATES = joined(conditionStates(KIND), numbered(STAGES, 10));

const maxOf = (metric: string, labels: readonly string[] = []) =>
  aggregate('max', [...ON_OBJECT, ...labels], buildSelector(metric, SHOWN));

export function jobDashboard(): Dashboard {
  return finished(
    board({
      id: 'job',
      title: 'lifelong learning job',
      description: 'One lifelong learning job, or several beside each other: stages, rounds, samples, models, workers.',
      page: 'resources?kind=LifelongLearningJob',
      logs: true,
    })
      .withVariable(namespaceVariable('sedna_lifelonglearningjob_info', true))
      .withVariable(jobVariable('sedna_lifelonglearningjob_info', [NAMESPACE], 'Job', { first: true }))
      .annotation(
        conditionMarks('Rounds begin', [...SHOWN, equals('stage', 'Train'), equals('condition', 'Waiting')], 'blue', {
          title: '{{name}}: a round begins',
        })
      )
      .annotation(
        conditionMarks(
          'Other stages begin',
          [...SHOWN, oneOf('stage', ['Eval', 'Deploy']), equals('condition', 'Waiting')],
          'purple',
          {
            title: MARKED,
            enabled: false,
          }
        )
      )
      .annotation(conditionMarks('Failures', [...SHOWN, equals('condition', 'Failed')], 'red', { title: MARKED }))
      .withPanel(
        statPanel({
          title: 'Now',
          about: ['sedna_lifelonglearningjob_condition'],
          asks: [[STAGE_AND_CONDITION, '{{is}}']],
          states: STATES,
          width: 8,
          named: true,
        })
      )
      .withPanel(
        statPanel({
          title: 'For',
          about: ['Time since the newest condition was written.'],
          asks: [
            [aggregate('max', ON_OBJECT, age(buildSelector('sedna_job_last_transition_timestamp_seconds', SHOWN)))],
          ],
          unit: 's',
        })
      )
      .withPanel(
        statPanel({
          title: 'Round',
          about: ['sedna_job_round'],
          asks: [[maxOf('sedna_job_round')]],
          empty: 'none yet',
        })
      )
      .withPanel(
        statPanel({
          title: 'Failures',
          about: ['Conditions Failed that were written within the time range.'],
          asks: [[transitions([...SHOWN, equals('condition', 'Failed')], ON_OBJECT)]],
          badFrom: 1,
          empty: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Deployment',
          about: ['sedna:job_deploy_status'],
          asks: [[deployNumber(SHOWN)]],
          states: numbered(DEPLOY_STATES),
          empty: 'none yet',
        })
      )
      .withPanel(
        timelinePanel({
          title: 'Stage and condition',
          about: ['sedna_lifelonglearningjob_condition'],
          asks: [[STAGE_AND_CONDITION, `${OF_OBJECT} {{is}}`]],
          states: STATES,
          height: 6,
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Evaluation of each round',
          about: ['sedna_job_eval_metric'],
          asks: [[maxOf('sedna_job_eval_metric', ['metric']), '{{cluster}} {{name}} {{metric}}']],
          empty: 'No evaluation has reported a metric yet',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Duration of stages',
          about: ['sedna_job_stage_duration_seconds'],
          asks: [[maxOf('sedna_job_stage_duration_seconds', ['stage']), '{{cluster}} {{name}} {{stage}}']],
          unit: 's',
          empty: 'No stage has ended yet',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Samples, and what the trigger waits for',
          about: ['sedna:stage_samples', 'sedna_job_trigger_threshold'],
          asks: [
            [
              union([
                maxOf('sedna:stage_samples', ['stage', 'origin']),
                withLabel(withLabel(maxOf('sedna_job_trigger_threshold'), 'stage', 'trigger'), 'origin', 'threshold'),
              ]),
              '{{cluster}} {{name}} {{stage}} ({{origin}})',
            ],
          ],
        })
      )
      .withPanel(
        tablePanel({
          title: 'What lets training start',
          about: ['sedna_job_trigger_info', 'sedna_job_trigger_threshold'],
          expressions: [
            joinInfo(
              maxOf('sedna_job_trigger_threshold'),
              ON_OBJECT,
              TRIGGER,
              topkBy(
                ON_OBJECT,
                aggregate('group', [...ON_OBJECT, ...TRIGGER], buildSelector('sedna_job_trigger_info', SHOWN))
              )
            ),
          ],
          columns: [
            { of: 'name', title: 'Job' },
            { of: 'metric', title: 'Metric', width: 150 },
            { of: 'operator', title: 'Is', width: 60 },
            { of: 'Value', title: 'Threshold', width: 100 },
            { of: 'window_start', title: 'From', width: 80 },
            { of: 'window_end', title: 'To', width: 80 },
          ],
          width: 12,
          height: 8,
        })
      )
      .withPanel(modelsTable(SHOWN, 'Current models', 24, 6))
      .withPanel(workersTable(SHOWN))
      .withPanel(workerVolume())
      .withPanel(workerErrors()),
    ['Evaluation of each round', 'Duration of stages', 'Samples, and what the trigger waits for']
  );
}
