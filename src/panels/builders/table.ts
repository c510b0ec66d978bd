import { PanelBuilders, SceneDataTransformer, type VizPanel } from '@grafana/scenes';
import { SCRAPE_LABELS } from '../seriesNames';
import type { PanelOptions } from './options';

/** Hides the columns that have the same value in each row. */
const HIDE_CONSTANT_COLUMNS = {
  id: 'organize',
  options: { excludeByName: Object.fromEntries(['Time', 'Value', ...SCRAPE_LABELS].map((name) => [name, true])) },
};

/** Builds a table of the labels of series, one row per series. */
export function buildTablePanel({ title, $data }: PanelOptions): VizPanel {
  return PanelBuilders.table()
    .setTitle(title)
    .setData(new SceneDataTransformer({ $data, transformations: [HIDE_CONSTANT_COLUMNS] }))
    .build();
}
