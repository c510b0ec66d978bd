/** Options of the fields that select a metric and a resource. */
import type { TimeRange } from '@grafana/data';
import type { ComboboxOption } from '@grafana/ui';
import { buildChoicesQuery, buildMetricNamesQuery, metricSeries } from '../../../query/metrics';
import { isLabelName } from '../../../query/escape';
import { fetchLabelNames, fetchLabelValues } from '../../../data/labelValues';
import { findMetric, METRICS, SYSTEM_METRICS } from '../../../sedna/catalog';
import { ANY_METRIC_TARGET, type MetricTarget } from '../../../sedna/catalog/metricTarget';
import { splitWords } from '../../../sedna/search';

/** Typing narrows longer lists. */
const MAX_OPTIONS = 1000;

type Options = Array<ComboboxOption<string>>;

const toOptions = (values: readonly string[], typed: string): Options => {
  const text = typed.trim().toLowerCase();
  return values
    .filter((value) => value.toLowerCase().includes(text))
    .slice(0, MAX_OPTIONS)
    .map((value) => ({ value }));
};

/** Finds metrics whose name or description contains all typed words; those with data in the time range come first. */
export async function fetchMetricOptions(typed: string, timeRange: TimeRange): Promise<Options> {
  const names = await fetchLabelValues('prometheus', buildMetricNamesQuery(ANY_METRIC_TARGET, true), timeRange);
  const listed = [...METRICS, ...SYSTEM_METRICS].map(({ name }) => name);
  const words = splitWords(typed);
  const withData = new Set(names);
  return [...new Set([...listed, ...names])]
    .map((value) => ({ value, description: findMetric(value)?.help }))
    .filter(({ value, description = '' }) => {
      const text = `${value} ${description}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => Number(withData.has(b.value)) - Number(withData.has(a.value)))
    .slice(0, MAX_OPTIONS);
}

/** Finds the namespaces or names of resources that the metric has series for; without a metric those of the kind. */
export const fetchTargetOptions = async (
  field: 'namespace' | 'name',
  typed: string,
  { metric, target, timeRange }: { metric: string; target: MetricTarget; timeRange: TimeRange }
): Promise<Options> =>
  toOptions(await fetchLabelValues('prometheus', buildChoicesQuery(metric, field, target), timeRange), typed);

/** Finds the labels of the metric that PromQL can group by. */
export async function fetchGroupByOptions(
  typed: string,
  { metric, target, timeRange }: { metric: string; target: MetricTarget; timeRange: TimeRange }
): Promise<Options> {
  const names = await fetchLabelNames(metricSeries(metric, target), timeRange);
  return toOptions(
    names.filter((name) => name !== '__name__' && isLabelName(name)),
    typed
  );
}
