import { LoadingState } from '@grafana/data';
import { SceneFlexItem, SceneFlexLayout, type SceneQueryRunner } from '@grafana/scenes';
import { getLineLimit } from '../../data/requests/reduceLines';
import { LogsSummary } from './LogsSummary';
import { LogVolume, type LogVolumeQuery } from './LogVolume';
import { buildLogsPanel, type LogsPanelOptions } from '../builders';
import { QueryNotice } from '../page/QueryNotice';

interface LogsLayoutOptions extends Omit<LogsPanelOptions, '$data'> {
  /** Queries the lines. */
  lines: SceneQueryRunner;
  /** Maximum number of lines of one query. */
  limit: number;
  /** What the log volume counts; the shown lines if absent. */
  volume?: { of: LogVolumeQuery; expr: string };
}

/** Creates a layout of error or empty state, summary, log volume, and log lines. */
export function createLogsLayout({ lines, limit, volume, ...panel }: LogsLayoutOptions) {
  const parts = {
    summary: new LogsSummary({ limit, order: panel.order ?? 'newest' }),
    volume: new LogVolume(volume ?? { of: 'shown', expr: '' }),
    panel: buildLogsPanel(panel),
  };
  const panels = [
    new SceneFlexItem({ ySizing: 'content', body: parts.volume }),
    new SceneFlexItem({ minHeight: 480, body: parts.panel }),
  ];
  const layout = new SceneFlexLayout({
    direction: 'column',
    $data: lines,
    children: [
      new SceneFlexItem({ ySizing: 'content', body: new QueryNotice({ role: 'loki' }) }),
      new SceneFlexItem({ ySizing: 'content', body: parts.summary }),
      ...panels,
    ],
  });
  layout.addActivationHandler(() => {
    const showLimit = (state: SceneQueryRunner['state']) => {
      const current = getLineLimit(state) ?? limit;
      parts.summary.setState({ limit: current, isReduced: current < limit });
    };
    let hasLines = false;
    const hideEmptyPanels = ({ data }: Pick<SceneQueryRunner['state'], 'data'>) => {
      if (data?.state === LoadingState.Done) {
        hasLines = data.series.some(({ length }) => length > 0);
      }
      if (data?.state === LoadingState.Done || data?.state === LoadingState.Error) {
        // QueryNotice shows that there are no lines, or why. Empty panels below it would add nothing.
        panels.forEach((panel) => panel.setState({ isHidden: !hasLines }));
      }
    };
    showLimit(lines.state);
    hideEmptyPanels(lines.state);
    const subscription = lines.subscribeToState((state, before) => {
      if (state.queries !== before.queries) {
        showLimit(state);
      }
      hideEmptyPanels(state);
    });
    return () => subscription.unsubscribe();
  });
  return { layout, ...parts };
}
