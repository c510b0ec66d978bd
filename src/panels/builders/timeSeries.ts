import { FieldType, type DataFrame } from '@grafana/data';
import { PanelBuilders, type VizPanel, type VizPanelBuilder } from '@grafana/scenes';
import {
  LineInterpolation,
  TooltipDisplayMode,
  VisibilityMode,
  type GraphFieldConfig,
  type OptionsWithLegend,
  type OptionsWithTooltip,
} from '@grafana/schema';
import { setSeriesNames } from '../seriesNames';
import { LEGEND_BELOW, transformData, type PanelOptions } from './options';

/** Field of the x-axis of a rounds panel. */
export const ROUND_FIELD = 'round';

interface TimeSeriesOptions extends PanelOptions {
  /** Unit ID of Grafana. */
  unit: string;
  /** Query to draw if several share `$data`; all if absent. */
  refId?: string;
  /** For values that are rare: connects them across gaps. `dots` also marks each value. */
  sparse?: 'lines' | 'dots';
  /** Query of the same values at an earlier time, drawn dashed, and the suffix of its series names. */
  before?: { refId: string; suffix: string };
  /** Whether a value lasts until the next one. */
  isStepped?: boolean;
}

const filterByQuery = (frames: DataFrame[], refId: string | undefined) =>
  refId === undefined ? frames : frames.filter((frame) => frame.refId === refId);

const DASHED = { lineStyle: { fill: 'dash', dash: [4, 6] }, fillOpacity: 0 };

const toDashedFrames = (frames: DataFrame[], suffix: string): DataFrame[] =>
  setSeriesNames(frames, suffix).map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) =>
      field.type === FieldType.number ? { ...field, config: { ...field.config, custom: DASHED } } : field
    ),
  }));

/** Builds a graph of numbers over time: one line per series, named by the labels that differ. */
export function buildTimeSeriesPanel({
  title,
  $data,
  unit,
  refId,
  sparse,
  before,
  isStepped,
}: TimeSeriesOptions): VizPanel {
  const toNamedFrames = (frames: DataFrame[]) => [
    ...setSeriesNames(filterByQuery(frames, refId)),
    ...(before ? toDashedFrames(filterByQuery(frames, before.refId), before.suffix) : []),
  ];
  const builder = PanelBuilders.timeseries();
  if (isStepped) {
    builder.setCustomFieldConfig('lineInterpolation', LineInterpolation.StepAfter);
  }
  return builder
    .setTitle(title)
    .setData(transformData($data, toNamedFrames))
    .setUnit(unit)
    .setCustomFieldConfig('fillOpacity', sparse ? 0 : 8)
    .setCustomFieldConfig('showPoints', sparse === 'dots' ? VisibilityMode.Always : VisibilityMode.Auto)
    .setCustomFieldConfig('pointSize', sparse === 'dots' ? 6 : 5)
    .setCustomFieldConfig('spanNulls', sparse !== undefined)
    .setOption('legend', LEGEND_BELOW)
    .setOption('tooltip', { mode: TooltipDisplayMode.Multi })
    .build();
}

interface RoundsOptions extends PanelOptions {
  /** Unit ID of Grafana. */
  unit: string;
  /** Returns one frame of number fields, the first of them `ROUND_FIELD`. */
  toRounds: (frames: DataFrame[]) => DataFrame[];
}

interface TrendOptions extends OptionsWithLegend, OptionsWithTooltip {
  xField: string;
}

/** Builds a graph of numbers over the rounds of a job. */
export function buildRoundsPanel({ title, $data, unit, toRounds }: RoundsOptions): VizPanel {
  // Scenes has no types for the options of the trend panel.
  const builder = PanelBuilders.trend() as unknown as VizPanelBuilder<TrendOptions, GraphFieldConfig>;
  return builder
    .setTitle(title)
    .setData(transformData($data, toRounds))
    .setUnit(unit)
    .setCustomFieldConfig('showPoints', VisibilityMode.Always)
    .setCustomFieldConfig('pointSize', 7)
    .setCustomFieldConfig('spanNulls', true)
    .setOption('xField', ROUND_FIELD)
    .setOption('legend', LEGEND_BELOW)
    .setOption('tooltip', { mode: TooltipDisplayMode.Multi })
    .build();
}
