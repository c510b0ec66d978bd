/** Logs of Sedna's components and workers: by pod, level and text. */
import { TextBoxVariableBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { countBy, NAMESPACE, matchingLines, matchingVolume, topk } from '../src/query/dashboards';
import { LEVEL_LABEL, logLines, buildStreamSelector } from '../src/query/logs/logql';
import { fromVariable, buildLabelValuesQuery } from '../src/query/escape';
import { logsPanel, seriesPanel, volumePanel } from './panels';
import { board, finished, levelVariable, lokiVariable } from './shared';

const SHOWN = [NAMESPACE, fromVariable('pod', 'pod')];

export function logsDashboard(): Dashboard {
  return finished(
    board({
      id: 'logs',
      title: 'logs',
      description:
        'Lines of workers and of components, by namespace, pod, level and text. The text may be a part of a word, in any case; it may not hold a backtick.',
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
          title: 'Lines that are found, by level',
          about: ['Levels are read out of the lines, whatever their format.'],
          expression: matchingVolume(SHOWN, [LEVEL_LABEL]),
          height: 7,
          empty: 'No line has all that is asked for',
        })
      )
      .withPanel(
        logsPanel({
          title: 'Lines',
          about: ['Newest first, 200 at most.'],
          expression: matchingLines(SHOWN),
          height: 20,
          empty: 'No line has all that is asked for',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Lines by pod, whatever they hold',
          about: ['Those pods that wrote the most in each step.'],
          asks: [[topk(10, countBy(['pod'], buildStreamSelector(SHOWN))), '{{pod}}']],
          source: 'loki',
          stacked: 'bars',
          height: 9,
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Errors by pod',
          about: ['Lines of level error and tracebacks.'],
          asks: [[countBy(['pod'], logLines({ matchers: SHOWN, levels: ['error'] })), '{{pod}}']],
          source: 'loki',
          stacked: 'bars',
          height: 9,
          empty: 'No errors in this time',
        })
      )
  );
}
