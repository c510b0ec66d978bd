/** Builders for panels with a common look. */
import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  TableCellHeight,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type DynamicConfigValue,
  type ValueMap,
} from '@grafana/grafana-foundation-sdk/dashboard';
import * as logs from '@grafana/grafana-foundation-sdk/logs';
import * as loki from '@grafana/grafana-foundation-sdk/loki';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { LEVEL_LABEL } from '../src/query/logs/logql';
import { findMetric } from '../src/sedna/catalog';
import { LEVEL_COLORS } from '../src/sedna/stateColors';
import { namedStates } from './states';

export const PROMETHEUS = { type: 'prometheus', uid: '${prometheus}' };
export const LOKI = { type: 'loki', uid: '${loki}' };

/**
 * Formats descriptions as paragraphs. Metric names are replaced by their help, caveat, and recording hint from the
 * catalog.
 */
function formatDescription(descriptions: readonly string[]): string {
  return descriptions
    .map((text) => {
      const metric = findMetric(text);
      const notRecorded = metric?.notRecorded && `Not recorded by Sedna itself: ${metric.notRecorded}`;
      return metric ? [metric.help, metric.caveat, notRecorded].filter(Boolean).join(' ') : text;
    })
    .join('\n\n');
}

interface PanelOptions {
  title: string;
  /** Names of metrics in the catalog, or sentences. */
  descriptions: readonly string[];
  /** Columns, of 24. */
  width?: number;
  height?: number;
  unit?: string;
  /** Text instead of "No data", which explains why there may be none. */
  noValue?: string;
}

/** PromQL or LogQL expression, and the legend of its series. */
export type Query = readonly [expr: string, legend?: string];

/** Returns the name of a query in a panel: A, B, and so on. */
export const toRefId = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index);
/** Without a cluster label, only a leading space remains. */
export const OBJECT_LEGEND = '{{cluster}} {{namespace}}/{{name}}';

const createPrometheusQuery = () => new prometheus.DataqueryBuilder().datasource(PROMETHEUS);
const buildRangeQueries = (queries: readonly Query[]) =>
  queries.map(([expr, legend = OBJECT_LEGEND], index) =>
    createPrometheusQuery().refId(toRefId(index)).expr(expr).legendFormat(legend).range()
  );
const buildInstantQueries = (queries: readonly Query[]) =>
  queries.map(([expr, legend = OBJECT_LEGEND], index) =>
    createPrometheusQuery().refId(toRefId(index)).expr(expr).legendFormat(legend).instant()
  );
const buildTableQueries = (expressions: readonly string[]) =>
  expressions.map((expr, index) =>
    createPrometheusQuery().refId(toRefId(index)).expr(expr).instant().format(prometheus.PromQueryFormat.Table)
  );

interface CommonPanelBuilder {
  title(title: string): this;
  description(description: string): this;
  span(width: number): this;
  height(height: number): this;
  unit(unit: string): this;
  noValue(text: string): this;
}

function applyOptions<Panel extends CommonPanelBuilder>(
  panel: Panel,
  options: PanelOptions,
  width: number,
  height: number
): Panel {
  panel
    .title(options.title)
    .description(formatDescription(options.descriptions))
    .span(options.width ?? width)
    .height(options.height ?? height);
  if (options.unit) {
    panel.unit(options.unit);
  }
  return options.noValue === undefined ? panel : panel.noValue(options.noValue);
}

interface OverridablePanelBuilder {
  overrideByRegexp(regexp: string, properties: DynamicConfigValue[]): this;
}

const colorByName = <Panel extends OverridablePanelBuilder>(
  panel: Panel,
  colors: Readonly<Record<string, string>>
): Panel =>
  Object.entries(colors).reduce(
    (result, [name, color]) =>
      result.overrideByRegexp(`^(.* )?${name}$`, [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }]),
    panel
  );

interface StatOptions extends PanelOptions {
  queries: readonly Query[];
  /** Texts and colors of states that the number stands for. */
  mappings?: ValueMap;
  /** Threshold from which the value is red; below, it is green. */
  redFrom?: number;
  /** Shows the name of each value, for panels that may have several. */
  showNames?: boolean;
  /** Colors by the last word of the value's name. */
  colors?: Readonly<Record<string, string>>;
}

