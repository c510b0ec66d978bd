/** PromQL for the Metrics page: any metric, of the catalog or not, filtered by resource. */
import { findMetric, getIdentityLabels, SYSTEM_METRICS, type Metric } from '../sedna/catalog';
import { getFamilyPrefix } from '../sedna/catalog/resourceMetrics';
import { KIND_NAMES, type KindName } from '../sedna/kinds/kindNames';
import { KINDS } from '../sedna/kinds';
import { ANY_METRIC_TARGET, getNameLabel, type MetricTarget } from '../sedna/catalog/metricTarget';
import {
  age,
  aggregate,
  buildAnySelector,
  offsetBy,
  increasePerStep,
  filterActiveState,
  andOn,
  sampleTimestamp,
  buildSelector,
  withLabel,
  union,
  without,
  type Aggregation,
} from './promql';
import { equals, matches, oneOf, buildLabelValuesQuery, type LabelQuery, type Matcher } from './escape';

/** Maximum number of series that a panel queries and draws. */
export const MAX_DRAWN_SERIES = 50;

/** How a metric is shown. */
export type Visualization = 'states' | 'table' | 'series';

export function getVisualization(metric: Metric | undefined): Visualization {
  switch (metric?.type) {
    case 'stateset':
      return 'states';
    case 'info':
      return 'table';
    default:
      return 'series';
  }
}

/** Returns whether samples may be rare, as of log lines that occur once, or of a metric that isn't in the catalog. */
export const isSparse = (metric: Metric | undefined): boolean => !metric || metric.source === 'loki-rule';

/** How a metric is queried. */
export interface MetricQueryOptions {
  target: MetricTarget;
  /** Label to group by; absent for one line for each series. */
  by?: string;
  aggregation?: Aggregation;
  /** Offset into the past, in seconds. */
  before?: number;
  /** Whether rounds are compared: the pods of successive rounds then form one line. */
  byRound?: boolean;
  /** Maximum number of series. The highest last values are kept; of states, those that are active at the end come first. */
  top?: number;
}

const isKind = (kind: MetricTarget['kind']): kind is KindName => KIND_NAMES.some((each) => each === kind);

function buildTargetMatchers({ kind, namespace, names }: MetricTarget, metric?: Metric): Matcher[] {
  const label = getNameLabel(kind, metric);
  const carriesKind = metric !== undefined && isKind(kind) && getIdentityLabels(metric).includes('kind');
  return [
    ...(carriesKind ? [equals('kind', kind)] : []),
    ...(namespace === '' || metric?.component === 'node' ? [] : [equals('namespace', namespace)]),
    ...(label === undefined || names.length === 0 ? [] : [oneOf(label, names)]),
  ];
}

/** Builds the value of a metric by its type: rates of counters, ages of timestamps, and so on. */
function buildValue(name: string, matchers: readonly Matcher[], before = 0): string {
  const metric = findMetric(name);
  const series = buildSelector(name, matchers);
  const offset = before === 0 ? '' : ` offset ${before}s`;
  if (isSparse(metric)) {
    // Each step takes the last sample within it, because a long step would miss samples between two steps.
    return `last_over_time(${series}[$__rate_interval]${offset})`;
  }
  switch (metric?.type) {
    case 'stateset':
      return filterActiveState(series + offset);
    case 'counter':
      return metric.unit === 'none'
        ? offsetBy(increasePerStep(series, '$__interval'), before)
        : `rate(${series}[$__rate_interval]${offset})`;
    case 'timestamp':
      return before === 0 ? age(series) : `${age(series + offset)} - ${before}`;
    default:
      return ofNewestPod(metric, series + offset);
  }
}

/** Returns whether a metric comes from the newest pod of a job, so that successive pods form one line. */
const isOfNewestPod = ({ type, source, component, labels }: Metric): boolean =>
  type === 'gauge' && source === 'recording-rule' && component === 'job' && labels.includes('pod');

const ofNewestPod = (metric: Metric | undefined, series: string): string =>
  metric && isOfNewestPod(metric) ? withoutPod(series) : series;

const withoutPod = (series: string) => without('max', ['pod'], series);

/**
 * Builds the expression that shows a metric: active states, the increase of an event counter in each step, the rate of a
 * counter of seconds or bytes, the age of a timestamp in seconds, or the plain value.
 */
export function buildMetricExpression(name: string, options: MetricQueryOptions): string {
  const { target, by, aggregation = 'avg', before = 0, byRound, top } = options;
  const metric = findMetric(name);
  const matchers = buildTargetMatchers(target, metric);
  const value = buildValue(name, matchers, before);
  const grouped = by ? aggregate(aggregation, [by], value) : value;
  if (top === undefined) {
    return grouped;
  }
  const groups = getGroupLabels(metric, by);
  const rank = buildRank(name, matchers);
  if (byRound) {
    return `(${grouped}) and ignoring (pod) topk(${top}, ${withoutPod(rank)})`;
  }
  return groups ? keepHighest(grouped, groups, top, rank) : keepHighestSeries(grouped, top, rank);
}

