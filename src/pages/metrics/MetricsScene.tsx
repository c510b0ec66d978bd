import React from 'react';
import type { Labels } from '@grafana/data';
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
import { Stack } from '@grafana/ui';
import { LoadingIndicator } from '../../ui/feedback/LoadingIndicator';
import { countSeries, hasJobNames, newestSample, stageConditions } from '../../query/metrics';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { createInstantRunner } from '../../data/requests/queryRunners';
import { toRows } from '../../data/rows';
import { toSeries } from '../../data/series';
import { createStageChangesLayer } from '../../panels/stageChangeAnnotations';
import { TableState } from '../../panels/table/TableState';
import { parseEnumList, parseString, formatString } from '../../platform/links/urlParams';
import { Catalogue } from './Catalogue';
import { ABOUTS, isCatalogueColumn, type About, type CatalogueColumn } from './catalogueRows';
import { fittingLook, LOOK_KEYS, lookFromUrl, lookToUrl, NO_LOOK, type MetricLook } from './look';
import { MetricHead } from './MetricHead';
import { isLimited } from './metricQueries';
import { MetricsControls } from './MetricsControls';
import { isAnswered, MetricView } from './MetricView';

/** What of the catalogue is shown. */
export interface CatalogueChoice {
  text: string;
  about: About | '';
  /** Only what has data. */
  withData: boolean;
  /** All metrics of the data source, not only those of the catalogue. */
  all: boolean;
}

interface MetricsState extends SceneObjectState {
  look: MetricLook;
  catalogue: CatalogueChoice;
  table: TableState<CatalogueColumn>;
  /** How many lines there are and how fresh they are; asked for before the metric itself. */
  facts?: SceneQueryRunner;
  view?: MetricView;
}

const CATALOGUE_KEYS = ['q', 'about', 'data', 'all'];

/** The catalogue, or one metric of what a person chooses, over time. */
export class MetricsScene extends SceneObjectBase<MetricsState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: [...LOOK_KEYS, ...CATALOGUE_KEYS] });

  constructor() {
    super({
      look: NO_LOOK,
      catalogue: { text: '', about: '', withData: false, all: false },
      table: new TableState(isCatalogueColumn),
      $behaviors: [new behaviors.CursorSync({ sync: DashboardCursorSync.Crosshair })],
    });
    this.addActivationHandler(() => {
      this.lookAt(this.state.look);
      this._subs.add(sceneGraph.getTimeRange(this).subscribeToState(this.followLength));
      return () => this.leaveFacts?.();
    });
  }

  getUrlState() {
    const { text, about, withData, all } = this.state.catalogue;
    return {
      ...lookToUrl(this.state.look),
      q: formatString(text),
      about: formatString(about),
      data: withData ? '1' : null,
      all: all ? '1' : null,
    };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    this.setState({
      catalogue: {
        ...this.state.catalogue,
        ...('q' in values && { text: parseString(values.q) }),
        ...('about' in values && { about: parseEnumList(values.about, ABOUTS)[0] ?? '' }),
        ...('data' in values && { withData: parseString(values.data) === '1' }),
        ...('all' in values && { all: parseString(values.all) === '1' }),
      },
    });
    if (LOOK_KEYS.some((key) => key in values)) {
      this.lookAt(lookFromUrl(this.state.look, values));
    }
  }

  find = (change: Partial<CatalogueChoice>) => {
    this.setState({ catalogue: { ...this.state.catalogue, ...change } });
    this.state.table.turnTo(1);
  };

  choose = (change: Partial<MetricLook>) => this.lookAt({ ...this.state.look, ...change });

  /** How long the time range was when the shown metric was asked for, s. */
  private length = 0;
  private leaveFacts?: () => void;

  /** What is a time range earlier depends on how long it is; how many lines there are is known only of a similar one. */
  private followLength = () => {
    const length = this.rangeLength();
    const { look, view } = this.state;
    const isOther = length > 2 * this.length || (look.earlier === 'range' && Math.abs(length - this.length) > 1);
    if (view && isOther) {
      this.lookAt(look);
    }
  };

  private rangeLength(): number {
    const { from, to } = sceneGraph.getTimeRange(this).state.value;
    return (to.valueOf() - from.valueOf()) / 1000;
  }

  /** Labels of the series that are drawn now. */
  drawnLabels(): Labels[] {
    const data = this.state.view?.state.$data.state.data;
    return toSeries({ series: data?.series ?? [] }, 'metric').map(({ labels }) => labels);
  }

  private lookAt(look: MetricLook) {
    this.leaveFacts?.();
    if (!this.isActive || look.metric === '') {
      this.setState({ look, facts: undefined, view: undefined });
      return;
    }
    const fitting = fittingLook(look);
    const { metric, target, by, byRound } = fitting;
    const facts = createInstantRunner({
      lines: countSeries(metric, { target, by, byRound }),
      newest: newestSample(metric, target),
    });
    this.setState({ look, facts, view: undefined });
    const subscription = facts.subscribeToState(({ data }) => {
      if (isAnswered(data)) {
        this.show(fitting, toRows(data, 'lines')[0]?.value);
      }
    });
    const deactivate = facts.activate();
    this.leaveFacts = () => {
      subscription.unsubscribe();
      deactivate();
      this.leaveFacts = undefined;
    };
  }

  /** Asks for the metric; again only where more or fewer lines than can be drawn have come to be there. */
  private show(look: MetricLook, lines: number | undefined) {
    const { view: shown } = this.state;
    if (shown && (lines === undefined || isLimited(shown.state.lines) === isLimited(lines))) {
      shown.setState({ lines: lines ?? shown.state.lines });
      return;
    }
    this.length = this.rangeLength();
    const view = new MetricView({ look, lines, range: this.length });
    const { target } = look;
    this.setState({ view, $data: hasJobNames(target) ? createStageChangesLayer(stageConditions(target)) : undefined });
  }

  static Component = MetricsBrowser;
}

function MetricsBrowser({ model }: SceneComponentProps<MetricsScene>) {
  const { look, view, facts } = model.useState();
  return (
    <Stack direction="column" gap={2} width="100%">
      <MetricsControls model={model} />
      {look.metric === '' ? (
        <Catalogue model={model} />
      ) : (
        <>
          {facts && <MetricHead model={model} facts={facts} />}
          {view ? (
            // What is known of one metric is nothing of another.
            <view.Component key={JSON.stringify(lookToUrl(look))} model={view} />
          ) : (
            <LoadingIndicator source={getDataSourceName('prometheus')} />
          )}
        </>
      )}
    </Stack>
  );
}
