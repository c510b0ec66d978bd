import React, { lazy, Suspense } from 'react';
import { t } from '@grafana/i18n';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
  SceneQueryRunner,
} from '@grafana/scenes';
import { Stack } from '@grafana/ui';
import { LoadingIndicator } from '../../ui/feedback/LoadingIndicator';
import { getCurrentLogLabels, withLogLabels } from '../../data/logs/detectLogLabels';
import { createLogsLayout } from '../../panels/logs/logsLayout';
import type { LogEntry } from '../../data/logs/logEntries';
import { setLogsSortOrder } from '../../panels/panels';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { getDataSourceRef } from '../../platform/dataSources';
import { retryUnreachable } from '../../data/requests/retryUnreachable';
import { TableState } from '../../panels/table/TableState';
import { parseString, formatString } from '../../platform/links/urlParams';
import { ChooseFirst } from './ChooseFirst';
import { findObstacle, needsCheck, type Obstacle } from './check';
import { LogsControls } from './LogsControls';
import { LookRange } from './LookRange';
import type { LiveLogs } from './live/LiveLogs';
import { LINE_LIMIT, linesExpression, lineQueries, marksOf, volumeExpression } from './queries';
import { copyLink, lineLink } from './share';
import { Toolbar } from './Toolbar';
import { isSearchable, SELECTION_KEYS, selectionFromUrl, selectionToUrl, type Selection } from './selection';

// None of them is needed by those who only look at lines.
const ContextDrawer = lazy(async () => ({ default: (await import('./context/ContextDrawer')).ContextDrawer }));
const ObstacleNotice = lazy(async () => ({ default: (await import('./ObstacleNotice')).ObstacleNotice }));
const OtherView = lazy(async () => ({ default: (await import('./OtherView')).OtherView }));
const loadLive = () => import('./live/LiveLogs');

type Look = ReturnType<typeof createLogsLayout> & { lines: SceneQueryRunner; range: LookRange };

interface LogsState extends SceneObjectState, Selection {
  /** The round of the job that the time range is of: when it begins (Unix, ms); empty where it is of none. */
  round: string;
  /** There once enough is chosen to ask Loki for lines. */
  look?: Look;
  /** Of the views that are a table. */
  table: TableState<string>;
  /** What has to be settled before Loki is asked. */
  obstacle?: Obstacle | { kind: 'checking' };
  /** Lines as they come, in the place of those that were found. */
  live?: LiveLogs;
  /** The line whose surroundings are shown. */
  around?: LogEntry;
  /** A link that the clipboard did not take. */
  refusedLink?: string;
}

/** Which columns there are depends on what is found: the views know what to do with a sort by none of them. */
const isAnyColumn = (name: string): name is string => name !== '';