/** Returns the labels that group series into lines, or undefined if each series is a line. */
const getGroupLabels = (metric: Metric | undefined, by?: string): string[] | undefined =>
  by ? [by] : metric?.type === 'stateset' ? objectLabels(metric) : undefined;

/** Builds the last value of each series in the time range, even if it ended earlier; of states, the active ones. */
function buildLastValue(name: string, matchers: readonly Matcher[], at = ''): string {
  const samples = `${buildSelector(name, matchers)}[$__range]${at}`;
  const metric = findMetric(name);
  return metric?.type === 'stateset'
    ? filterActiveState(`max_over_time(${samples})`)
    : ofNewestPod(metric, `last_over_time(${samples})`);
}

/** Builds the ranking that keeps some of too many series: last values; of states, those that are active at the end first. */
function buildRank(name: string, matchers: readonly Matcher[]): string {
  const last = buildLastValue(name, matchers, ' @ end()');
  return findMetric(name)?.type === 'stateset'
    ? union([filterActiveState(`${buildSelector(name, matchers)} @ end()`), `(${last}) * 0`])
    : last;
}

const keepHighestSeries = (expression: string, count: number, series: string): string =>
  `(${expression}) and topk(${count}, ${series})`;

const keepHighest = (expression: string, groups: readonly string[], count: number, series: string): string =>
  andOn(expression, groups, `topk(${count}, ${aggregate('max', groups, series)})`);

/** Builds a state set as one number for each object: the position of its active state, from 1, for value mappings. */
export function stateNumbers(metric: Metric, { target, top }: MetricQueryOptions): string {
  const { label = '', values = [] } = metric.states ?? {};
  const selected = (...more: Matcher[]) =>
    filterActiveState(buildSelector(metric.name, [...buildTargetMatchers(target, metric), ...more]));
  const numbers = values.map((value, index) => `(${selected(equals(label, value))}) * ${index + 1}`);
  const object = objectLabels(metric);
  const found = aggregate('max', object, union(numbers));
  return top === undefined
    ? found
    : keepHighest(found, object, top, buildRank(metric.name, buildTargetMatchers(target, metric)));
}

/** Returns the labels that identify the objects of a state set. */
const objectLabels = (metric: Metric): string[] => [
  'cluster',
  ...getIdentityLabels(metric),
  ...metric.labels.filter((label) => label !== metric.states?.label && label !== 'stage'),
];

/** Returns whether each pod is a line, so that even one object may have any number of them. */
export const isPodMetric = (metric: Metric): boolean =>
  getVisualization(metric) === 'series' && metric.labels.includes('pod') && !isOfNewestPod(metric);

/** Builds the expression that shows a metric of one object, with at most {@link MAX_DRAWN_SERIES} series. */
export function buildObjectMetricExpression(metric: Metric, matchers: readonly Matcher[]): string {
  const value = buildValue(metric.name, matchers);
  return isPodMetric(metric) ? keepHighestSeries(value, MAX_DRAWN_SERIES, buildRank(metric.name, matchers)) : value;
}

/** States to alert on. */
const BAD_STATES = ['Failed', 'NotOk', 'False'];

/** Builds the expression of an alert rule: active bad states if the metric has any, or else the value that is shown. */
export function buildAlertExpression(name: string, options: MetricQueryOptions): string {
  const metric = findMetric(name);
  const bad = BAD_STATES.filter((state) => metric?.states?.values.includes(state));
  return metric?.states && bad.length > 0
    ? filterActiveState(
        buildSelector(name, [...buildTargetMatchers(options.target, metric), oneOf(metric.states.label, bad)])
      )
    : buildMetricExpression(name, options);
}

/** Counts the lines that the expression draws in the time range without `top`. */
export function countSeries(name: string, { target, by, byRound }: MetricQueryOptions): string {
  const metric = findMetric(name);
  const found = buildLastValue(name, buildTargetMatchers(target, metric));
  const series = byRound ? withoutPod(found) : found;
  const groups = getGroupLabels(metric, by);
  return aggregate('count', [], groups ? aggregate('count', groups, series) : series);
}

/** Returns the Unix time in seconds of the newest sample, if it is at most five minutes old. */
export const newestSample = (name: string, target: MetricTarget = ANY_METRIC_TARGET): string =>
  aggregate('max', [], sampleTimestamp(buildSelector(name, buildTargetMatchers(target, findMetric(name)))));

