/** Panels in the vocabulary of this app; nothing else builds a VizPanel. */
import { FieldType, MappingType, type DataFrame, type DataLink, type ValueMapping } from '@grafana/data';
import {
  PanelBuilders,
  sceneGraph,
  SceneDataTransformer,
  type SceneDataProvider,
  type VizPanel,
  type VizPanelBuilder,
} from '@grafana/scenes';
import {
  LogsDedupStrategy,
  LogsSortOrder,
  StackingMode,
  VisibilityMode,
  GraphDrawStyle,
  LegendDisplayMode,
  TooltipDisplayMode,
  type GraphFieldConfig,
  type OptionsWithLegend,
  type OptionsWithTooltip,
} from '@grafana/schema';
import { map } from 'rxjs';
import { LOG_LEVELS } from '../sedna/logs';
import { CONDITION_COLORS, LEVEL_COLORS, STAGE_COLORS, STATE_COLORS } from '../sedna/stateColors';
import { countByLevel } from '../data/logs/countByLevel';
import { setSeriesNames, SCRAPE_LABELS } from './seriesNames';
import { toStageTimeline, toStateTimeline } from './stateTimeline';

/** Name of the field of rounds. */
export const ROUND_FIELD = 'round';

interface PanelOptions {
  title: string;
  /** Absent: the data of what the panel stands in. */
  $data?: SceneDataProvider;
}

const valueColors = (colors: Record<string, string>): ValueMapping[] => [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(Object.entries(colors).map(([value, color], index) => [value, { color, index }])),
  },
];

interface SeriesOptions extends PanelOptions {
  unit: string;
  /** Of several queries that share `$data`, the one to draw. */
  refId?: string;
  /** Values come seldom and are joined by lines, however long ago the one before was; `dots` marks each of them. */
  sparse?: 'lines' | 'dots';
  /** The query that gives the same at an earlier time, drawn dashed, and what its names end with. */
  before?: { refId: string; suffix: string };
}

/** Dashed, and with a name that tells when it was. */
const ofBefore = (frames: DataFrame[], suffix: string): DataFrame[] =>
  setSeriesNames(frames, suffix).map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) =>
      field.type === FieldType.number
        ? {
            ...field,
            config: { ...field.config, custom: { lineStyle: { fill: 'dash', dash: [4, 6] }, fillOpacity: 0 } },
          }
        : field
    ),
  }));

/** Numbers over time, one line a series, named by what tells the series apart. */
export function buildTimeSeriesPanel({ title, $data, unit, refId, sparse, before }: SeriesOptions): VizPanel {
  const ofQuery = (frames: DataFrame[], query?: string) =>
    query === undefined ? frames : frames.filter((frame) => frame.refId === query);
  const toSeries = (frames: DataFrame[]) => [
    ...setSeriesNames(ofQuery(frames, refId)),
    ...(before ? ofBefore(ofQuery(frames, before.refId), before.suffix) : []),
  ];
  return PanelBuilders.timeseries()
    .setTitle(title)
    .setData(new SceneDataTransformer({ $data, transformations: [() => (source) => source.pipe(map(toSeries))] }))
    .setUnit(unit)
    .setCustomFieldConfig('fillOpacity', sparse ? 0 : 8)
    .setCustomFieldConfig('showPoints', sparse === 'dots' ? VisibilityMode.Always : VisibilityMode.Auto)
    .setCustomFieldConfig('pointSize', sparse === 'dots' ? 6 : 5)
    .setCustomFieldConfig('spanNulls', sparse !== undefined)
    .setOption('legend', { showLegend: true, displayMode: LegendDisplayMode.List, placement: 'bottom', calcs: [] })
    .setOption('tooltip', { mode: TooltipDisplayMode.Multi })
    .build();
}

interface TrendOptions extends OptionsWithLegend, OptionsWithTooltip {
  xField: string;
}