/** Logs by pod and keyword: how many of which level, and the lines. */
export class LogsScene extends SceneObjectBase<LogsState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: [...SELECTION_KEYS, 'round'] });

  private checking?: AbortController;

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
      return () => this.checking?.abort();
    });
  }

  getUrlState() {
    return { ...selectionToUrl(this.state), round: formatString(this.state.round) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    this.select(selectionFromUrl(values));
    if ('round' in values) {
      this.setState({ round: parseString(values.round) });
    }
  }

  select = (change: Partial<Selection>) => {
    this.choose(change);
    if (this.isActive) {
      this.search();
    }
  };

  /** Takes over what is chosen, for those who change more before they search. */
  choose(change: Partial<Selection>) {
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

  /** Asks Loki for what is chosen, as far as nothing stands in the way. */
  search = () => {
    this.checking?.abort();
    if (!isSearchable(this.state)) {
      this.setState({ look: undefined, obstacle: undefined, live: undefined });
      return;
    }
    // Nothing is seen of this where the labels are known and nothing has to be asked.
    this.setState({ obstacle: { kind: 'checking' } });
    withLogLabels(async () => {
      const range = LookRange.current(this);
      if (!needsCheck(this.state, range)) {
        this.searchAnyway();
        return;
      }
      const { signal } = (this.checking = new AbortController());
      const obstacle = await findObstacle(this.state, range, signal);
      if (!signal.aborted) {
        if (obstacle) {
          this.setState({ obstacle });
        } else {
          this.searchAnyway();
        }
      }
    });
  };

  searchAnyway = () => {
    const { look, order, volume, view } = this.state;
    if (view !== 'lines') {
      // Lines are asked for anew when they are shown again: runners that are not shown do not follow the search.
      this.setState({ look: undefined, obstacle: undefined, live: undefined });
      return;
    }
    const expr = volumeExpression(this.state);
    this.state.live?.follow(linesExpression(this.state));
    // Runners that were away meanwhile ask again only when the range is another one, whatever their queries are.
    if (!look?.lines.isActive) {
      this.setState({ look: this.newLook(), obstacle: undefined });
      return;
    }
    look.lines.setState({ queries: lineQueries(this.state) });
    look.summary.setState({ order });
    setLogsSortOrder(look.panel, order);
    look.volume.count({ of: volume, expr });
    this.setState({ obstacle: undefined });
    // The runners follow the range, and have their queries by now.
    look.range.take(LookRange.current(this));
  };

  /** Shows lines as they come. */
  startLive = async () => {
    const { LiveLogs: Live } = await loadLive();
    this.setState({
      live: new Live({
        expr: linesExpression(this.state),
        title: t('logs.live-lines', 'Live lines'),
        onStop: () => this.setState({ live: undefined }),
      }),
    });
  };

  private newLook(): Look {
    const { order, volume } = this.state;
    const lines = new SceneQueryRunner({
      datasource: getDataSourceRef('loki'),
      queries: lineQueries(this.state),
      $behaviors: [retryUnreachable],
    });
    const range = new LookRange(this);
    range.take(LookRange.current(this));
    const parts = createLogsLayout({
      lines,
      limit: LINE_LIMIT,
      title: t('logs.lines', 'Lines'),
      order,
      volume: { of: volume, expr: volumeExpression(this.state) },
      marks: () => marksOf(this.state),
      menu: [
        {
          label: t('logs.around', 'Show the lines around it'),
          onClick: ({ timeEpochNs, entry, labels }) =>
            this.setState({ around: { time: BigInt(timeEpochNs), text: entry, labels } }),
        },
        { label: t('logs.copy-link', 'Copy a link to this line'), onClick: (line) => this.copyLink(lineLink(line)) },
      ],
      onSearch: {
        filterLabel: this.filterLabel,
        include: (text) => this.addKeyword('include', text),
        exclude: (text) => this.addKeyword('exclude', text),
        order: (chosen) => this.select({ order: chosen }),
      },
    });
    parts.layout.setState({ $timeRange: range });
    return { ...parts, lines, range };
  }

  copyLink = async (link: string) => {
    if (!(await copyLink(link))) {
      this.setState({ refusedLink: link });
    }
  };

  addKeyword = (part: 'include' | 'exclude', text: string) => {
    if (!this.state[part].includes(text)) {
      this.select({ [part]: [...this.state[part], text] });
    }
  };

  /** Narrows to a label of a line, where it is one that can be chosen. */
  private filterLabel = (label: string, value: string) => {
    const names = getCurrentLogLabels();
    const change: Array<[string, Partial<Selection>]> = [
      [names.namespace.name, { namespace: value }],
      [names.pod.name, { pods: [value], job: '' }],
      [names.container.name, { container: value }],
      [names.node.name, { node: value }],
    ];
    const found = change.find(([name]) => name === label);
    if (found) {
      this.select(found[1]);
    } else {
      this.addKeyword('include', value);
    }
  };

  static Component = Logs;
}

function Logs({ model }: SceneComponentProps<LogsScene>) {
  const { look, view, obstacle, live, around } = model.useState();
  const isChosen = isSearchable(model.state);
  const mayAsk = isChosen && obstacle === undefined;
  return (
    <Stack direction="column" gap={2} width="100%">
      <LogsControls model={model} />
      {obstacle?.kind === 'checking' && <LoadingIndicator source={getDataSourceName('loki')} />}
      {obstacle && obstacle.kind !== 'checking' && (
        <Suspense fallback={null}>
          <ObstacleNotice model={model} obstacle={obstacle} />
        </Suspense>
      )}
      {!isChosen && <ChooseFirst model={model} />}
      {mayAsk && <Toolbar model={model} />}
      {mayAsk && view !== 'lines' && (
        <Suspense fallback={<LoadingIndicator source={getDataSourceName('loki')} />}>
          <OtherView view={view} model={model} />
        </Suspense>
      )}
      {mayAsk &&
        view === 'lines' &&
        look &&
        (live ? <live.Component model={live} /> : <look.layout.Component model={look.layout} />)}
      {around && (
        <Suspense fallback={null}>
          <ContextDrawer
            line={around}
            timeZone={sceneGraph.getTimeRange(model).getTimeZone()}
            onClose={() => model.setState({ around: undefined })}
          />
        </Suspense>
      )}
    </Stack>
  );
}
