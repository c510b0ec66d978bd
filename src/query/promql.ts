/** PromQL builders. All are pure and return an expression. */
import { assertLabelName, equals, formatLabelList, QueryError, quote, buildMatchers, type Matcher } from './escape';

/**
 * Names that every parser of PromQL takes for a metric. They have several words, because a single one may be a keyword
 * (`nan`, `on`, `bool`) or, for Grafana's own parser, a property of every object (`constructor`, `__proto__`).
 */
const METRIC_NAME = /^(?!group_(?:left|right)$)[a-z][a-z0-9]*[_:][a-z0-9_:]*$/i;

/**
 * Selects the series of one metric. A name that is not surely a metric, such as one from a URL, becomes a matcher of
 * `__name__`.
 * @throws QueryError if the name is empty
 */
export function buildSelector(metric: string, matchers: readonly Matcher[] = []): string {
  if (metric === '') {
    throw new QueryError('The metric name is empty.');
  }
  if (!METRIC_NAME.test(metric)) {
    return buildMatchers([equals('__name__', metric), ...matchers]);
  }
  return matchers.length === 0 ? metric : metric + buildMatchers(matchers);
}

/** Selects series across metrics. At least one matcher must exclude the empty text. */
export function buildAnySelector(matchers: readonly Matcher[]): string {
  return buildMatchers(matchers);
}

export type Aggregation = 'sum' | 'max' | 'min' | 'avg' | 'count' | 'group';

/** Aggregates an expression by labels. */
export function aggregate(aggregation: Aggregation, labels: readonly string[], expression: string): string {
  const by = labels.length === 0 ? '' : ` by (${formatLabelList(labels)})`;
  return `${aggregation}${by} (${expression})`;
}

/** Returns the series with the highest value for each combination of some labels, with all its labels. */
export const topkBy = (by: readonly string[], expression: string): string =>
  `topk by (${formatLabelList(by)}) (1, ${expression})`;

/** Adds labels of an info series to an expression. Its value is 1, with one series for each combination of `on`. */
export function joinInfo(expression: string, on: readonly string[], add: readonly string[], info: string): string {
  return `(${expression}) * on (${formatLabelList(on)}) group_left (${formatLabelList(add)}) ${info}`;
}

/** Returns the seconds from a Unix time until now. */
export const age = (timestamps: string): string => `time() - ${timestamps}`;

/** Returns the age in seconds of a Unix time at its scrape, so that the age of the scrape itself doesn't count. */
export const ageAtScrape = (timestamps: string): string => `timestamp(${timestamps}) - ${timestamps}`;

/** Keeps the series of active states. */
export const filterActiveState = (stateset: string): string => `${stateset} == 1`;

/** Returns the Unix time in seconds of the last scrape. */
export const sampleTimestamp = (series: string): string => `timestamp(${series})`;

/** Adds a label with a fixed value to every series. */
export const withLabel = (expression: string, label: string, value: string): string =>
  `label_replace(${expression}, ${quote(assertLabelName(label))}, ${quote(value.replaceAll('$', '$$$$'))}, "", "")`;

/**
 * Copies a label, or the first group of a pattern (never from user input). Series that don't match stay unchanged.
 */
export const copyLabel = (expression: string, from: string, to: string, pattern = '(.+)'): string =>
  `label_replace(${expression}, ${quote(assertLabelName(to))}, ${quote('$1')}, ${quote(assertLabelName(from))}, ${quote(pattern)})`;

/** Returns the series of all expressions. Of several with the same labels, the first expression's series is kept. */
export const union = (expressions: readonly string[]): string => expressions.join(' or ');

/** Keeps the series for which another expression has a series with the same `on` labels. */
export const andOn = (expression: string, on: readonly string[], other: string): string =>
  `(${expression}) and on (${formatLabelList(on)}) (${other})`;

/**
 * Returns the exact increase of a counter within a window since its first sample there. What it counted before its first
 * scrape is left out.
 * @param window - seconds, or a variable such as `$__range`
 */
export const increaseSinceFirstSample = (series: string, window: number | string): string =>
  `${series} - ${overTime('min_over_time', series, window)}`;

/**
 * Returns the increase of a counter in each step of a time range. Steps neither overlap nor leave gaps, even with rare
 * scrapes, so that their sum is the total increase. After a start or a reset, the increase counts from the first sample.
 * @param step - a duration, or a variable such as `$__interval`
 */
export const increasePerStep = (series: string, step: string): string =>
  union([`(${series} - ${series} offset ${step} >= 0)`, `(${increaseSinceFirstSample(series, step)})`]);

/** Returns an expression as it was some whole seconds before. For a selector, use `offset` instead. */
export const offsetBy = (expression: string, seconds: number): string =>
  seconds === 0 ? expression : `last_over_time((${expression})[1s:1s] offset ${seconds}s)`;

/**
 * Applies a function to the samples of each series in a window.
 * @param window - seconds, or a variable such as `$__range`
 */
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

/** Aggregates an expression over some labels and keeps all others. */
export const without = (aggregation: Aggregation, labels: readonly string[], expression: string): string =>
  `${aggregation} without (${formatLabelList(labels)}) (${expression})`;

/** Removes a label if its value matches a pattern, which must never come from a user. */
export const dropLabel = (expression: string, label: string, pattern: string): string =>
  `label_replace(${expression}, ${quote(assertLabelName(label))}, "", ${quote(label)}, ${quote(pattern)})`;

/**
 * Returns the position of the active state in a list, from 1, for a state timeline.
 * @param by - labels that identify what has the state
 * @param after - position before the first one
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
        (state, index) =>
          `(${filterActiveState(buildSelector(metric, [...matchers, equals(label, state)]))}) * ${after + index + 1}`
      )
    )
  );

/** Returns 1 for 0 and 0 for 1. */
export const negated = (expression: string): string => `1 - (${expression})`;

/** Keeps the series above a number. */
export const above = (expression: string, number: number): string => `(${expression}) > ${number}`;

/** Returns 1 for series above a number, and 0 for all others. */
export const isAbove = (expression: string, number: number): string => `(${expression}) > bool ${number}`;