/** The same with rounds in place of times; `toRounds` makes one frame of numbers, the first of them the round. */
export function buildRoundsPanel({
  title,
  $data,
  unit,
  toRounds,
}: PanelOptions & { unit: string; toRounds: (frames: DataFrame[]) => DataFrame[] }): VizPanel {
  // Scenes have no types for it.
  const builder = PanelBuilders.trend() as unknown as VizPanelBuilder<TrendOptions, GraphFieldConfig>;
  return builder
    .setTitle(title)
    .setData(new SceneDataTransformer({ $data, transformations: [() => (source) => source.pipe(map(toRounds))] }))
    .setUnit(unit)
    .setCustomFieldConfig('showPoints', VisibilityMode.Always)
    .setCustomFieldConfig('pointSize', 7)
    .setCustomFieldConfig('spanNulls', true)
    .setOption('xField', ROUND_FIELD)
    .setOption('legend', { showLegend: true, displayMode: LegendDisplayMode.List, placement: 'bottom', calcs: [] })
    .setOption('tooltip', { mode: TooltipDisplayMode.Multi })
    .build();
}

/** Leaves out columns that say the same in each row. */
const WITHOUT_REPETITION = {
  id: 'organize',
  options: { excludeByName: Object.fromEntries(['Time', 'Value', ...SCRAPE_LABELS].map((name) => [name, true])) },
};

/** What is current, one row a series. */
export function buildTablePanel({ title, $data }: PanelOptions): VizPanel {
  return PanelBuilders.table()
    .setTitle(title)
    .setData(new SceneDataTransformer({ $data, transformations: [WITHOUT_REPETITION] }))
    .build();
}

/** Where a click on a state of a time line leads. */
export interface TimelineLink {
  /** Follows "Click to open". */
  title: string;
  /** By when the state began (ms). */
  urlAt: (time: number) => string;
}

interface TimelineOptions extends PanelOptions {
  link?: TimelineLink;
}

/** Stage and condition of one job as two bands, from the series of its newest condition: those of one query. */
export function buildStageTimelinePanel({ title, $data, refId, link }: TimelineOptions & { refId: string }): VizPanel {
  const toTimeline = (frames: DataFrame[]) => toStageTimeline(frames.filter((frame) => frame.refId === refId));
  return timelinePanel(
    title,
    new SceneDataTransformer({
      $data,
      transformations: [() => (source) => source.pipe(map(toTimeline))],
    }),
    valueColors({ ...CONDITION_COLORS, ...STAGE_COLORS }),
    link
  );
}

/** An enumeration as one band an object: of the series that are on, the value of `label`. */
export function buildStateTimelinePanel({ title, $data, label, link }: TimelineOptions & { label: string }): VizPanel {
  return timelinePanel(
    title,
    new SceneDataTransformer({
      $data,
      transformations: [() => (source) => source.pipe(map((frames) => toStateTimeline(frames, label)))],
    }),
    valueColors(STATE_COLORS),
    link
  );
}

/**
 * The same as dashboards can draw it, which know no transformation of ours: each object gives one number, which is the
 * place of its state among all, from 1.
 */
export const buildStateNumbersPanel = ({ title, states }: PanelOptions & { states: readonly string[] }): VizPanel =>
  timelinePanel(title, undefined, [
    {
      type: MappingType.ValueToText,
      options: Object.fromEntries(
        states.map((text, index) => [String(index + 1), { text, color: STATE_COLORS[text], index }])
      ),
    },
  ]);

function timelinePanel(
  title: string,
  $data: SceneDataTransformer | undefined,
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
    .setOption('legend', { showLegend: false, displayMode: LegendDisplayMode.List, placement: 'bottom', calcs: [] })
    .build();
}

interface GraphOptions extends PanelOptions {
  toGraph: (frames: DataFrame[]) => DataFrame[];
  /** Columns from left to right unless told; a grid draws an edge only while one of its nodes is pointed at. */
  layout?: 'layered' | 'force' | 'grid';
}

