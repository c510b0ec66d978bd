/** The panels that dashboards are made of, so that all of them look and read alike. */
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

/** Says what is shown: names of metrics stand for what the catalogue says of them. */
function describe(about: readonly string[]): string {
  return about
    .map((each) => {
      const metric = findMetric(each);
      const notRecorded = metric?.notRecorded && `Not recorded by Sedna itself: ${metric.notRecorded}`;
      return metric ? [metric.help, metric.caveat, notRecorded].filter(Boolean).join(' ') : each;
    })
    .join('\n\n');
}

interface Options {
  title: string;
  /** Metrics of the catalogue, or sentences. */
  about: readonly string[];
  /** Of 24. */
  width?: number;
  height?: number;
  unit?: string;
  /** What stands there instead of "No data": why there may be none. */
  empty?: string;
}

/** An expression, and how the series that it gives are called. */
export type Ask = readonly [expr: string, legend?: string];

/** Names of queries within a panel, in their order. */
export const refId = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index);
/** A cluster that is not known leaves nothing but a space. */
export const OF_OBJECT = '{{cluster}} {{namespace}}/{{name}}';

const base = () => new prometheus.DataqueryBuilder().datasource(PROMETHEUS);
const ranged = (asks: readonly Ask[]) =>
  asks.map(([expr, legend = OF_OBJECT], index) => base().refId(refId(index)).expr(expr).legendFormat(legend).range());
const instant = (asks: readonly Ask[]) =>
  asks.map(([expr, legend = OF_OBJECT], index) => base().refId(refId(index)).expr(expr).legendFormat(legend).instant());
const asTables = (expressions: readonly string[]) =>
  expressions.map((expr, index) =>
    base().refId(refId(index)).expr(expr).instant().format(prometheus.PromQueryFormat.Table)
  );

interface Fitted {
  title(title: string): this;
  description(description: string): this;
  span(width: number): this;
  height(height: number): this;
  unit(unit: string): this;
  noValue(text: string): this;
}

function fit<Panel extends Fitted>(panel: Panel, options: Options, width: number, height: number): Panel {
  panel
    .title(options.title)
    .description(describe(options.about))
    .span(options.width ?? width)
    .height(options.height ?? height);
  if (options.unit) {
    panel.unit(options.unit);
  }
  return options.empty === undefined ? panel : panel.noValue(options.empty);
}

interface Colorable {
  overrideByRegexp(regexp: string, properties: DynamicConfigValue[]): this;
}

const coloredByName = <Panel extends Colorable>(panel: Panel, colors: Readonly<Record<string, string>>): Panel =>
  Object.entries(colors).reduce(
    (so, [name, color]) =>
      so.overrideByRegexp(`^(.* )?${name}$`, [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }]),
    panel
  );

interface StatOptions extends Options {
  asks: readonly Ask[];
  /** States that the number stands for. */
  states?: ValueMap;
  /** Red from this number on, green below. */
  badFrom?: number;
  /** There may be several numbers, which need their names. */
  named?: boolean;
  /** Colours by the last word of the name of the number. */
  colors?: Readonly<Record<string, string>>;
}

/** Numbers of now, large. */
export function statPanel(options: StatOptions) {
  const { asks, states, badFrom, named: hasNames, colors = {} } = options;
  const panel = fit(new stat.PanelBuilder(), options, 4, 4)
    .datasource(PROMETHEUS)
    .targets(instant(asks))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .textMode(hasNames ? BigValueTextMode.ValueAndName : BigValueTextMode.Auto)
    .thresholds(
      new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(
        badFrom === undefined
          ? [{ value: null, color: 'text' }]
          : [
              { value: null, color: 'green' },
              { value: badFrom, color: 'red' },
            ]
      )
    );
  if (states) {
    panel.mappings([states]);
  }
  return coloredByName(panel, colors);
}

const legend = () =>
  new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs([]);

interface SeriesOptions extends Options {
  asks: readonly Ask[];
  /** Stacked: as areas, or as bars. */
  stacked?: 'areas' | 'bars';
  /** Values come seldom: dots, or lines from one to the next however far apart. */
  sparse?: 'dots' | 'lines';
  /** Colours by the last word of the name of the series. */
  colors?: Readonly<Record<string, string>>;
  source?: 'loki';
  max?: number;
}