/** Counts the samples of each series within the time range. */
export const sampleCounts = (name: string, { target }: MetricQueryOptions): string =>
  `count_over_time(${metricSeries(name, target)}[$__range])`;

/** Label that names the metric in {@link newestSamples}. */
export const METRIC_LABEL = 'metric';

/** Returns the newest samples of several metrics in one expression. */
export const newestSamples = (names: readonly string[], target: MetricTarget): string =>
  union(names.map((name) => withLabel(newestSample(name, target), METRIC_LABEL, name)));

/** Names of Sedna's metrics and those of nodes and pods. */
const KNOWN_METRICS = ['sedna[_:].+', ...SYSTEM_METRICS.map(({ name }) => name)].join('|');

/** Builds a query for the metric names of a target: those of Sedna, its jobs, nodes, and pods, or all of them. */
export const buildMetricNamesQuery = (target: MetricTarget = ANY_METRIC_TARGET, all = false): LabelQuery =>
  buildLabelValuesQuery('__name__', [
    ...(all ? [] : [matches('__name__', KNOWN_METRICS)]),
    ...buildTargetMatchers(target),
  ]);

/** Matches series that list the objects of a kind. */
function buildNamePattern(kind: MetricTarget['kind']): Matcher {
  switch (kind) {
    case '':
      return matches('__name__', 'sedna_[a-z]+_info');
    case 'Pod':
      return equals('__name__', 'sedna:worker_pod_info');
    case 'Node':
      return matches('__name__', 'kube_node_info|sedna:worker_pod_info');
    case 'Task':
      return matches('__name__', 'sedna_knowledge_base_task_info|sedna:task_score');
    case 'KnowledgeBase':
      return equals('__name__', 'sedna_knowledge_base_up');
    default:
      return equals('__name__', `${getFamilyPrefix(kind)}_info`);
  }
}

/** Builds a query for the namespaces or names of a kind: those that a metric has, or all if no metric is selected. */
export function buildChoicesQuery(
  metric: string,
  what: 'namespace' | 'name',
  { kind, namespace }: MetricTarget
): LabelQuery {
  const entry = findMetric(metric);
  const label = what === 'namespace' ? what : (getNameLabel(kind, entry) ?? 'name');
  const within = buildTargetMatchers({ kind, namespace: what === 'name' ? namespace : '', names: [] }, entry);
  return metric === ''
    ? buildLabelValuesQuery(label, [buildNamePattern(kind), ...within])
    : { label, selector: buildSelector(metric, within) };
}

/** Selects the series of a metric, to look up their labels. */
export const metricSeries = (name: string, target: MetricTarget): string =>
  buildSelector(name, buildTargetMatchers(target, findMetric(name)));

/**
 * Returns the current rounds of a target's jobs, to assign values to rounds. A pod, node, or task names no job, so all jobs
 * of its namespace are returned; the series name the job.
 */
export const roundNumbers = (target: MetricTarget): string => {
  const isOfJobs = target.kind === '' || isKind(target.kind);
  return buildSelector(
    'sedna_job_round',
    buildTargetMatchers(isOfJobs ? target : { ...target, names: [] }, findMetric('sedna_job_round'))
  );
};

const STAGED_KINDS = KINDS.filter(({ staged }) => staged);
const STAGED_CONDITIONS = matches(
  '__name__',
  STAGED_KINDS.map(({ kind }) => `${getFamilyPrefix(kind)}_condition`).join('|')
);

/** Returns whether values of a metric may belong to rounds. Kinds without stages have no rounds. */
export function hasRounds(name: string, { kind }: MetricTarget): boolean {
  const metric = findMetric(name);
  const mayHave = (each: KindName) => STAGED_KINDS.some((staged) => staged.kind === each);
  const family = KIND_NAMES.find((each) => name.startsWith(`${getFamilyPrefix(each)}_`));
  return (
    metric !== undefined &&
    getVisualization(metric) === 'series' &&
    metric.source !== 'loki-rule' &&
    (metric.component === 'job' || (metric.component === 'worker' && metric.source === 'recording-rule')) &&
    (family === undefined || mayHave(family)) &&
    (!isKind(kind) || mayHave(kind))
  );
}

/** Returns the newest conditions of a target's jobs. */
export const stageConditions = (target: MetricTarget): string =>
  filterActiveState(buildAnySelector([STAGED_CONDITIONS, ...buildTargetMatchers(target)]));

/** Returns whether a target names jobs, or may do so. */
export const hasJobNames = ({ kind, names }: MetricTarget): boolean =>
  names.length > 0 && (kind === '' || STAGED_KINDS.some((each) => each.kind === kind));
