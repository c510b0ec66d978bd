import { LoadingState } from '@grafana/data';
import { SceneFlexItem, SceneFlexLayout, type SceneQueryRunner } from '@grafana/scenes';
import { LogsSummary } from './LogsSummary';
import { LogVolume, type LogVolumeQuery } from './LogVolume';
import { buildLogsPanel, type LogsPanelOptions } from '../builders';
import { QueryNotice } from '../page/QueryNotice';

interface LogsLayoutOptions extends Omit<LogsPanelOptions, '$data'> {
  /** Asks for the lines. */
  lines: SceneQueryRunner;
  /** Lines that one query gives at most. */
  limit: number;
  /** LogQL of the count of all lines of the range, and whether it is asked for; without it those shown are counted. */
  volume?: { of: LogVolumeQuery; expr: string };
}

/** Log lines under their volume by level; what the query for lines has to say stands above both. */
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
    let found = false;
    const follow = ({ data }: Pick<SceneQueryRunner['state'], 'data'>) => {
      if (data?.state === LoadingState.Done) {
        found = data.series.some(({ length }) => length > 0);
      }
      if (data?.state === LoadingState.Done || data?.state === LoadingState.Error) {
        // Words say that there is nothing, or why: empty frames under them say no more.
        panels.forEach((panel) => panel.setState({ isHidden: !found }));
      }
    };
    follow(lines.state);
    const subscription = lines.subscribeToState(follow);
    return () => subscription.unsubscribe();
  });
  return { layout, ...parts };
}
