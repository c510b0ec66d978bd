/** Lifelong learning at a glance: which jobs need attention. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chosen, edgeNodeAges, JOB, NAMESPACE, ON_OBJECT, transitions } from '../../src/query/dashboards';
import { logLines, logVolume } from '../../src/query/logs/logql';
import { aggregate, isAbove, filterActiveState, buildSelector } from '../../src/query/promql';
import { anyWorkerPod } from '../../src/query/resources';
import { equals } from '../../src/query/escape';
import { STAGE_CONDITIONS } from '../../src/sedna/kinds';
import { NODE_OFFLINE_AFTER_SECONDS } from '../../src/sedna/staleness';
import { conditionTimeline, objectsTable } from '../sharedPanels';
import { logsPanel, seriesPanel, statPanel, volumePanel } from '../panels';
import { createDashboard, buildDashboard, conditionAnnotations, jobVariable, namespaceVariable } from '../base';
import { STATE_COLORS, booleanMappings } from '../states';

const KIND = 'LifelongLearningJob';
const FAILED = [...chosen(KIND), equals('condition', 'Failed')];
const MATCHERS = [NAMESPACE, JOB];

export function overviewDashboard(): Dashboard {
  return buildDashboard(
    createDashboard({
      id: 'overview',
      title: 'lifelong learning overview',
      description: 'All lifelong learning jobs: stages, conditions, failures, and worker logs.',
      page: 'overview',
      logs: true,
    })
      .withVariable(namespaceVariable('sedna_lifelonglearningjob_info'))
      .withVariable(jobVariable('sedna_lifelonglearningjob_info', [NAMESPACE], 'Job'))
      .annotation(conditionAnnotations('Failures', FAILED, 'red'))
      .withPanel(
        statPanel({
          title: 'Jobs',
          width: 3,
          descriptions: ['sedna_lifelonglearningjob_info'],
          queries: [
            [aggregate('count', ['cluster'], buildSelector('sedna_lifelonglearningjob_info', MATCHERS)), '{{cluster}}'],
          ],
          noValue: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Failures',
          width: 4,
          descriptions: [
            'Failed conditions written in the time range. A job that fails starts a new round immediately.',
          ],
          queries: [[transitions(FAILED, ['cluster']), '{{cluster}}']],
          noValue: '0',
          redFrom: 1,
        })
      )
      .withPanel(
        statPanel({
          title: 'Workers',
          descriptions: ['sedna:workers:active'],
          queries: [
            [aggregate('sum', ['cluster'], buildSelector('sedna:workers:active', chosen(KIND))), '{{cluster}}'],
          ],
          noValue: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Edge nodes offline',
          width: 5,
          descriptions: ['Nodes with the role edge that had no heartbeat for a minute, as of the last scrape.'],
          queries: [
            [aggregate('sum', ['cluster'], isAbove(edgeNodeAges(), NODE_OFFLINE_AFTER_SECONDS)), '{{cluster}}'],
          ],
          noValue: 'Not collected',
          redFrom: 1,
        })
      )
      .withPanel(
        statPanel({
          title: 'Knowledge base',
          width: 5,
          descriptions: ['sedna_knowledge_base_up'],
          queries: [[aggregate('max', ['cluster'], buildSelector('sedna_knowledge_base_up')), '{{cluster}}']],
          mappings: booleanMappings('Readable', 'Not readable'),
          noValue: 'Not collected',
        })
      )
      .withPanel(
        statPanel({
          title: 'Tasks',
          width: 3,
          descriptions: ['sedna_knowledge_base_known_tasks'],
          queries: [[aggregate('max', ['cluster'], buildSelector('sedna_knowledge_base_known_tasks')), '{{cluster}}']],
          noValue: 'Not collected',
        })
      )
      .withPanel(
        objectsTable(KIND, {
          title: 'Latest condition by job',
          showReason: true,
          numberColumns: [
            {
              expression: aggregate('max', ON_OBJECT, buildSelector('sedna_job_round', chosen(KIND))),
              column: { title: 'Round', width: 80 },
            },
            { expression: transitions(FAILED, ON_OBJECT), column: { title: 'Failures', width: 90 } },
          ],
          height: 12,
        })
      )
      .withPanel(conditionTimeline(KIND, 'Condition by job', 12, true))
      .withPanel(
        seriesPanel({
          title: 'Jobs by condition',
          descriptions: ['sedna_lifelonglearningjob_condition'],
          queries: [
            [
              aggregate(
                'count',
                ['cluster', 'condition'],
                filterActiveState(buildSelector('sedna_lifelonglearningjob_condition', MATCHERS))
              ),
              '{{cluster}} {{condition}}',
            ],
          ],
          stacked: 'areas',
          colors: Object.fromEntries(STAGE_CONDITIONS.map((each) => [each, STATE_COLORS[each]])),
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Dataset samples',
          descriptions: ['sedna_dataset_samples'],
          queries: [[aggregate('max', ON_OBJECT, buildSelector('sedna_dataset_samples', [NAMESPACE]))]],
        })
      )
      .withPanel(
        volumePanel({
          title: 'Worker log lines by level',
          descriptions: ['Worker pods are identified by name. Levels are detected from the line, whatever its format.'],
          expression: logVolume({ matchers: [NAMESPACE, anyWorkerPod()] }),
          noValue: 'No worker logs in this time range',
        })
      )
      .withPanel(
        logsPanel({
          title: 'Worker errors',
          descriptions: ['Lines with level error, and tracebacks, newest first, at most 200.'],
          expression: logLines({ matchers: [NAMESPACE, anyWorkerPod()], levels: ['error'] }),
          noValue: 'No errors in this time range',
        })
      ),
    ['Jobs by condition']
  );
}
