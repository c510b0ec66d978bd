import { MappingType, type DataFrame, type DataLink, type ValueMapping } from '@grafana/data';
import { PanelBuilders, type SceneDataProvider, type VizPanel } from '@grafana/scenes';
import { VisibilityMode } from '@grafana/schema';
import { CONDITION_COLORS, STAGE_COLORS, STATE_COLORS } from '../../sedna/stateColors';
import { mapColors, NO_LEGEND, transformData, type PanelOptions } from './options';
import { toStageTimeline, toStateTimeline } from './stateTimelineFrames';

/** Link of each state of a timeline. */
export interface TimelineLink {
  /** Grafana shows it after "Click to open". */
  title: string;
  /** Returns the URL for a state by its start, Unix time in ms. */
  urlAt: (time: number) => string;
}

interface TimelineOptions extends PanelOptions {
  link?: TimelineLink;
}

/** Builds a timeline of stage and condition of one job from the query `refId` for its current condition. */
export function buildStageTimelinePanel({ title, $data, refId, link }: TimelineOptions & { refId: string }): VizPanel {
  const toTimeline = (frames: DataFrame[]) => toStageTimeline(frames.filter((frame) => frame.refId === refId));
  return buildTimeline(
    title,
    transformData($data, toTimeline),
    mapColors({ ...CONDITION_COLORS, ...STAGE_COLORS }),
    link
  );
}

/** Builds a timeline with one row per object: the value of `label` of its series that is 1. */
export function buildStateTimelinePanel({ title, $data, label, link }: TimelineOptions & { label: string }): VizPanel {
  return buildTimeline(
    title,
    transformData($data, (frames) => toStateTimeline(frames, label)),
    mapColors(STATE_COLORS),
    link
  );
}

/**
 * Builds a state timeline for a dashboard, which can't run our transformations: each object has one number, the 1-based
 * position of its state in `states`.
 */
export const buildStateNumbersPanel = ({ title, states }: PanelOptions & { states: readonly string[] }): VizPanel =>
  buildTimeline(title, undefined, [
    {
      type: MappingType.ValueToText,
      options: Object.fromEntries(
        states.map((text, index) => [String(index + 1), { text, color: STATE_COLORS[text], index }])
      ),
    },
  ]);

/** Builds a timeline of frames that already have one field per row. */
export const buildExactTimelinePanel = ({ title, $data, link }: TimelineOptions): VizPanel =>
  buildTimeline(title, $data, mapColors({ ...STATE_COLORS, ...CONDITION_COLORS, ...STAGE_COLORS }), link);

function buildTimeline(
  title: string,
  $data: SceneDataProvider | undefined,
  mappings: ValueMapping[],
  link?: TimelineLink
): VizPanel {
  const links: DataLink[] = link
    ? [
        {
          title: link.title,
          url: '',
          oneClick: true,
          onBuildUrl: ({ replaceVariables }) => link.urlAt(Number(replaceVariables?.('${__value.time}'))),
        },
      ]
    : [];
  return PanelBuilders.statetimeline()
    .setTitle(title)
    .setData($data)
    .setMappings(mappings)
    .setLinks(links)
    .setOption('mergeValues', true)
    .setOption('perPage', 0)
    .setOption('rowHeight', 0.8)
    .setOption('showValue', VisibilityMode.Auto)
    .setOption('legend', NO_LEGEND)
    .build();
}
