import type { DataFrame } from '@grafana/data';
import { PanelBuilders, type VizPanel } from '@grafana/scenes';
import { transformData, type PanelOptions } from './options';

interface GraphOptions extends PanelOptions {
  /** Returns a frame of nodes and a frame of edges. */
  toGraph: (frames: DataFrame[]) => DataFrame[];
  /** `layered` if absent: columns from left to right. `grid` draws an edge only while the pointer is on a node of it. */
  layout?: 'layered' | 'force' | 'grid';
}

/** Builds a graph of nodes and edges. */
export function buildGraphPanel({ title, $data, toGraph, layout = 'layered' }: GraphOptions): VizPanel {
  return (
    PanelBuilders.nodegraph()
      .setTitle(title)
      .setData(transformData($data, toGraph))
      // Grafana doesn't export the enumeration of layouts.
      .setOption('layoutAlgorithm', layout as never)
      .build()
  );
}
