/** The knowledge base: whether it is there, what it holds, how its tasks were judged. */
import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { componentPods } from '../src/query/dashboards';
import {
  droppedHistory,
  droppedLines,
  roundSamplesHistory,
  scoreHistory,
  trainingSamplesHistory,
  unseenSamplesHistory,
} from '../src/query/knowledgeBase';
import { logLines } from '../src/query/logs/logql';
import { aggregate, overTime, buildSelector } from '../src/query/promql';
import { groupsTable, tasksTable } from './parts';
import { logsPanel, OF_OBJECT, seriesPanel, statPanel, tablePanel, timelinePanel } from './panels';
import { board, finished } from './shared';
import { yesNo } from './states';

const LOST = buildSelector('sedna_log_knowledge_base_files_lost_per_minute');
const UP = aggregate('max', ['cluster'], buildSelector('sedna_knowledge_base_up'));
const READABLE = yesNo('readable', 'not readable');

const counted = (title: string, metric: string) =>
  statPanel({
    title,
    about: [metric],
    asks: [[aggregate('max', ['cluster'], buildSelector(metric)), '{{cluster}}']],
    width: 3,
    empty: 'not collected',
  });

export function knowledgeBaseDashboard(): Dashboard {
  return finished(
    board({
      id: 'knowledge-base',
      title: 'knowledge base',
      description:
        'The knowledge base that all lifelong learning jobs share: where it runs, its tasks and groups, scores and dropped tasks.',
      page: 'knowledge-base',
      logs: true,
    })
      .withPanel(
        statPanel({
          title: 'It is',
          width: 3,
          about: ['sedna_knowledge_base_up'],
          asks: [[UP, '{{cluster}}']],
          states: READABLE,
          empty: 'not collected',
        })
      )
      .withPanel(counted('Tasks', 'sedna_knowledge_base_known_tasks'))
      .withPanel(counted('Groups', 'sedna_knowledge_base_task_groups'))
      .withPanel(
        statPanel({
          title: 'Signs of lost files',
          about: ['sedna_log_knowledge_base_files_lost_per_minute'],
          asks: [
            [
              aggregate('sum', ['cluster', 'file'], overTime('sum_over_time', LOST, '$__range')),
              '{{cluster}} {{file}}',
            ],
          ],
          badFrom: 1,
          width: 5,
          named: true,
          empty: 'none',
        })
      )
      .withPanel(
        tablePanel({
          title: 'Where it runs',
          about: ['sedna:knowledge_base_info'],
          expressions: [
            aggregate(
              'group',
              ['cluster', 'ip', 'pod', 'node', 'node_type'],
              buildSelector('sedna:knowledge_base_info')
            ),
          ],
          columns: [
            { of: 'ip', title: 'Address', width: 110 },
            { of: 'pod', title: 'Pod' },
            { of: 'node', title: 'Node', width: 110 },
            { of: 'node_type', title: 'Type', width: 70 },
          ],
          width: 10,
          height: 4,
          empty: 'There is no service kb in the namespace sedna',
        })
      )
      .withPanel(
        timelinePanel({
          title: 'Whether its database can be read',
          about: ['sedna_knowledge_base_up'],
          asks: [[UP, '{{cluster}} database']],
          states: READABLE,
          height: 4,
        })
      )
      .withPanel(tasksTable(12, 11))
      .withPanel(groupsTable(12, 11))
      .withRow(new RowBuilder('Evaluation'))
      .withPanel(
        seriesPanel({
          title: 'Scores by task, each evaluation a dot',
          about: ['Of the tasks that scored lowest in the newest evaluation.', 'sedna_log_task_score'],
          asks: [[scoreHistory(''), `${OF_OBJECT} {{task}} {{metric}}`]],
          sparse: 'dots',
          height: 10,
          empty: 'No evaluation logged a score in this time',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Dropped tasks at the newest evaluation, by job',
          about: ['sedna:task_deployable'],
          asks: [[droppedHistory(), OF_OBJECT]],
          height: 10,
          empty: 'No evaluation has judged a task yet',
        })
      )
      .withPanel(
        logsPanel({
          title: 'Why tasks were dropped',
          about: ['Lines of evaluations that say which task will not be deployed, and why.'],
          expression: droppedLines(),
          height: 8,
          empty: 'No task was dropped in this time',
        })
      )
      .withRow(new RowBuilder('Samples'))
      .withPanel(
        seriesPanel({
          title: 'Samples of the last round, by task',
          about: ['Of the tasks with the most samples.', 'sedna_knowledge_base_task_last_round_samples'],
          asks: [[roundSamplesHistory(''), '{{cluster}} {{task}}']],
          width: 8,
          unit: 'locale',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'New samples for training, by job',
          about: ['As the local controller logs them: a round is trained with the sum since the last.'],
          asks: [[trainingSamplesHistory(), OF_OBJECT]],
          sparse: 'lines',
          width: 8,
          unit: 'locale',
          empty: 'No local controller logged samples in this time',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Unseen samples at inference, by job',
          about: [
            'By default Sedna tosses a coin for each sample: it means nothing until a job sets unseen_sample_recognition.',
            'sedna:inference_samples',
          ],
          asks: [[unseenSamplesHistory(), OF_OBJECT]],
          width: 8,
          unit: 'locale',
          empty: 'No job records samples of inference: Sedna itself does not',
        })
      )
      .withPanel(
        logsPanel({
          title: 'Errors of the knowledge base',
          about: ['Lines of level error of its pod, newest first.'],
          expression: logLines({ matchers: componentPods('kb'), levels: ['error'] }),
          height: 8,
          empty: 'No errors in this time',
        })
      )
  );
}
