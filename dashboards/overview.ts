/** Lifelong learning at a glance: which job needs somebody, and where to look next. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chosen, edgeNodeAges, JOB, NAMESPACE, ON_OBJECT, transitions } from '../src/query/dashboards';
import { logLines, logVolume } from '../src/query/logs/logql';
import { aggregate, isAbove, filterActiveState, buildSelector } from '../src/query/promql';
import { anyWorkerPod } from '../src/query/resources';
import { equals } from '../src/query/escape';
import { STAGE_CONDITIONS } from '../src/sedna/kinds';
import { NODE_OFFLINE_AFTER_SECONDS } from '../src/sedna/staleness';
import { conditionTimeline, objectsTable } from './parts';
import { logsPanel, seriesPanel, statPanel, volumePanel } from './panels';
import { board, finished, conditionMarks, jobVariable, namespaceVariable } from './shared';
import { COLORS, yesNo } from './states';

const KIND = 'LifelongLearningJob';
const FAILED = [...chosen(KIND), equals('condition', 'Failed')];
const SHOWN = [NAMESPACE, JOB];

export function overviewDashboard(): Dashboard {
  return finished(
    board({
      id: 'overview',
      title: 'lifelong learning overview',
      description: 'Every lifelong learning job: its stage and condition, its failures, what its workers log.',
      page: 'overview',
      logs: true,
    })
      .withVariable(namespaceVariable('sedna_lifelonglearningjob_info'))
      .withVariable(jobVariable('sedna_lifelonglearningjob_info', [NAMESPACE], 'Job'))
      .annotation(conditionMarks('Failures', FAILED, 'red'))
      .withPanel(
        statPanel({
          title: 'Jobs',
          width: 3,
          about: ['sedna_lifelonglearningjob_info'],
          asks: [
            [aggregate('count', ['cluster'], buildSelector('sedna_lifelonglearningjob_info', SHOWN)), '{{cluster}}'],
          ],
          empty: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Failures',
          width: 4,
          about: [
            'Conditions Failed that were written within the time range. A job that fails begins a new round at once.',
          ],
          asks: [[transitions(FAILED, ['cluster']), '{{cluster}}']],
          empty: '0',
          badFrom: 1,
        })
      )
      .withPanel(
        statPanel({
          title: 'Workers',
          about: ['sedna:workers:active'],
          asks: [[aggregate('sum', ['cluster'], buildSelector('sedna:workers:active', chosen(KIND))), '{{cluster}}']],
          empty: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Edge nodes offline',
          width: 5,
          about: ['Nodes with the role edge that gave no sign of life for a minute, when they were last scraped.'],
          asks: [[aggregate('sum', ['cluster'], isAbove(edgeNodeAges(), NODE_OFFLINE_AFTER_SECONDS)), '{{cluster}}']],
          empty: 'not collected',
          badFrom: 1,
        })
      )
      .withPanel(
        statPanel({
          title: 'Knowledge base',
          width: 5,
          about: ['sedna_knowledge_base_up'],
          asks: [[aggregate('max', ['cluster'], buildSelector('sedna_knowledge_base_up')), '{{cluster}}']],
          states: yesNo('readable', 'not readable'),
          empty: 'not collected',
        })
      )
      .withPanel(
        statPanel({
          title: 'Tasks',
          width: 3,
          about: ['sedna_knowledge_base_known_tasks'],
          asks: [[aggregate('max', ['cluster'], buildSelector('sedna_knowledge_base_known_tasks')), '{{cluster}}']],
          empty: 'not collected',
        })
      )
      .withPanel(
        objectsTable(KIND, {
          title: 'Newest condition of each job',
          reason: true,
          numbers: [
            {
              expression: aggregate('max', ON_OBJECT, buildSelector('sedna_job_round', chosen(KIND))),
              column: { title: 'Round', width: 80 },
            },
            { expression: transitions(FAILED, ON_OBJECT), column: { title: 'Failures', width: 90 } },
          ],
          height: 12,
        })
      )
      .withPanel(conditionTimeline(KIND, 'Condition of each job', 12, true))
      .withPanel(
        seriesPanel({
          title: 'Jobs by condition',
          about: ['sedna_lifelonglearningjob_condition'],
          asks: [
            [
              aggregate(
                'count',
                ['cluster', 'condition'],
                filterActiveState(buildSelector('sedna_lifelonglearningjob_condition', SHOWN))
              ),
              '{{cluster}} {{condition}}',
            ],
          ],
          stacked: 'areas',
          colors: Object.fromEntries(STAGE_CONDITIONS.map((each) => [each, COLORS[each]])),
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Samples of datasets',
          about: ['sedna_dataset_samples'],
          asks: [[aggregate('max', ON_OBJECT, buildSelector('sedna_dataset_samples', [NAMESPACE]))]],
        })
      )
      .withPanel(
        volumePanel({
          title: 'Lines of worker pods by level',
          about: ['Worker pods are told by their names. Levels are read out of the lines, whatever their format.'],
          expression: logVolume({ matchers: [NAMESPACE, anyWorkerPod()] }),
          empty: 'The workers wrote nothing in this time',
        })
      )
      .withPanel(
        logsPanel({
          title: 'Errors of worker pods',
          about: ['Lines of level error and tracebacks, newest first, 200 at most.'],
          expression: logLines({ matchers: [NAMESPACE, anyWorkerPod()], levels: ['error'] }),
          empty: 'No errors in this time',
        })
      ),
    ['Jobs by condition']
  );
}
