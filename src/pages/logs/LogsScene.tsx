import React from 'react';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { findLogLabel, type LogLabel } from '../../query/logs/logLabels';
import { getCurrentLogLabels, withLogLabels } from '../../data/logs/detectLogLabels';
import type { LogEntry } from '../../data/logs/logEntries';
import { TableState } from '../../panels/table/TableState';
import { parseString, formatString } from '../../platform/links/urlParams';
import type { LiveLogs } from './live/LiveLogs';
import { LogsSceneView } from './LogsSceneView';
import { setPageTimeRange, usePageTimeRange, type RangeEnd } from './pageTimeRange';
import { findSearchBlocker, needsPreflight, type SearchBlocker } from './preflight/preflight';
import { buildLinesExpression } from './queries';
import type { SavedSearch } from './saved-searches/savedSearches';
import { createSearchResults, updateSearchResults, type SearchResults } from './searchResults';
import { SearchTimeRange } from './SearchTimeRange';
import { isSearchable, parseSelection, pickSelection, SELECTION_KEYS, toUrlValues, type Selection } from './selection';
import { copyLink } from './toolbar/shareLinks';
import { t } from '../../platform/i18n';

const loadLiveLogs = () => import('./live/LiveLogs');

interface LogsState extends SceneObjectState, Selection {
  /** Start of the round that the time range covers (Unix, ms); empty if it covers none. */
  round: string;
  /** Absent while too little is selected to query Loki, and in other views than lines. */
  results?: SearchResults;
  /** Sort and page of the views that are tables. */
  table: TableState<string>;
  /** Keeps the search from starting. */
  blocker?: SearchBlocker | { kind: 'checking' };
  /** Shown instead of `results`. */
  live?: LiveLogs;
  /** The line whose context is shown. */
  contextLine?: LogEntry;
  /** A link that the browser didn't copy. */
  uncopiedLink?: string;
}

// Columns depend on the response, so the views themselves ignore a sort by an unknown column.
const isAnyColumn = (name: string): name is string => name !== '';

