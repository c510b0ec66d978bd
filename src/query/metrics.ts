/** PromQL for the metric browser: any metric of the catalogue, or a custom one, by component. */
import { findMetric, type Metric } from '../sedna/catalogue';
import { age, isOn, selector } from './promql';
import { equals, matches, valuesOf, type LabelQuery, type Matcher } from './text';

/** The component that is looked at; an empty field is any. */
export interface ComponentFilter {
  namespace: string;
  name: string;
}

/** How a metric is to be drawn. */
export type Drawing = 'states' | 'table' | 'series';

export function drawingOf(metric: Metric | undefined): Drawing {
  switch (metric?.type) {
    case 'stateset':
      return 'states';
    case 'info':
      return 'table';
    default:
      return 'series';
  }
}

const matchersOf = ({ namespace, name }: ComponentFilter): Matcher[] => [
  ...(namespace === '' ? [] : [equals('namespace', namespace)]),
  ...(name === '' ? [] : [equals('name', name)]),
];

/**
 * The expression that shows a metric: states that are on, the growth of a counter, the age of a
 * timestamp (s), any other as it is.
 */
export const metricExpression = (name: string, filter: ComponentFilter): string =>
  metricExpressionOf(name, matchersOf(filter));

/** The same for the series that matchers select. */
export function metricExpressionOf(name: string, matchers: readonly Matcher[]): string {
  const series = selector(name, matchers);
  switch (findMetric(name)?.type) {
    case 'stateset':
      return isOn(series);
    case 'counter':
      return `increase(${series}[$__rate_interval])`;
    case 'timestamp':
      return age(series);
    default:
      return series;
  }
}

/** Asks for the names of all metrics of ours that a component has. */
export const metricNamesQuery = (filter: ComponentFilter = { namespace: '', name: '' }): LabelQuery =>
  valuesOf('__name__', [matches('__name__', 'sedna[_:].+'), ...matchersOf(filter)]);

/** Asks for the values of `namespace` or `name` that a metric has. */
export const componentsQuery = (metric: string, label: 'namespace' | 'name', filter: ComponentFilter): LabelQuery => ({
  label,
  selector: selector(metric, matchersOf(filter)),
});
