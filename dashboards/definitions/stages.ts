/** The training, evaluation, and deployment stages (tables 8, 9, and 10 of the proposal). */
import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chosen, NAMESPACE, ON_OBJECT, taskScores, tasksPassed } from '../../src/query/dashboards';
import { aggregate, buildSelector } from '../../src/query/promql';
import { equals, oneOf } from '../../src/query/escape';
import { deployTimeline, groupsTable, modelsTable, tasksTable } from '../sharedPanels';
import { OBJECT_LEGEND, seriesPanel, statPanel, tablePanel } from '../panels';
import {
  APP_LINKS,
  createDashboard,
  buildDashboard,
  conditionAnnotations,
  jobVariable,
  namespaceVariable,
} from '../base';
import { booleanMappings } from '../states';

const KIND = 'LifelongLearningJob';
const MATCHERS = chosen(KIND);

const modelsPanel = (title: string, width: number, ...roles: string[]) =>
  modelsTable([...MATCHERS, oneOf('role', roles)], title, width);

const samplesPanel = (stage: string, title: string, width: number) =>
  seriesPanel({
    title,
    descriptions: ['sedna:stage_samples'],
    queries: [
      [
        aggregate(
          'max',
          [...ON_OBJECT, 'origin'],
          buildSelector('sedna:stage_samples', [...MATCHERS, equals('stage', stage)])
        ),
        `${OBJECT_LEGEND} ({{origin}})`,
      ],
    ],
    width,
  });

export function stagesDashboard(): Dashboard {
  return buildDashboard(
    createDashboard({
      id: 'stages',
      title: 'lifelong learning stages',
      description:
        "Training, evaluation, and deployment in detail. All jobs share the knowledge base, so its tasks aren't limited to the selected jobs.",
      page: 'knowledge-base',
    })
      .withVariable(namespaceVariable('sedna_lifelonglearningjob_info'))
      .withVariable(jobVariable('sedna_lifelonglearningjob_info', [NAMESPACE], 'Job'))
      .annotation(
        conditionAnnotations('Failures', [...MATCHERS, equals('condition', 'Failed')], 'red', { enabled: false })
      )
      .withRow(new RowBuilder('Training'))
      .withPanel(
        statPanel({
          title: 'Known tasks',
          descriptions: ['sedna_knowledge_base_known_tasks'],
          queries: [[aggregate('max', ['cluster'], buildSelector('sedna_knowledge_base_known_tasks')), '{{cluster}}']],
          noValue: 'Not collected',
          height: 8,
        })
      )
      .withPanel(samplesPanel('train', 'Training samples', 8))
      .withPanel(modelsPanel('Trained and base models', 12, 'trained', 'base'))
      .withPanel(tasksTable(12))
      .withPanel(groupsTable(12))
      .withPanel(
        tablePanel({
          title: 'Task sample folders',
          descriptions: ['sedna:task_sample_dir_info'],
          expressions: [
            aggregate('group', [...ON_OBJECT, 'task', 'url'], buildSelector('sedna:task_sample_dir_info', MATCHERS)),
          ],
          columns: [
            { field: 'namespace', title: 'Namespace', width: 110 },
            { field: 'name', title: 'Job', width: 220, link: APP_LINKS.object(KIND) },
            { field: 'task', title: 'Task', width: 140 },
            { field: 'url', title: 'Sample URL' },
          ],
          height: 8,
          noValue: 'No sample folders logged yet',
        })
      )
      .withRow(new RowBuilder('Evaluation'))
      .withPanel(samplesPanel('eval', 'Evaluation samples', 12))
      .withPanel(modelsPanel('Evaluated models', 12, 'evaluated'))
      .withPanel(
        tablePanel({
          title: 'Task scores in latest evaluation',
          descriptions: ['sedna:task_score', 'sedna:task_deployable'],
          expressions: [taskScores(MATCHERS), tasksPassed(MATCHERS)],
          columns: [
            { field: 'namespace', title: 'Namespace', width: 95 },
            { field: 'name', title: 'Job', link: APP_LINKS.object(KIND) },
            { field: 'task', title: 'Task', width: 110 },
            { field: 'metric', title: 'Metric', width: 125 },
            { field: 'Value #A', title: 'Score', width: 150, decimals: 3, gaugeMax: 1 },
            { field: 'Value #B', title: 'Status', width: 80, mappings: booleanMappings('Passed', 'Dropped') },
          ],
          sortBy: 'Score',
          ascending: true,
          width: 15,
          noValue: 'No scores logged yet',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Evaluation results',
          descriptions: ['sedna_job_eval_metric'],
          queries: [
            [
              aggregate('max', [...ON_OBJECT, 'metric'], buildSelector('sedna_job_eval_metric', MATCHERS)),
              `${OBJECT_LEGEND} {{metric}}`,
            ],
          ],
          width: 9,
          height: 9,
          noValue: 'No evaluation metrics yet',
        })
      )
      .withRow(new RowBuilder('Deployment'))
      .withPanel(deployTimeline(MATCHERS))
      .withPanel(modelsPanel('Deployed models', 12, 'deployed'))
      .withPanel(
        seriesPanel({
          title: 'Deployment errors per minute',
          descriptions: ['sedna_log_deploy_errors_per_minute'],
          queries: [[aggregate('sum', ON_OBJECT, buildSelector('sedna_log_deploy_errors_per_minute', MATCHERS))]],
          sparseStyle: 'dots',
          noValue: 'No deployment errors in this time range',
        })
      ),
    ['Evaluation results', 'Training samples', 'Evaluation samples']
  );
}
