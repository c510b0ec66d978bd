/** The knowledge base: availability, content, and evaluation of its tasks. */
import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { componentPods } from '../../src/query/dashboards';
import {
  droppedHistory,
  droppedLines,
  roundSamplesHistory,
  scoreHistory,
  trainingSamplesHistory,
  unseenSamplesHistory,
} from '../../src/query/knowledgeBase';
import { logLines } from '../../src/query/logs/logql';
import { aggregate, overTime, buildSelector } from '../../src/query/promql';
import { groupsTable, tasksTable } from '../sharedPanels';
import { logsPanel, OBJECT_LEGEND, seriesPanel, statPanel, tablePanel, timelinePanel } from '../panels';
import { createDashboard, buildDashboard } from '../base';
import { booleanMappings } from '../states';

const LOST_FILES = buildSelector('sedna_log_knowledge_base_files_lost_per_minute');
const READABLE = aggregate('max', ['cluster'], buildSelector('sedna_knowledge_base_up'));
const READABLE_MAPPINGS = booleanMappings('Readable', 'Not readable');

const countPanel = (title: string, metric: string) =>
  statPanel({
    title,
    descriptions: [metric],
    queries: [[aggregate('max', ['cluster'], buildSelector(metric)), '{{cluster}}']],
    width: 3,
    noValue: 'Not collected',
  });

export function knowledgeBaseDashboard(): Dashboard {
  return buildDashboard(
    createDashboard({
      id: 'knowledge-base',
      title: 'knowledge base',
      description:
        'The knowledge base shared by all lifelong learning jobs: location, tasks and groups, scores, and dropped tasks.',
      page: 'knowledge-base',
      logs: true,
    })
      .withPanel(
        statPanel({
          title: 'Database',
          width: 3,
          descriptions: ['sedna_knowledge_base_up'],
          queries: [[READABLE, '{{cluster}}']],
          mappings: READABLE_MAPPINGS,
          noValue: 'Not collected',
        })
      )
      .withPanel(countPanel('Tasks', 'sedna_knowledge_base_known_tasks'))
      .withPanel(countPanel('Groups', 'sedna_knowledge_base_task_groups'))
      .withPanel(
        statPanel({
          title: 'Possibly lost files',
          descriptions: ['sedna_log_knowledge_base_files_lost_per_minute'],
          queries: [
            [
              aggregate('sum', ['cluster', 'file'], overTime('sum_over_time', LOST_FILES, '$__range')),
              '{{cluster}} {{file}}',
            ],
          ],
          redFrom: 1,
          width: 5,
          showNames: true,
          noValue: 'None',
        })
      )
      .withPanel(
        tablePanel({
          title: 'Location',
          descriptions: ['sedna:knowledge_base_info'],
          expressions: [
            aggregate(
              'group',
              ['cluster', 'ip', 'pod', 'node', 'node_type'],
              buildSelector('sedna:knowledge_base_info')
            ),
          ],
          columns: [
            { field: 'ip', title: 'IP address', width: 110 },
            { field: 'pod', title: 'Pod' },
            { field: 'node', title: 'Node', width: 110 },
            { field: 'node_type', title: 'Type', width: 70 },
          ],
          width: 10,
          height: 4,
          noValue: 'No service kb found in the namespace sedna',
        })
      )
      .withPanel(
        timelinePanel({
          title: 'Database availability',
          descriptions: ['sedna_knowledge_base_up'],
          queries: [[READABLE, '{{cluster}} database']],
          mappings: READABLE_MAPPINGS,
          height: 4,
        })
      )
      .withPanel(tasksTable(12, 11))
      .withPanel(groupsTable(12, 11))
      .withRow(new RowBuilder('Evaluation'))
      .withPanel(
        seriesPanel({
          title: 'Scores by task',
          descriptions: ['Tasks with the lowest scores in the latest evaluation.', 'sedna_log_task_score'],
          queries: [[scoreHistory(''), `${OBJECT_LEGEND} {{task}} {{metric}}`]],
          sparseStyle: 'dots',
          height: 10,
          noValue: 'No scores logged in this time range',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Dropped tasks by job',
          descriptions: ['sedna:task_deployable'],
          queries: [[droppedHistory(), OBJECT_LEGEND]],
          height: 10,
          noValue: 'No tasks have been evaluated yet',
        })
      )
      .withPanel(
        logsPanel({
          title: 'Dropped task logs',
          descriptions: ["Lines of evaluations that name tasks that won't be deployed, and why."],
          expression: droppedLines(),
          height: 8,
          noValue: 'No tasks dropped in this time range',
        })
      )
      .withRow(new RowBuilder('Samples'))
      .withPanel(
        seriesPanel({
          title: 'Last round samples by task',
          descriptions: ['Tasks with the most samples.', 'sedna_knowledge_base_task_last_round_samples'],
          queries: [[roundSamplesHistory(''), '{{cluster}} {{task}}']],
          width: 8,
          unit: 'locale',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'New training samples by job',
          descriptions: ['Logged by the local controller. A round trains with the samples since the previous one.'],
          queries: [[trainingSamplesHistory(), OBJECT_LEGEND]],
          sparseStyle: 'lines',
          width: 8,
          unit: 'locale',
          noValue: 'No training samples logged in this time range',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Unseen samples by job',
          descriptions: [
            'By default, Sedna decides at random, so this is meaningless until a job sets unseen_sample_recognition.',
            'sedna:inference_samples',
          ],
          queries: [[unseenSamplesHistory(), OBJECT_LEGEND]],
          width: 8,
          unit: 'locale',
          noValue: "No inference samples. Sedna doesn't record any unless the job does.",
        })
      )
      .withPanel(
        logsPanel({
          title: 'Knowledge base errors',
          descriptions: ['Lines of the knowledge base pod with level error, newest first.'],
          expression: logLines({ matchers: componentPods('kb'), levels: ['error'] }),
          height: 8,
          noValue: 'No errors in this time range',
        })
      )
  );
}
