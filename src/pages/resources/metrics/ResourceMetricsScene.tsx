import React, { lazy, Suspense } from 'react';
import {
  behaviors,
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type VizPanel,
} from '@grafana/scenes';
import { DashboardCursorSync } from '@grafana/schema';
import { LoadingPlaceholder } from '@grafana/ui';
import { getVisualization } from '../../../query/metrics';
import { objectMetrics, objectMetric } from '../../../query/resourceDetail';
import type { ObjectRef } from '../../../sedna/objectRef';
import { useLinkRange } from '../../../platform/links/linkRange';
import { buildMetricPanel } from '../../../panels/builders/metricPanel';
import { createInstantRunner, createRangeRunner } from '../../../data/requests/queryRunners';
import { toRows } from '../../../data/rows';
import { parseString } from '../../../platform/links/urlParams';
import { METRICS, type Metric } from '../../../sedna/catalog';

// Loaded on demand: of all tabs, only this one shows it.
const ResourceMetrics = lazy(async () => ({ default: (await import('./ResourceMetrics')).ResourceMetrics }));

interface ResourceMetricsState extends SceneObjectState {
  ref: ObjectRef;
  /** Panels that are shown at most. */
  shown: number;
  /** Panels that were shown so far; the key is the metric. A panel sends its query when it is first shown. */
  panels: VizPanel[];
}

/** Keeps a page within eight queries: these panels, the query for metrics that exist, and the one for stage changes. */
export const INITIAL_PANELS = 6;
const PANELS_STEP = 8;

function buildPanel(metric: Metric, ref: ObjectRef): VizPanel {
  const expression = { metric: objectMetric(metric, ref) };
  const $data = getVisualization(metric) === 'table' ? createInstantRunner(expression) : createRangeRunner(expression);
  const panel = buildMetricPanel(metric.name, { $data });
  panel.setState({ key: metric.name });
  return panel;
}

/** Shows the metrics of the catalog that an object has in the time range. */
export class ResourceMetricsScene extends SceneObjectBase<ResourceMetricsState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['panels'] });

  constructor({ ref }: { ref: ObjectRef }) {
    super({
      ref,
      shown: INITIAL_PANELS,
      panels: [],
      $data: createInstantRunner({ metrics: objectMetrics(ref) }),
      $behaviors: [new behaviors.CursorSync({ sync: DashboardCursorSync.Crosshair })],
    });
    this.addActivationHandler(() => {
      const source = sceneGraph.getData(this);
      this._subs.add(source.subscribeToState(this.addPanels));
      this.addPanels();
    });
  }

  getUrlState() {
    return { panels: this.state.shown === INITIAL_PANELS ? null : String(this.state.shown) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('panels' in values) {
      const count = Number(parseString(values.panels));
      this.setShown(
        Number.isInteger(count) ? Math.min(Math.max(count, INITIAL_PANELS), METRICS.length) : INITIAL_PANELS
      );
    }
  }

  showMore = () => this.setShown(this.state.shown + PANELS_STEP);

  private setShown(shown: number) {
    this.setState({ shown });
    this.addPanels();
  }

  /** Adds the panels that are to be shown and do not exist yet. */
  private addPanels = () => {
    const { panels, ref, shown } = this.state;
    const names = new Set(toRows(sceneGraph.getData(this).state.data, 'metrics').map(({ labels }) => labels.__name__));
    const added = METRICS.filter(({ name }) => names.has(name))
      .slice(0, shown)
      .filter(({ name }) => !panels.some(({ state }) => state.key === name));
    if (added.length > 0) {
      this.setState({ panels: [...panels, ...added.map((metric) => buildPanel(metric, ref))] });
    }
  };

  static Component = ResourceMetricsRenderer;
}

function ResourceMetricsRenderer({ model }: SceneComponentProps<ResourceMetricsScene>) {
  const { ref, shown, panels } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const range = useLinkRange(model);
  return (
    <Suspense fallback={<LoadingPlaceholder text="" />}>
      <ResourceMetrics
        objectRef={ref}
        data={data}
        range={range}
        shown={shown}
        panels={panels}
        onShowMore={model.showMore}
      />
    </Suspense>
  );
}
