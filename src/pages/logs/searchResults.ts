/** The lines view: log volume, summary, and lines of a search. */
import { SceneQueryRunner, type SceneObject } from '@grafana/scenes';
import { createLogsLayout } from '../../panels/logs/logsLayout';
import type { LogEntry } from '../../data/logs/logEntries';
import { setLogsSortOrder } from '../../panels/builders';
import { getDataSourceRef } from '../../platform/dataSources';
import { reduceLines } from '../../data/requests/reduceLines';
import { retryUnreachable } from '../../data/requests/retryPolicy';
import { buildHighlightPatterns, buildLineQueries, buildVolumeExpression, MAX_LINES } from './queries';
import { SearchTimeRange } from './SearchTimeRange';
import type { Selection } from './selection';
import { buildLineLink } from './toolbar/shareLinks';
import { t } from '../../platform/i18n';

export type SearchResults = ReturnType<typeof createLogsLayout> & {
  lines: SceneQueryRunner;
  timeRange: SearchTimeRange;
};

interface Callbacks {
  onSelect: (change: Partial<Selection>) => void;
  onAddKeyword: (list: 'include' | 'exclude', text: string) => void;
  onFilterLabel: (label: string, value: string) => void;
  onShowContext: (line: LogEntry) => void;
  onCopyLink: (link: string) => void;
}

/**
 * Creates the panels and runners of a search over the page's current time range.
 * @param page the scene that holds the results
 * @param getSelection called again for each response, to highlight the keywords of that moment
 */
export function createSearchResults(
  page: SceneObject,
  getSelection: () => Selection,
  { onSelect, onAddKeyword, onFilterLabel, onShowContext, onCopyLink }: Callbacks
): SearchResults {
  const selection = getSelection();
  const lines = new SceneQueryRunner({
    datasource: getDataSourceRef('loki'),
    queries: buildLineQueries(selection),
    $behaviors: [retryUnreachable, reduceLines],
  });
  const timeRange = new SearchTimeRange(page);
  timeRange.apply(SearchTimeRange.getCurrent(page));
  const panels = createLogsLayout({
    lines,
    limit: MAX_LINES,
    title: t('logs.lines', 'Lines'),
    order: selection.order,
    volume: { of: selection.volume, expr: buildVolumeExpression(selection) },
    marks: () => buildHighlightPatterns(getSelection()),
    menu: [
      {
        label: t('logs.show-context', 'Show context'),
        onClick: ({ timeEpochNs, entry, labels }) => onShowContext({ time: BigInt(timeEpochNs), text: entry, labels }),
      },
      { label: t('logs.copy-link', 'Copy link to this line'), onClick: (line) => onCopyLink(buildLineLink(line)) },
    ],
    onSearch: {
      filterLabel: onFilterLabel,
      include: (text) => onAddKeyword('include', text),
      exclude: (text) => onAddKeyword('exclude', text),
      order: (order) => onSelect({ order }),
    },
  });
  panels.layout.setState({ $timeRange: timeRange });
  return { ...panels, lines, timeRange };
}

/** Runs the queries of a changed selection or time range in panels that are on screen. */
export function updateSearchResults(results: SearchResults, page: SceneObject, selection: Selection): void {
  const { order, volume } = selection;
  results.lines.setState({ queries: buildLineQueries(selection) });
  results.summary.setState({ order });
  setLogsSortOrder(results.panel, order);
  results.volume.count({ of: volume, expr: buildVolumeExpression(selection) });
  // Last: a change of the time range runs the queries.
  results.timeRange.apply(SearchTimeRange.getCurrent(page));
}