/** Numbers over time. */
export function seriesPanel(options: SeriesOptions) {
  const { asks, stacked, sparse, colors = {}, source, max } = options;
  const panel = fit(new timeseries.PanelBuilder(), options, 12, 8)
    .datasource(source === 'loki' ? LOKI : PROMETHEUS)
    .targets(source === 'loki' ? counts(asks) : ranged(asks))
    .legend(legend())
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .drawStyle(stacked === 'bars' ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
    .fillOpacity(stacked === 'bars' ? 80 : stacked ? 30 : 0)
    .lineWidth(stacked === 'bars' ? 0 : 1)
    .showPoints(stacked ? VisibilityMode.Never : sparse === 'dots' ? VisibilityMode.Always : VisibilityMode.Auto)
    .pointSize(sparse === 'dots' ? 6 : 5)
    .spanNulls(sparse !== undefined);
  if (stacked) {
    panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A')).min(0);
  }
  if (stacked === 'bars') {
    panel.maxDataPoints(150);
  }
  if (max !== undefined) {
    panel.min(0).max(max);
  }
  return coloredByName(panel, colors);
}

interface TimelineOptions extends Options {
  asks: readonly Ask[];
  states: ValueMap;
  /** There may be more than fit: they are shown by pages. */
  many?: boolean;
}

/** Which state each of several things is in, over time; queries give the states as numbers. */
export function timelinePanel(options: TimelineOptions) {
  const panel = fit(new statetimeline.PanelBuilder(), options, 24, 8)
    .datasource(PROMETHEUS)
    .targets(ranged(options.asks))
    .mappings([options.states])
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
  return options.many ? panel.perPage(20) : panel.disablePagination();
}

export interface Column {
  /** Label, or `Value #A` and so on where there are several expressions, `Value` where there is one. */
  of: string;
  title: string;
  width?: number;
  unit?: string;
  decimals?: number;
  link?: string;
  /** Another dashboard that tells more. */
  board?: string;
  /** Cells have the colour of the state that they name; or of the numbers that stand for one. */
  colored?: true | ValueMap;
  /** A bar in the cell, up to this number. */
  barTo?: number;
}

interface TableOptions extends Options {
  expressions: readonly string[];
  columns: readonly Column[];
  /** Title of the column, highest value first unless told. */
  sortBy?: string;
  ascending?: boolean;
}

function cellsOf({ width, unit, decimals, link, board, colored: states, barTo }: Column): DynamicConfigValue[] {
  const links = [
    ...(link ? [{ title: 'Open in Sedna Ops', url: link }] : []),
    ...(board ? [{ title: 'Open its dashboard', url: board }] : []),
  ];
  const cell = (type: string, more = {}) => ({ id: 'custom.cellOptions', value: { type, ...more } });
  return [
    // What stands in an empty panel would stand in each empty cell too.
    { id: 'noValue', value: '–' },
    ...(width ? [{ id: 'custom.width', value: width }] : []),
    ...(unit ? [{ id: 'unit', value: unit }] : []),
    ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
    ...(links.length > 0 ? [{ id: 'links', value: links }] : []),
    ...(states ? [{ id: 'mappings', value: [states === true ? namedStates() : states] }, cell('color-text')] : []),
    ...(barTo === undefined
      ? []
      : [
          { id: 'min', value: 0 },
          { id: 'max', value: barTo },
          { id: 'color', value: { mode: 'continuous-RdYlGr' } },
          cell('gauge', { mode: 'basic', valueDisplayMode: 'text' }),
        ]),
  ];
}

/** For panels that do not show what stands for no data, or not always: their descriptions say it too. */
const sayingWhenEmpty = <Of extends Options>(options: Of): Of =>
  options.empty === undefined ? options : { ...options, about: [...options.about, `When empty: ${options.empty}.`] };

/** What is current, one row a thing: the rows of several expressions are joined by the labels that they share. */
export function tablePanel(options: TableOptions) {
  const { expressions, sortBy, ascending } = options;
  const columns: Column[] = [{ of: 'cluster', title: 'Cluster', width: 110 }, ...options.columns];
  const panel = fit(new table.PanelBuilder(), sayingWhenEmpty(options), 24, 9)
    .datasource(PROMETHEUS)
    .targets(asTables(expressions))
    .cellHeight(TableCellHeight.Sm)
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({ id: 'filterFieldsByName', options: { include: { names: columns.map(({ of }) => of) } } })
    .withTransformation({
      id: 'organize',
      options: {
        indexByName: Object.fromEntries(columns.map(({ of }, index) => [of, index])),
        renameByName: Object.fromEntries(columns.map(({ of, title }) => [of, title])),
      },
    });
  if (sortBy) {
    panel.sortBy([new SortBuilder(sortBy, !ascending)]);
  }
  return columns.reduce((so, column) => so.overrideByName(column.title, cellsOf(column)), panel);
}

class SortBuilder {
  constructor(
    private readonly displayName: string,
    private readonly desc: boolean
  ) {}
  build = () => ({ displayName: this.displayName, desc: this.desc });
}

interface BarsOptions extends Options {
  asks: readonly Ask[];
  max?: number;
}

/** One bar a thing, of now. */
export function barsPanel(options: BarsOptions) {
  const panel = fit(new bargauge.PanelBuilder(), options, 12, 8)
    .datasource(PROMETHEUS)
    .targets(instant(options.asks))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .min(0)
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([{ value: null, color: 'blue' }]));
  return options.max === undefined ? panel : panel.max(options.max);
}

const counts = (asks: readonly Ask[]) =>
  asks.map(([expr, name = ''], index) =>
    new loki.DataqueryBuilder().refId(refId(index)).datasource(LOKI).expr(expr).legendFormat(name)
  );

/** How many lines there were, by level. */
export const volumePanel = (options: Options & { expression: string }) =>
  seriesPanel({
    width: 24,
    height: 6,
    ...options,
    asks: [[options.expression, `{{${LEVEL_LABEL}}}`]],
    stacked: 'bars',
    colors: LEVEL_COLORS,
    source: 'loki',
  });

/** Log lines, newest first. Grafana writes "No data" into a panel without lines, whatever it is told. */
export const logsPanel = (options: Options & { expression: string }) =>
  fit(new logs.PanelBuilder(), sayingWhenEmpty(options), 24, 8)
    .datasource(LOKI)
    .showTime(true)
    .wrapLogMessage(true)
    .enableLogDetails(true)
    .withTarget(new loki.DataqueryBuilder().refId('A').datasource(LOKI).maxLines(200).expr(options.expression));
