import React from 'react';
import {
  sceneGraph,
  SceneObjectBase,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneQueryRunner,
  type VizPanel,
} from '@grafana/scenes';
import type { MetricSelection } from '../selection';
import { MetricDetail } from './MetricDetail';
import { buildSelectionPanel } from './panels';
import { createMetricRunner } from './queries';

interface MetricDetailState extends SceneObjectState {
  selection: MetricSelection;
  /** Number of series without a limit; undefined: unknown. */
  seriesCount?: number;
  /** Undefined: the metric is shown as a table only. */
  panel?: VizPanel;
  $data: SceneQueryRunner;
}

interface Options {
  selection: MetricSelection;
  seriesCount?: number;
  /** Length of the time range. */
  rangeSeconds: number;
}

/** Queries one metric. Of many series, only those with the highest last value, because a browser can't draw 10,000. */
export class MetricDetailScene extends SceneObjectBase<MetricDetailState> {
  constructor({ selection, seriesCount, rangeSeconds }: Options) {
    super({
      selection,
      seriesCount,
      panel: buildSelectionPanel(selection),
      $data: createMetricRunner(selection, { seriesCount, rangeSeconds }),
    });
  }

  static Component = MetricDetailRenderer;
}

function MetricDetailRenderer({ model }: SceneComponentProps<MetricDetailScene>) {
  const { selection, seriesCount, panel } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  return <MetricDetail selection={selection} seriesCount={seriesCount} panel={panel} data={data} />;
}
