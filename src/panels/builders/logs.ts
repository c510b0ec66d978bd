import type { DataFrame } from '@grafana/data';
import { PanelBuilders, type SceneDataProvider, type VizPanel } from '@grafana/scenes';
import { LogsDedupStrategy, LogsSortOrder } from '@grafana/schema';
import { transformData, type PanelOptions } from './options';

export type LogsOrder = 'newest' | 'oldest';

/** Log line that the menu of the logs panel passes to its items. */
export interface LogsPanelLine {
  timeEpochNs: string;
  entry: string;
  labels: Record<string, string>;
  uid: string;
}

export interface LogsPanelOptions extends PanelOptions {
  /** Lines at the top; `newest` if absent. */
  order?: LogsOrder;
  /** Returns regular expressions of JavaScript to highlight; the prefix `(?i)` ignores case. */
  marks?: () => string[];
  /** Items of the menu of a line, in addition to those of Grafana. */
  menu?: ReadonlyArray<{ label: string; onClick: (line: LogsPanelLine) => void }>;
  /** Callbacks of the panel's own controls that change the search. */
  onSearch?: {
    filterLabel: (label: string, value: string) => void;
    include: (text: string) => void;
    exclude: (text: string) => void;
    order: (order: LogsOrder) => void;
  };
}

/** Replaces the highlights that the data source derives from the query: keywords of the user aren't its patterns. */
const highlightMarks = ($data: SceneDataProvider | undefined, marks: () => string[]) =>
  transformData($data, (frames: DataFrame[]) =>
    frames.map((frame) => ({ ...frame, meta: { ...frame.meta, searchWords: marks() } }))
  );

const toSortOrder = (order: LogsOrder) => (order === 'oldest' ? LogsSortOrder.Ascending : LogsSortOrder.Descending);

/** Changes the order of a logs panel, also of one that isn't mounted yet. */
export const setLogsSortOrder = (panel: VizPanel, order: LogsOrder) =>
  panel.setState({ options: { ...panel.state.options, sortOrder: toSortOrder(order) } });

/** Builds Grafana's logs panel with controls, details of lines, and infinite scrolling. */
export function buildLogsPanel({
  title,
  $data,
  order = 'newest',
  marks,
  menu = [],
  onSearch,
}: LogsPanelOptions): VizPanel {
  const builder = PanelBuilders.logs()
    .setTitle(title)
    .setData(marks ? highlightMarks($data, marks) : $data)
    .setOption('showTime', true)
    .setOption('wrapLogMessage', true)
    .setOption('enableLogDetails', true)
    .setOption('sortOrder', toSortOrder(order))
    .setOption('dedupStrategy', LogsDedupStrategy.none)
    .setOption('enableInfiniteScrolling', true)
    .setOption('showControls', true)
    .setOption('controlsStorageKey', 'kubeedge-sedna-app.logs')
    .setOption('displayedFields', [])
    .setOption('logLineMenuCustomItems', [...menu]);
  if (onSearch) {
    builder
      .setOption('onClickFilterLabel', onSearch.filterLabel)
      .setOption('onClickFilterString', onSearch.include)
      .setOption('onClickFilterOutString', onSearch.exclude)
      .setOption('onLogOptionsChange', (option: string, value: unknown) => {
        if (option === 'sortOrder') {
          onSearch.order(value === LogsSortOrder.Ascending ? 'oldest' : 'newest');
        }
      });
  }
  return builder.build();
}
