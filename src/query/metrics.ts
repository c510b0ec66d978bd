/** PromQL for the metric browser: any metric of the catalogue, or any other, by what it tells about. */
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

/** More lines than that are neither drawn nor asked for: nobody reads them. */
export const MAX_DRAWN_SERIES = 50;

/** How a metric is to be drawn. */
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

/** Whether a sample may come seldom, as what logs tell once, or what nobody has described. */
export const isSparse = (metric: Metric | undefined): boolean => !metric || metric.source === 'loki-rule';

/** What is seen of a metric. */
export interface MetricQueryOptions {
  target: MetricTarget;
  /** One line for each value of this label, in place of one for each series. */
  by?: string;
  aggregation?: Aggregation;
  /** As it was so many seconds ago. */
  before?: number;
  /** Whether rounds are compared: what pods of one round after another say is one line. */
  byRound?: boolean;
  /** Only so many series, those whose last sample in the time range is highest; of states first those there at its end. */
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

/** What a metric says, of series that are selected by matchers. */
function buildValue(name: string, matchers: readonly Matcher[], before = 0): string {
  const metric = findMetric(name);
  const series = buildSelector(name, matchers);
  const offset = before === 0 ? '' : ` offset ${before}s`;
  if (isSparse(metric)) {
    // A step takes the last sample that lies in it, else a longer one would miss those between two steps.
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

/** Whether a metric is what the newest pod of a job has told: that is one line, whichever pod it was. */
const isOfNewestPod = ({ type, source, component, labels }: Metric): boolean =>
  type === 'gauge' && source === 'recording-rule' && component === 'job' && labels.includes('pod');

const ofNewestPod = (metric: Metric | undefined, series: string): string =>
  metric && isOfNewestPod(metric) ? withoutPod(series) : series;

const withoutPod = (series: string) => without('max', ['pod'], series);

/**
 * The expression that shows a metric: states that are on, the growth of a counter of events in each step, the rate of
 * one of seconds or bytes, the age of a time (s), any other as it is.
 */
export function buildMetricExpression(name: string, look: MetricQueryOptions): string {
  const { target, by, aggregation = 'avg', before = 0, byRound, top } = look;
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

/** Labels by which series become lines; none where each series is one. */
const getGroupLabels = (metric: Metric | undefined, by?: string): string[] | undefined =>
  by ? [by] : metric?.type === 'stateset' ? objectLabels(metric) : undefined;

/** What each series said last in the time range, where many may have ended before it does; of states those that were on. */
function inRange(name: string, matchers: readonly Matcher[], at = ''): string {
  const samples = `${buildSelector(name, matchers)}[$__range]${at}`;
  const metric = findMetric(name);
  return metric?.type === 'stateset'
    ? filterActiveState(`max_over_time(${samples})`)
    : ofNewestPod(metric, `last_over_time(${samples})`);
}

/** By what series are kept where there are too many: what they said last; of states those first that are there at the end. */
function buildRank(name: string, matchers: readonly Matcher[]): string {
  const last = inRange(name, matchers, ' @ end()');
  return findMetric(name)?.type === 'stateset'
    ? union([filterActiveState(`${buildSelector(name, matchers)} @ end()`), `(${last}) * 0`])
    : last;
}

const keepHighestSeries = (expression: string, count: number, series: string): string =>
  `(${expression}) and topk(${count}, ${series})`;

const keepHighest = (expression: string, groups: readonly string[], count: number, series: string): string =>
  andOn(expression, groups, `topk(${count}, ${aggregate('max', groups, series)})`);

/**
 * A state set as one number an object: the place of its state among all that there are, from 1. What draws it needs no
 * more than names for numbers, as a dashboard has them.
 */
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

/** What tells the objects of a state set apart. */
const objectLabels = (metric: Metric): string[] => [
  'cluster',
  ...getIdentityLabels(metric),
  ...metric.labels.filter((label) => label !== metric.states?.label && label !== 'stage'),
];

/** Whether a metric has lines of pods, which come and go: there may be any number of them, of one object too. */
export const isPodMetric = (metric: Metric): boolean =>
  getVisualization(metric) === 'series' && metric.labels.includes('pod') && !isOfNewestPod(metric);

/** The expression that shows a metric of one object, whose series matchers select; not more lines than can be read. */
export function buildObjectMetricExpression(metric: Metric, matchers: readonly Matcher[]): string {
  const value = buildValue(metric.name, matchers);
  return isPodMetric(metric) ? keepHighestSeries(value, MAX_DRAWN_SERIES, buildRank(metric.name, matchers)) : value;
}

/** States that somebody wants to be told of. */
const BAD_STATES = ['Failed', 'NotOk', 'False'];

/** What an alert rule is to watch: of states those that are bad, where there are any; else what is shown. */
export function buildAlertExpression(name: string, look: MetricQueryOptions): string {
  const metric = findMetric(name);
  const bad = BAD_STATES.filter((state) => metric?.states?.values.includes(state));
  return metric?.states && bad.length > 0
    ? filterActiveState(
        buildSelector(name, [...buildTargetMatchers(look.target, metric), oneOf(metric.states.label, bad)])
      )
    : buildMetricExpression(name, look);
}

/** How many lines the expression draws in the time range: without `top`. */
export function countSeries(name: string, { target, by, byRound }: MetricQueryOptions): string {
  const metric = findMetric(name);
  const found = inRange(name, buildTargetMatchers(target, metric));
  const series = byRound ? withoutPod(found) : found;
  const groups = getGroupLabels(metric, by);
  return aggregate('count', [], groups ? aggregate('count', groups, series) : series);
}

/** Unix time (s) of the newest sample; nothing where there is none of the last five minutes. */
export const newestSample = (name: string, target: MetricTarget = ANY_METRIC_TARGET): string =>
  aggregate('max', [], sampleTimestamp(buildSelector(name, buildTargetMatchers(target, findMetric(name)))));

/** How many samples each series has within the time range. */
export const sampleCounts = (name: string, { target }: MetricQueryOptions): string =>
  `count_over_time(${metricSeries(name, target)}[$__range])`;

/** The label by which `newestSamples` names metrics. */
export const METRIC_LABEL = 'metric';

/** The same of several metrics in one expression. */
export const newestSamples = (names: readonly string[], target: MetricTarget): string =>
  union(names.map((name) => withLabel(newestSample(name, target), METRIC_LABEL, name)));

/** Of metrics of ours and of nodes and pods. */
const OURS = ['sedna[_:].+', ...SYSTEM_METRICS.map(({ name }) => name)].join('|');

/** Asks for the names of metrics that a target has: those of the catalogue and custom ones, or all that there are. */
export const buildMetricNamesQuery = (target: MetricTarget = ANY_METRIC_TARGET, all = false): LabelQuery =>
  buildLabelValuesQuery('__name__', [...(all ? [] : [matches('__name__', OURS)]), ...buildTargetMatchers(target)]);

/** Series that tell what there is of a kind. */
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

/** Asks for the namespaces or names that can be chosen: those that a metric has, or where none is chosen all there are. */
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

/** Selects the series of a metric, for asking which labels they have. */
export const metricSeries = (name: string, target: MetricTarget): string =>
  buildSelector(name, buildTargetMatchers(target, findMetric(name)));

/**
 * The round that the jobs of a target are in: what a value belongs to where rounds are compared. Of a pod, a node or a
 * task that of all jobs in the namespace, for it names none; series of theirs do.
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

/** Whether values of a metric may belong to rounds of jobs: those of kinds without stages do not. */
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

/** The newest conditions of the jobs that a target names. */
export const stageConditions = (target: MetricTarget): string =>
  filterActiveState(buildAnySelector([STAGED_CONDITIONS, ...buildTargetMatchers(target)]));

/** Whether a target names jobs, or may do so. */
export const hasJobNames = ({ kind, names }: MetricTarget): boolean =>
  names.length > 0 && (kind === '' || STAGED_KINDS.some((each) => each.kind === kind));