/** Creates a panel with current values. */
export function statPanel(options: StatOptions) {
  const { queries, mappings, redFrom, showNames: showNames, colors = {} } = options;
  const panel = applyOptions(new stat.PanelBuilder(), options, 4, 4)
    .datasource(PROMETHEUS)
    .targets(buildInstantQueries(queries))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .textMode(showNames ? BigValueTextMode.ValueAndName : BigValueTextMode.Auto)
    .thresholds(
      new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(
        redFrom === undefined
          ? [{ value: null, color: 'text' }]
          : [
              { value: null, color: 'green' },
              { value: redFrom, color: 'red' },
            ]
      )
    );
  if (mappings) {
    panel.mappings([mappings]);
  }
  return colorByName(panel, colors);
}

const createLegend = () =>
  new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs([]);

interface SeriesOptions extends PanelOptions {
  queries: readonly Query[];
  /** Stacks series as areas or bars. */
  stacked?: 'areas' | 'bars';
  /** For rare samples: dots, or lines across any gap. */
  sparseStyle?: 'dots' | 'lines';
  /** Colors by the last word of the series name. */
  colors?: Readonly<Record<string, string>>;
  source?: 'loki';
  max?: number;
}

/** Creates a time series panel. */
export function seriesPanel(options: SeriesOptions) {
  const { queries, stacked, sparseStyle, colors = {}, source, max } = options;
  const panel = applyOptions(new timeseries.PanelBuilder(), options, 12, 8)
    .datasource(source === 'loki' ? LOKI : PROMETHEUS)
    .targets(source === 'loki' ? buildLokiQueries(queries) : buildRangeQueries(queries))
    .legend(createLegend())
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .drawStyle(stacked === 'bars' ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
    .fillOpacity(stacked === 'bars' ? 80 : stacked ? 30 : 0)
    .lineWidth(stacked === 'bars' ? 0 : 1)
    .showPoints(stacked ? VisibilityMode.Never : sparseStyle === 'dots' ? VisibilityMode.Always : VisibilityMode.Auto)
    .pointSize(sparseStyle === 'dots' ? 6 : 5)
    .spanNulls(sparseStyle !== undefined);
  if (stacked) {
    panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A')).min(0);
  }
  if (stacked === 'bars') {
    panel.maxDataPoints(150);
  }
  if (max !== undefined) {
    panel.min(0).max(max);
  }
  return colorByName(panel, colors);
}

interface TimelineOptions extends PanelOptions {
  queries: readonly Query[];
  mappings: ValueMap;
  /** Shows 20 rows per page, for panels that may have more than fit. */
  paginate?: boolean;
}

/** Creates a timeline of states, which queries return as numbers. */
export function timelinePanel(options: TimelineOptions) {
  const panel = applyOptions(new statetimeline.PanelBuilder(), options, 24, 8)
    .datasource(PROMETHEUS)
    .targets(buildRangeQueries(options.queries))
    .mappings([options.mappings])
    .mergeValues(true)
    .showValue(VisibilityMode.Auto)
    .rowHeight(0.8)
    .fillOpacity(80)
    .lineWidth(0)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(false)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .calcs([])
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single));
  return options.paginate ? panel.perPage(20) : panel.disablePagination();
}

export interface Column {
  /** Label name, or `Value` with a single expression, or `Value #A` and so on with several. */
  field: string;
  title: string;
  width?: number;
  unit?: string;
  decimals?: number;
  link?: string;
  /** Link to another dashboard. */
  dashboardLink?: string;
  /** Colors cells by state: by name (`true`), or by the numbers that stand for states. */
  mappings?: true | ValueMap;
  /** Shows a gauge in the cell, up to this value. */
  gaugeMax?: number;
}

interface TableOptions extends PanelOptions {
  expressions: readonly string[];
  columns: readonly Column[];
  /** Title of the sort column, highest value first by default. */
  sortBy?: string;
  ascending?: boolean;
}

