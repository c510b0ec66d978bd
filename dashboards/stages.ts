/** What the proposal asks for of the three stages: its tables 8, 9 and 10. */
import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chosen, NAMESPACE, ON_OBJECT, taskScores, tasksPassed } from '../src/query/dashboards';
import { aggregate, buildSelector } from '../src/query/promql';
import { equals, oneOf } from '../src/query/escape';
import { deployTimeline, groupsTable, modelsTable, tasksTable } from './parts';
import { OF_OBJECT, seriesPanel, statPanel, tablePanel } from './panels';
import { APP_LINKS, board, finished, conditionMarks, jobVariable, namespaceVariable } from './shared';
import { yesNo } from './states';

const KIND = 'LifelongLearningJob';
const SHOWN = chosen(KIND);

const models = (title: string, width: number, ...roles: string[]) =>
  modelsTable([...SHOWN, oneOf('role', roles)], title, width);

const samples = (stage: string, title: string, width: number) =>
  seriesPanel({
    title,
    about: ['sedna:stage_samples'],
    asks: [
      [
        aggregate(
          'max',
          [...ON_OBJECT, 'origin'],
          buildSelector('sedna:stage_samples', [...SHOWN, equals('stage', stage)])
        ),
        `${OF_OBJECT} ({{origin}})`,
      ],
    ],
    width,
  });

export function stagesDashboard(): Dashboard {
  return finished(
    board({
      id: 'stages',
      title: 'stages of lifelong learning',
      description:
        'Training, evaluation and deployment in detail. The knowledge base serves all jobs and names none, so its tasks are those of all of them.',
      page: 'knowledge-base',
    })
      .withVariable(namespaceVariable('sedna_lifelonglearningjob_info'))
      .withVariable(jobVariable('sedna_lifelonglearningjob_info', [NAMESPACE], 'Job'))
      .annotation(conditionMarks('Failures', [...SHOWN, equals('condition', 'Failed')], 'red', { enabled: false }))
      .withRow(new RowBuilder('Training'))
      .withPanel(
        statPanel({
          title: 'Known tasks',
          about: ['sedna_knowledge_base_known_tasks'],
          asks: [[aggregate('max', ['cluster'], buildSelector('sedna_knowledge_base_known_tasks')), '{{cluster}}']],
          empty: 'not collected',
          height: 8,
        })
      )
      .withPanel(samples('train', 'Samples for training', 8))
      .withPanel(models('Models of training', 12, 'trained', 'base'))
      .withPanel(tasksTable(12))
      .withPanel(groupsTable(12))
      .withPanel(
        tablePanel({
          title: 'Where the samples of tasks are',
          about: ['sedna:task_sample_dir_info'],
          expressions: [
            aggregate('group', [...ON_OBJECT, 'task', 'url'], buildSelector('sedna:task_sample_dir_info', SHOWN)),
          ],
          columns: [
            { of: 'namespace', title: 'Namespace', width: 110 },
            { of: 'name', title: 'Job', width: 220, link: APP_LINKS.object(KIND) },
            { of: 'task', title: 'Task', width: 140 },
            { of: 'url', title: 'Samples' },
          ],
          height: 8,
          empty: 'No training has logged where it put its samples',
        })
      )
      .withRow(new RowBuilder('Evaluation'))
      .withPanel(samples('eval', 'Samples for evaluation', 12))
      .withPanel(models('Evaluated models', 12, 'evaluated'))
      .withPanel(
        tablePanel({
          title: 'Scores of tasks at the newest evaluation',
          about: ['sedna:task_score', 'sedna:task_deployable'],
          expressions: [taskScores(SHOWN), tasksPassed(SHOWN)],
          columns: [
            { of: 'namespace', title: 'Namespace', width: 95 },
            { of: 'name', title: 'Job', link: APP_LINKS.object(KIND) },
            { of: 'task', title: 'Task', width: 110 },
            { of: 'metric', title: 'Metric', width: 125 },
            { of: 'Value #A', title: 'Score', width: 150, decimals: 3, barTo: 1 },
            { of: 'Value #B', title: 'Status', width: 80, colored: yesNo('passed', 'dropped') },
          ],
          sortBy: 'Score',
          ascending: true,
          width: 15,
          empty: 'No evaluation has logged a score',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Result of evaluations',
          about: ['sedna_job_eval_metric'],
          asks: [
            [
              aggregate('max', [...ON_OBJECT, 'metric'], buildSelector('sedna_job_eval_metric', SHOWN)),
              `${OF_OBJECT} {{metric}}`,
            ],
          ],
          width: 9,
          height: 9,
          empty: 'No evaluation has reported a metric yet',
        })
      )
      .withRow(new RowBuilder('Deployment'))
      .withPanel(deployTimeline(SHOWN))
      .withPanel(models('Deployed models', 12, 'deployed'))
      .withPanel(
        seriesPanel({
          title: 'Deployments that the local controller could not complete, a minute',
          about: ['sedna_log_deploy_errors_per_minute'],
          asks: [[aggregate('sum', ON_OBJECT, buildSelector('sedna_log_deploy_errors_per_minute', SHOWN))]],
          sparse: 'dots',
          empty: 'No deployment went wrong in this time',
        })
      ),
    ['Result of evaluations', 'Samples for training', 'Samples for evaluation']
  );
}
