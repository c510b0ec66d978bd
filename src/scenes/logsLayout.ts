import { t } from '@grafana/i18n';
import { SceneFlexItem, SceneFlexLayout, type SceneQueryRunner } from '@grafana/scenes';
import { logsPanel, volumePanel } from './panels';
import { QueryNotice } from './QueryNotice';

interface LogsLayoutOptions {
  /** Asks for the lines. */
  lines: SceneQueryRunner;
  /** Asks how many there are of each level over time. */
  volume: SceneQueryRunner;
  /** What stands over the lines. */
  title: string;
}

/** Log lines under their volume by level; what the query for lines has to say stands above both. */
export const logsLayout = ({ lines, volume, title }: LogsLayoutOptions) =>
  new SceneFlexLayout({
    direction: 'column',
    $data: lines,
    children: [
      new SceneFlexItem({ ySizing: 'content', body: new QueryNotice({ role: 'loki' }) }),
      new SceneFlexItem({
        height: 180,
        body: volumePanel({ title: t('logs.volume', 'Lines by level'), $data: volume }),
      }),
      new SceneFlexItem({ minHeight: 420, body: logsPanel({ title }) }),
    ],
  });
