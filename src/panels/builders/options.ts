import { MappingType, type DataFrame, type ValueMapping } from '@grafana/data';
import { SceneDataTransformer, type SceneDataProvider } from '@grafana/scenes';
import { LegendDisplayMode, type VizLegendOptions } from '@grafana/schema';
import { map } from 'rxjs';

/** Options of every panel of the app. */
export interface PanelOptions {
  title: string;
  /** Data of the surrounding scene object if absent. */
  $data?: SceneDataProvider;
}

export const LEGEND_BELOW: VizLegendOptions = {
  showLegend: true,
  displayMode: LegendDisplayMode.List,
  placement: 'bottom',
  calcs: [],
};

export const NO_LEGEND: VizLegendOptions = { ...LEGEND_BELOW, showLegend: false };

/** Passes all frames of the data through a function, each time there is new data. */
export const transformData = (
  $data: SceneDataProvider | undefined,
  transform: (frames: DataFrame[]) => DataFrame[]
): SceneDataTransformer =>
  new SceneDataTransformer({ $data, transformations: [() => (source) => source.pipe(map(transform))] });

/** Maps values to their color. */
export const mapColors = (colors: Record<string, string>): ValueMapping[] => [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(Object.entries(colors).map(([value, color], index) => [value, { color, index }])),
  },
];
