/** PromQL builders. All of them are pure and return an expression. */
import { assertLabelName, equals, formatLabelList, QueryError, quote, buildMatchers, type Matcher } from './escape';

/**
 * Names that every reader of PromQL takes for a metric: of several words, since a lone one may be a keyword (`nan`,
 * `on`, `bool`) or, to Grafana's own parser, a property of every object (`constructor`, `__proto__`).
 */
const METRIC_NAME = /^(?!group_(?:left|right)$)[a-z][a-z0-9]*[_:][a-z0-9_:]*$/i;

/**
 * Selects the series of one metric. A name that might be read as something else (it may come from a URL) is matched
 * as text.
 */
export function buildSelector(metric: string, matchers: readonly Matcher[] = []): string {
  if (metric === '') {
    throw new QueryError('A metric needs a name.');
  }
  if (!METRIC_NAME.test(metric)) {
    return buildMatchers([equals('__name__', metric), ...matchers]);
  }
  return matchers.length === 0 ? metric : metric + buildMatchers(matchers);
}

/** Selects by matchers alone, for looks across metrics; at least one must exclude the empty text. */
export function buildAnySelector(matchers: readonly Matcher[]): string {
  return buildMatchers(matchers);
}

export type Aggregation = 'sum' | 'max' | 'min' | 'avg' | 'count' | 'group';

/** Aggregates an expression by labels. */
export function aggregate(aggregation: Aggregation, labels: readonly string[], expression: string): string {
  const by = labels.length === 0 ? '' : ` by (${formatLabelList(labels)})`;
  return `${aggregation}${by} (${expression})`;
}

/** The series with the highest value for each combination of some labels, with all its labels. */
export const topkBy = (by: readonly string[], expression: string): string =>
  `topk by (${formatLabelList(by)}) (1, ${expression})`;

/**
 * Adds labels of an info series (value 1, one series for each combination of `on`) to an expression.
 */
export function joinInfo(expression: string, on: readonly string[], add: readonly string[], info: string): string {
  return `(${expression}) * on (${formatLabelList(on)}) group_left (${formatLabelList(add)}) ${info}`;
}

/** Seconds from a Unix time until now, per series. */
export const age = (timestamps: string): string => `time() - ${timestamps}`;

/** Seconds by which a Unix time was old when it was scraped: how late the scrape was does not count. */
export const ageAtScrape = (timestamps: string): string => `timestamp(${timestamps}) - ${timestamps}`;

/** Keeps the series of a state set whose state is on. */
export const filterActiveState = (stateset: string): string => `${stateset} == 1`;

/** When the series were last scraped, Unix time in seconds. */
export const sampleTimestamp = (series: string): string => `timestamp(${series})`;

/** Gives every series one more label with a fixed value. */
export const withLabel = (expression: string, label: string, value: string): string =>
  `label_replace(${expression}, ${quote(assertLabelName(label))}, ${quote(value.replaceAll('$', '$$$$'))}, "", "")`;

/**
 * Copies a label, whole or what the first group of a pattern of ours matches; series that do not match stay as they
 * are.
 */
export const copyLabel = (expression: string, from: string, to: string, pattern = '(.+)'): string =>
  `label_replace(${expression}, ${quote(assertLabelName(to))}, ${quote('$1')}, ${quote(assertLabelName(from))}, ${quote(pattern)})`;

/** Series of all expressions; where two are alike in all labels, that of the earlier one. */
export const union = (expressions: readonly string[]): string => expressions.join(' or ');

/** Keeps the series for which another expression has one with the same labels. */
export const andOn = (expression: string, on: readonly string[], other: string): string =>
  `(${expression}) and on (${formatLabelList(on)}) (${other})`;

/**
 * By how much a number that never falls has grown within a window, since its first sample there: exact, and nothing for
 * what was there before it was first scraped.
 * @param window seconds, or `$__range` and the like
 */
export const increaseSinceFirstSample = (series: string, window: number | string): string =>
  `${series} - ${overTime('min_over_time', series, window)}`;

/**
 * By how much such a number has grown in each step of a time range. Steps neither overlap nor leave holes, however seldom
 * it is scraped: their sum is its growth. What begins, or falls and so begins anew, has grown since its first sample.
 * @param step seconds, or `$__interval` and the like
 */
export const increasePerStep = (series: string, step: string): string =>
  union([`(${series} - ${series} offset ${step} >= 0)`, `(${increaseSinceFirstSample(series, step)})`]);

/** What any expression was so many whole seconds before; a selector has `offset` for that. */
export const offsetBy = (expression: string, seconds: number): string =>
  seconds === 0 ? expression : `last_over_time((${expression})[1s:1s] offset ${seconds}s)`;

/** What a function over time makes of each series within a window: `$__range` or the like, or seconds. */
export const overTime = (
  name:
    | 'changes'
    | 'count_over_time'
    | 'delta'
    | 'increase'
    | 'last_over_time'
    | 'max_over_time'
    | 'min_over_time'
    | 'rate'
    | 'sum_over_time',
  series: string,
  window: string | number
): string => `${name}(${series}[${typeof window === 'number' ? `${window}s` : window}])`;

/** Aggregates an expression over some labels, so that all others are kept. */
export const without = (aggregation: Aggregation, labels: readonly string[], expression: string): string =>
  `${aggregation} without (${formatLabelList(labels)}) (${expression})`;

/** Takes a label away where its value matches a pattern of ours. */
export const dropLabel = (expression: string, label: string, pattern: string): string =>
  `label_replace(${expression}, ${quote(assertLabelName(label))}, "", ${quote(label)}, ${quote(pattern)})`;

/**
 * Which state of a state set is on, as its place in a list, counted from 1: what a state timeline draws.
 * @param by labels of what has the state
 * @param after number of the state before the first one
 */
export const stateNumber = (
  metric: string,
  label: string,
  states: readonly string[],
  matchers: readonly Matcher[],
  by: readonly string[],
  after = 0
): string =>
  aggregate(
    'max',
    by,
    union(
      states.map(
        (state, place) =>
          `(${filterActiveState(buildSelector(metric, [...matchers, equals(label, state)]))}) * ${after + place + 1}`
      )
    )
  );

/** 1 for 0 and 0 for 1. */
export const negated = (expression: string): string => `1 - (${expression})`;

/** Keeps the series above a number. */
export const above = (expression: string, number: number): string => `(${expression}) > ${number}`;

/** 1 for series above a number, 0 for the others. */
export const isAbove = (expression: string, number: number): string => `(${expression}) > bool ${number}`;