/** Search for log lines by job, pod, and keyword, with their volume by level. */
export class LogsScene extends SceneObjectBase<LogsState> {
  static Component = LogsSceneComponent;

  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: [...SELECTION_KEYS, 'round'] });

  private preflight?: AbortController;

  constructor(selection: Selection) {
    super({ ...selection, round: '', table: new TableState(isAnyColumn) });
    this.addActivationHandler(() => {
      this._subs.add(
        sceneGraph.getTimeRange(this).subscribeToState((now, before) => {
          if (now.value !== before.value) {
            this.search();
          }
        })
      );
      this.search();
      return () => this.preflight?.abort();
    });
  }

  getUrlState() {
    return { ...toUrlValues(this.state), round: formatString(this.state.round) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    this.select(parseSelection(values));
    if ('round' in values) {
      this.setState({ round: parseString(values.round) });
    }
  }

  select = (change: Partial<Selection>) => {
    this.applySelection(change);
    if (this.isActive) {
      this.search();
    }
  };

  /** Keeps the time range if none was saved with the search. */
  openSearch = ({ selection, range }: SavedSearch) => {
    const { state } = sceneGraph.getTimeRange(this);
    this.applySelection(selection);
    if (range) {
      setPageTimeRange(this, range.from, range.to);
    }
    // A changed time range has started the search already.
    if (sceneGraph.getTimeRange(this).state.value === state.value) {
      this.search();
    }
  };

  /** @param range moves the page's time range; absent if it stays */
  selectRound = (round: string, range?: { from: RangeEnd; to: RangeEnd }) => {
    if (range) {
      setPageTimeRange(this, range.from, range.to);
    }
    this.setState({ round });
  };

  addKeyword = (list: 'include' | 'exclude', text: string) => {
    if (!this.state[list].includes(text)) {
      this.select({ [list]: [...this.state[list], text] });
    }
  };

  /** Starts the search, after the preflight if it needs one. */
  search = () => {
    this.preflight?.abort();
    if (!isSearchable(this.state)) {
      this.setState({ results: undefined, blocker: undefined, live: undefined });
      return;
    }
    // Never rendered if the labels are known and no preflight is needed: the rest is synchronous then.
    this.setState({ blocker: { kind: 'checking' } });
    withLogLabels(async () => {
      const range = SearchTimeRange.getCurrent(this);
      if (!needsPreflight(this.state, range)) {
        this.runSearch();
        return;
      }
      const { signal } = (this.preflight = new AbortController());
      const blocker = await findSearchBlocker(this.state, range, signal);
      if (!signal.aborted) {
        if (blocker) {
          this.setState({ blocker });
        } else {
          this.runSearch();
        }
      }
    });
  };

  /** Queries Loki without a preflight. */
  runSearch = () => {
    const { results, view } = this.state;
    if (view !== 'lines') {
      // Inactive runners don't follow the search, so the lines view gets new ones when it is back.
      this.setState({ results: undefined, blocker: undefined, live: undefined });
      return;
    }
    this.state.live?.follow(buildLinesExpression(this.state));
    // A runner that was inactive queries again only if the time range differs, whatever its queries are.
    if (!results?.lines.isActive) {
      this.setState({ results: this.createResults(), blocker: undefined });
      return;
    }
    updateSearchResults(results, this, this.state);
    this.setState({ blocker: undefined });
  };

  startLive = async () => {
    const { LiveLogs: Live } = await loadLiveLogs();
    this.setState({
      live: new Live({
        expr: buildLinesExpression(this.state),
        title: t('logs.live.lines', 'Live lines'),
        onStop: () => this.setState({ live: undefined }),
      }),
    });
  };

  copyLink = async (link: string) => {
    if (!(await copyLink(link))) {
      this.setState({ uncopiedLink: link });
    }
  };

  /** Updates the selection without a search. */
  private applySelection(change: Partial<Selection>) {
    const { table, view, job } = this.state;
    this.setState(change);
    if (this.state.job !== job) {
      this.setState({ round: '' });
    }
    if (this.state.view === view) {
      table.turnTo(1);
    } else {
      table.reset();
    }
  }

  private createResults() {
    return createSearchResults(this, () => this.state, {
      onSelect: this.select,
      onAddKeyword: this.addKeyword,
      onFilterLabel: this.filterLabel,
      onShowContext: (contextLine) => this.setState({ contextLine }),
      onCopyLink: this.copyLink,
    });
  }

  /** Selects the value of a line's label; a label without a field of its own becomes a keyword. */
  private filterLabel = (label: string, value: string) => {
    const changes: Record<LogLabel, Partial<Selection>> = {
      namespace: { namespace: value },
      pod: { pods: [value], job: '' },
      container: { container: value },
      node: { node: value },
    };
    const found = findLogLabel(label, getCurrentLogLabels());
    if (found) {
      this.select(changes[found]);
    } else {
      this.addKeyword('include', value);
    }
  };
}

function LogsSceneComponent({ model }: SceneComponentProps<LogsScene>) {
  const { round, table, blocker, results, live, contextLine, uncopiedLink, ...state } = model.useState();
  return (
    <LogsSceneView
      selection={pickSelection(state)}
      timeRange={usePageTimeRange(model)}
      results={results?.layout}
      {...{ round, table, blocker, live, contextLine, uncopiedLink }}
      onSelect={model.select}
      onOpenSearch={model.openSearch}
      onSelectRound={model.selectRound}
      onSetTimeRange={(from, to) => setPageTimeRange(model, from, to)}
      onSearchAnyway={model.runSearch}
      onStartLive={model.startLive}
      onShowContext={(line) => model.setState({ contextLine: line })}
      onCloseContext={() => model.setState({ contextLine: undefined })}
      onCopyLink={model.copyLink}
      onDismissLink={() => model.setState({ uncopiedLink: undefined })}
    />
  );
}