function toCellProperties({
  width,
  unit,
  decimals,
  link,
  dashboardLink,
  mappings,
  gaugeMax,
}: Column): DynamicConfigValue[] {
  const links = [
    ...(link ? [{ title: 'Open in Sedna Ops', url: link }] : []),
    ...(dashboardLink ? [{ title: 'Open dashboard', url: dashboardLink }] : []),
  ];
  const toCellOptions = (type: string, more = {}) => ({ id: 'custom.cellOptions', value: { type, ...more } });
  return [
    // Without this, the text for an empty panel would appear in every empty cell.
    { id: 'noValue', value: '–' },
    ...(width ? [{ id: 'custom.width', value: width }] : []),
    ...(unit ? [{ id: 'unit', value: unit }] : []),
    ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
    ...(links.length > 0 ? [{ id: 'links', value: links }] : []),
    ...(mappings
      ? [{ id: 'mappings', value: [mappings === true ? namedStates() : mappings] }, toCellOptions('color-text')]
      : []),
    ...(gaugeMax === undefined
      ? []
      : [
          { id: 'min', value: 0 },
          { id: 'max', value: gaugeMax },
          { id: 'color', value: { mode: 'continuous-RdYlGr' } },
          toCellOptions('gauge', { mode: 'basic', valueDisplayMode: 'text' }),
        ]),
  ];
}

/** Repeats the text for an empty panel in the description, for panels that don't or don't always show it. */
const withEmptyNote = <Of extends PanelOptions>(options: Of): Of =>
  options.noValue === undefined
    ? options
    : { ...options, descriptions: [...options.descriptions, `When empty: ${options.noValue}.`] };

/** Creates a table of current values. Rows of several expressions are merged by the labels that they share. */
export function tablePanel(options: TableOptions) {
  const { expressions, sortBy, ascending } = options;
  const columns: Column[] = [{ field: 'cluster', title: 'Cluster', width: 110 }, ...options.columns];
  const panel = applyOptions(new table.PanelBuilder(), withEmptyNote(options), 24, 9)
    .datasource(PROMETHEUS)
    .targets(buildTableQueries(expressions))
    .cellHeight(TableCellHeight.Sm)
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'filterFieldsByName',
      options: { include: { names: columns.map(({ field }) => field) } },
    })
    .withTransformation({
      id: 'organize',
      options: {
        indexByName: Object.fromEntries(columns.map(({ field }, index) => [field, index])),
        renameByName: Object.fromEntries(columns.map(({ field, title }) => [field, title])),
      },
    });
  if (sortBy) {
    panel.sortBy([new SortBuilder(sortBy, !ascending)]);
  }
  return columns.reduce((result, column) => result.overrideByName(column.title, toCellProperties(column)), panel);
}

class SortBuilder {
  constructor(
    private readonly displayName: string,
    private readonly desc: boolean
  ) {}
  build = () => ({ displayName: this.displayName, desc: this.desc });
}

interface BarsOptions extends PanelOptions {
  queries: readonly Query[];
  max?: number;
}

/** Creates a bar gauge of current values. */
export function barsPanel(options: BarsOptions) {
  const panel = applyOptions(new bargauge.PanelBuilder(), options, 12, 8)
    .datasource(PROMETHEUS)
    .targets(buildInstantQueries(options.queries))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .min(0)
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([{ value: null, color: 'blue' }]));
  return options.max === undefined ? panel : panel.max(options.max);
}

const buildLokiQueries = (queries: readonly Query[]) =>
  queries.map(([expr, name = ''], index) =>
    new loki.DataqueryBuilder().refId(toRefId(index)).datasource(LOKI).expr(expr).legendFormat(name)
  );

/** Creates a panel with the number of log lines by level. */
export const volumePanel = (options: PanelOptions & { expression: string }) =>
  seriesPanel({
    width: 24,
    height: 6,
    ...options,
    queries: [[options.expression, `{{${LEVEL_LABEL}}}`]],
    stacked: 'bars',
    colors: LEVEL_COLORS,
    source: 'loki',
  });

/** Creates a panel with log lines, newest first. Grafana ignores `noValue` in it and shows "No data". */
export const logsPanel = (options: PanelOptions & { expression: string }) =>
  applyOptions(new logs.PanelBuilder(), withEmptyNote(options), 24, 8)
    .datasource(LOKI)
    .showTime(true)
    .wrapLogMessage(true)
    .enableLogDetails(true)
    .withTarget(new loki.DataqueryBuilder().refId('A').datasource(LOKI).maxLines(200).expr(options.expression));
