import React from 'react';
import { LoadingState, type Labels, type PanelData } from '@grafana/data';
import {
  behaviors,
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type SceneQueryRunner,
} from '@grafana/scenes';
import { DashboardCursorSync } from '@grafana/schema';
import { countSeries, hasJobNames, newestSample, stageConditions } from '../../query/metrics';
import { createInstantRunner } from '../../data/requests/queryRunners';
import { toRows } from '../../data/rows';
import { toSeries } from '../../data/series';
import { createStageChangesLayer } from '../../panels/stageChangeAnnotations';
import { TableState } from '../../panels/table/TableState';
import { DEFAULT_FILTER, FILTER_KEYS, parseFilter, toFilterParams, type CatalogFilter } from './catalog/filter';
import { isCatalogColumn, type CatalogColumn } from './catalog/rows';
import { MetricDetailScene } from './metric/MetricDetailScene';
import { hasTooManySeries } from './metric/queries';
import { MetricsView } from './MetricsView';
import {
  DEFAULT_SELECTION,
  getSupportedSelection,
  parseSelection,
  SELECTION_KEYS,
  toSelectionParams,
  type MetricSelection,
} from './selection';

interface MetricsState extends SceneObjectState {
  selection: MetricSelection;
  filter: CatalogFilter;
  table: TableState<CatalogColumn>;
  /** Number of series and newest sample of the selected metric, which are fetched before the metric itself. */
  summary?: SceneQueryRunner;
  /** Undefined until the summary is there. */
  detail?: MetricDetailScene;
}

const hasResponse = (data: PanelData | undefined): boolean =>
  data?.state === LoadingState.Done || data?.state === LoadingState.Error;

/** Holds what is selected in the catalog or, once a metric is selected, its queries. */
export class MetricsScene extends SceneObjectBase<MetricsState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: [...SELECTION_KEYS, ...FILTER_KEYS] });

  /** Length of the time range when the metric was queried. */
  private rangeSeconds = 0;
  private stopSummary?: () => void;

  constructor() {
    super({
      selection: DEFAULT_SELECTION,
      filter: DEFAULT_FILTER,
      table: new TableState(isCatalogColumn),
      $behaviors: [new behaviors.CursorSync({ sync: DashboardCursorSync.Crosshair })],
    });
    this.addActivationHandler(() => {
      this.applySelection(this.state.selection);
      this._subs.add(sceneGraph.getTimeRange(this).subscribeToState(this.handleTimeRange));
      return () => this.stopSummary?.();
    });
  }

  getUrlState() {
    return { ...toSelectionParams(this.state.selection), ...toFilterParams(this.state.filter) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    this.setState({ filter: parseFilter(this.state.filter, values) });
    if (SELECTION_KEYS.some((key) => key in values)) {
      this.applySelection(parseSelection(this.state.selection, values));
    }
  }

  changeFilter = (change: Partial<CatalogFilter>) => {
    this.setState({ filter: { ...this.state.filter, ...change } });
    this.state.table.turnTo(1);
  };

  select = (change: Partial<MetricSelection>) => this.applySelection({ ...this.state.selection, ...change });

  /** Returns the labels of the series that the page shows. */
  getShownLabels = (): Labels[] => {
    const data = this.state.detail?.state.$data.state.data;
    return toSeries({ series: data?.series ?? [] }, 'metric').map(({ labels }) => labels);
  };

  /**
   * Fetches the metric again for a time range of another length: the previous time range begins at another time, and a
   * much longer one may have more series than can be drawn.
   */
  private handleTimeRange = () => {
    const rangeSeconds = this.getRangeSeconds();
    const { selection, detail } = this.state;
    const isMuchLonger = rangeSeconds > 2 * this.rangeSeconds;
    const movesComparison = selection.compareWith === 'range' && Math.abs(rangeSeconds - this.rangeSeconds) > 1;
    if (detail && (isMuchLonger || movesComparison)) {
      this.applySelection(selection);
    }
  };

  private getRangeSeconds(): number {
    const { from, to } = sceneGraph.getTimeRange(this).state.value;
    return (to.valueOf() - from.valueOf()) / 1000;
  }

  private applySelection(selection: MetricSelection) {
    this.stopSummary?.();
    if (!this.isActive || selection.metric === '') {
      this.setState({ selection, summary: undefined, detail: undefined });
      return;
    }
    const supported = getSupportedSelection(selection);
    const { metric, target, groupBy, byRound } = supported;
    const summary = createInstantRunner({
      seriesCount: countSeries(metric, { target, by: groupBy, byRound }),
      newestSample: newestSample(metric, target),
    });
    this.setState({ selection, summary, detail: undefined });
    const subscription = summary.subscribeToState(({ data }) => {
      if (hasResponse(data)) {
        this.showDetail(supported, toRows(data, 'seriesCount')[0]?.value);
      }
    });
    const deactivate = summary.activate();
    this.stopSummary = () => {
      subscription.unsubscribe();
      deactivate();
      this.stopSummary = undefined;
    };
  }

  /** Creates the queries of the metric, and new ones only when the limit of series begins or ceases to apply. */
  private showDetail(selection: MetricSelection, seriesCount: number | undefined) {
    const shown = this.state.detail;
    if (
      shown &&
      (seriesCount === undefined || hasTooManySeries(shown.state.seriesCount) === hasTooManySeries(seriesCount))
    ) {
      shown.setState({ seriesCount: seriesCount ?? shown.state.seriesCount });
      return;
    }
    this.rangeSeconds = this.getRangeSeconds();
    const detail = new MetricDetailScene({ selection, seriesCount, rangeSeconds: this.rangeSeconds });
    const { target } = selection;
    this.setState({
      detail,
      $data: hasJobNames(target) ? createStageChangesLayer(stageConditions(target)) : undefined,
    });
  }

  static Component = MetricsRenderer;
}

function MetricsRenderer({ model }: SceneComponentProps<MetricsScene>) {
  const { selection, filter, table, summary, detail } = model.useState();
  const { value: timeRange } = sceneGraph.getTimeRange(model).useState();
  return (
    <MetricsView
      selection={selection}
      filter={filter}
      table={table}
      timeRange={timeRange}
      summary={summary}
      detail={detail}
      getShownLabels={model.getShownLabels}
      onSelect={model.select}
      onChangeFilter={model.changeFilter}
    />
  );
}
