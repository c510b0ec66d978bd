import { useEffect, useState } from 'react';
import type { TimeRange } from '@grafana/data';
import { METRIC_LABEL, newestSamples } from '../../../query/metrics';
import { fetchPrometheusResource } from '../../../data/labelValues';
import type { MetricTarget } from '../../../sedna/catalog/metricTarget';
import type { CatalogRow } from './rows';

/**
 * Unix time of the newest sample in seconds, by metric name; null: no sample in the last five minutes, missing: not
 * known yet.
 */
export type NewestSamples = ReadonlyMap<string, number | null>;

interface Vector {
  data?: { result?: Array<{ metric: Record<string, string>; value: [number, string] }> };
}

const UNKNOWN: NewestSamples = new Map();

/** Fetches the newest sample of the rows that have data; returns an empty map if the request fails. */
export function useNewestSamples(
  rows: readonly CatalogRow[],
  target: MetricTarget,
  timeRange: TimeRange
): NewestSamples {
  const [found, setFound] = useState(UNKNOWN);
  // A string, because another list of the same names must not send another request. Metric names have no line breaks.
  const joinedNames = rows
    .filter(({ hasData }) => hasData)
    .map(({ name }) => name)
    .join('\n');
  useEffect(() => {
    if (joinedNames === '') {
      return;
    }
    const names = joinedNames.split('\n');
    const controller = new AbortController();
    const params = { query: newestSamples(names, target), time: String(timeRange.to.valueOf() / 1000) };
    fetchPrometheusResource<Vector>('api/v1/query', params, controller.signal)
      .then(({ data }) => {
        const times = new Map(
          (data?.result ?? []).map(({ metric, value }) => [metric[METRIC_LABEL], Number(value[1])])
        );
        setFound(new Map(names.map((name) => [name, times.get(name) ?? null])));
      })
      .catch(() => undefined);
    return () => controller.abort();
  }, [joinedNames, target, timeRange]);
  return found;
}
