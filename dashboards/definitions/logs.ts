/** Logs of Sedna's components and workers by pod, level, and text. */
import { TextBoxVariableBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { countBy, NAMESPACE, matchingLines, matchingVolume, topk } from '../../src/query/dashboards';
import { LEVEL_LABEL, logLines, buildStreamSelector } from '../../src/query/logs/logql';
import { fromVariable, buildLabelValuesQuery } from '../../src/query/escape';
import { logsPanel, seriesPanel, volumePanel } from '../panels';
import { createDashboard, buildDashboard, levelVariable, lokiVariable } from '../base';

const MATCHERS = [NAMESPACE, fromVariable('pod', 'pod')];

export function logsDashboard(): Dashboard {
  return buildDashboard(
    createDashboard({
      id: 'logs',
      title: 'logs',
      description:
        "Logs of workers and components by namespace, pod, level, and text. The text matches parts of words, ignores case, and can't contain backticks.",
      page: 'logs',
      logs: 'only',
      from: 'now-1h',
    })
      .withVariable(lokiVariable(buildLabelValuesQuery('namespace'), { name: 'namespace', label: 'Namespace' }))
      .withVariable(lokiVariable(buildLabelValuesQuery('pod', [NAMESPACE]), { name: 'pod', label: 'Pod' }))
      .withVariable(levelVariable())
      .withVariable(new TextBoxVariableBuilder('search').label('Text'))
      .withPanel(
        volumePanel({
          title: 'Matching lines by level',
          descriptions: ['Levels are detected from the line, whatever its format.'],
          expression: matchingVolume(MATCHERS, [LEVEL_LABEL]),
          height: 7,
          noValue: 'No matching lines',
        })
      )
      .withPanel(
        logsPanel({
          title: 'Log lines',
          descriptions: ['Newest first, at most 200.'],
          expression: matchingLines(MATCHERS),
          height: 20,
          noValue: 'No matching lines',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'All lines by pod',
          descriptions: ['Pods with the most lines in each interval, regardless of level and text.'],
          queries: [[topk(10, countBy(['pod'], buildStreamSelector(MATCHERS))), '{{pod}}']],
          source: 'loki',
          stacked: 'bars',
          height: 9,
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Errors by pod',
          descriptions: ['Lines with level error, and tracebacks.'],
          queries: [[countBy(['pod'], logLines({ matchers: MATCHERS, levels: ['error'] })), '{{pod}}']],
          source: 'loki',
          stacked: 'bars',
          height: 9,
          noValue: 'No errors in this time range',
        })
      )
  );
}