/** Nodes and edges; `toGraph` makes the two frames of what `$data` answers. */
export function buildGraphPanel({ title, $data, toGraph, layout = 'layered' }: GraphOptions): VizPanel {
  return (
    PanelBuilders.nodegraph()
      .setTitle(title)
      .setData(new SceneDataTransformer({ $data, transformations: [() => (source) => source.pipe(map(toGraph))] }))
      // Grafana keeps the enumeration of these to itself.
      .setOption('layoutAlgorithm', layout as never)
      .build()
  );
}

/** Count of lines over time, stacked by level. */
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

/** The same of the lines that are there already, which asks for nothing. */
export function buildVisibleLogVolumePanel({ title, $data }: PanelOptions): VizPanel {
  const counts: SceneDataTransformer = new SceneDataTransformer({
    $data,
    transformations: [
      () => (source) => source.pipe(map((frames) => countByLevel(frames, sceneGraph.getTimeRange(counts).state.value))),
    ],
  });
  return buildLogVolumePanel({ title, $data: counts });
}

/** One line of the logs panel, as its menu hands it over. */
export interface LogsPanelLine {
  timeEpochNs: string;
  entry: string;
  labels: Record<string, string>;
  uid: string;
}

export interface LogsPanelOptions extends PanelOptions {
  order?: 'newest' | 'oldest';
  /** What is marked in the lines, as regular expressions of JavaScript, `(?i)` in front where the case does not matter. */
  marks?: () => string[];
  /** What the menu of a line offers beside Grafana's own. */
  menu?: ReadonlyArray<{ label: string; onClick: (line: LogsPanelLine) => void }>;
  /** What a person does within a line that changes the search. */
  onSearch?: {
    filterLabel: (label: string, value: string) => void;
    include: (text: string) => void;
    exclude: (text: string) => void;
    order: (order: 'newest' | 'oldest') => void;
  };
}

/** The data source marks what it reads out of a query; a person's keywords are another thing than their patterns. */
function markedLines($data: SceneDataProvider | undefined, marks: () => string[]): SceneDataTransformer {
  const mark = (frames: DataFrame[]) =>
    frames.map((frame) => ({ ...frame, meta: { ...frame.meta, searchWords: marks() } }));
  return new SceneDataTransformer({ $data, transformations: [() => (source) => source.pipe(map(mark))] });
}

const sortOrder = (order: 'newest' | 'oldest') =>
  order === 'oldest' ? LogsSortOrder.Ascending : LogsSortOrder.Descending;

/** Turns a logs panel round, also one that is not drawn yet. */
export const setLogsSortOrder = (panel: VizPanel, order: 'newest' | 'oldest') =>
  panel.setState({ options: { ...panel.state.options, sortOrder: sortOrder(order) } });

/**
 * Log lines in Grafana's own panel: wrap, order, deduplication, times, levels, fields, search within what is shown, and
 * more lines by scrolling.
 */
export function buildLogsPanel({
  title,
  $data,
  order = 'newest',
  marks,
  menu = [],
  onSearch,
}: LogsPanelOptions): VizPanel {
  const builder = PanelBuilders.logs()
    .setTitle(title)
    .setData(marks ? markedLines($data, marks) : $data)
    .setOption('showTime', true)
    .setOption('wrapLogMessage', true)
    .setOption('enableLogDetails', true)
    .setOption('sortOrder', sortOrder(order))
    .setOption('dedupStrategy', LogsDedupStrategy.none)
    .setOption('enableInfiniteScrolling', true)
    .setOption('showControls', true)
    .setOption('controlsStorageKey', 'kubeedge-sedna-app.logs')
    .setOption('displayedFields', [])
    .setOption('logLineMenuCustomItems', [...menu]);
  if (onSearch) {
    builder
      .setOption('onClickFilterLabel', onSearch.filterLabel)
      .setOption('onClickFilterString', onSearch.include)
      .setOption('onClickFilterOutString', onSearch.exclude)
      .setOption('onLogOptionsChange', (option: string, value: unknown) => {
        if (option === 'sortOrder') {
          onSearch.order(value === LogsSortOrder.Ascending ? 'oldest' : 'newest');
        }
      });
  }
  return builder.build();
}
