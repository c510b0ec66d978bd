import { PanelBuilders, sceneGraph, type SceneDataTransformer, type VizPanel } from '@grafana/scenes';
import { GraphDrawStyle, StackingMode, TooltipDisplayMode, VisibilityMode } from '@grafana/schema';
import { countByLevel } from '../../data/logs/countByLevel';
import { LOG_LEVELS } from '../../sedna/logs';
import { LEVEL_COLORS } from '../../sedna/stateColors';
import { transformData, type PanelOptions } from './options';

/** Builds a bar graph of the number of log lines over time, stacked by level. */
export function buildLogVolumePanel({ title, $data }: PanelOptions): VizPanel {
  return PanelBuilders.timeseries()
    .setTitle(title)
    .setData($data)
    .setUnit('short')
    .setMin(0)
    .setDecimals(0)
    .setCustomFieldConfig('drawStyle', GraphDrawStyle.Bars)
    .setCustomFieldConfig('stacking', { mode: StackingMode.Normal, group: 'A' })
    .setCustomFieldConfig('fillOpacity', 80)
    .setCustomFieldConfig('lineWidth', 0)
    .setCustomFieldConfig('showPoints', VisibilityMode.Never)
    .setOverrides((overrides) => {
      for (const level of LOG_LEVELS) {
        overrides.matchFieldsWithName(level).overrideColor({ mode: 'fixed', fixedColor: LEVEL_COLORS[level] });
      }
    })
    .setOption('tooltip', { mode: TooltipDisplayMode.Multi })
    .build();
}

/** Builds the log volume of the lines in `$data`, without a query. */
export function buildVisibleLogVolumePanel({ title, $data }: PanelOptions): VizPanel {
  const counts: SceneDataTransformer = transformData($data, (frames) =>
    countByLevel(frames, sceneGraph.getTimeRange(counts).state.value)
  );
  return buildLogVolumePanel({ title, $data: counts });
}
