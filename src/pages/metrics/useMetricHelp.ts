/** Descriptions that exporters give metrics which are not in the catalog; the notes of custom metrics are among them. */
import { useCallback, useMemo } from 'react';
import { useRequest } from '../../data/requests/useRequest';
import { fetchPrometheusResource } from '../../data/labelValues';
import { findMetric } from '../../sedna/catalog';

type Metadata = { data?: Record<string, Array<{ help?: string }>> };

const NO_HELPS: ReadonlyMap<string, string> = new Map();

/** Returns undefined for a metric of the catalog, while loading, and if the request fails. */
export function useMetricHelp(name: string): string | undefined {
  const isUnlisted = findMetric(name) === undefined;
  const response = useRequest(
    useCallback(
      async (signal: AbortSignal) =>
        isUnlisted
          ? fetchPrometheusResource<Metadata>('api/v1/metadata', { limit_per_metric: '1', metric: name }, signal).catch(
              () => undefined
            )
          : undefined,
      [isUnlisted, name]
    )
  );
  return (response.state === 'done' && response.value?.data?.[name]?.[0]?.help) || undefined;
}

/**
 * Fetches the descriptions of all metrics of the data source in one request.
 * @param isNeeded false: no request
 * @returns descriptions by metric name; empty while loading, and if the request fails
 */
export function useMetricHelps(isNeeded: boolean): ReadonlyMap<string, string> {
  const response = useRequest(
    useCallback(
      async (signal: AbortSignal) =>
        isNeeded
          ? fetchPrometheusResource<Metadata>('api/v1/metadata', { limit_per_metric: '1' }, signal).catch(
              () => undefined
            )
          : undefined,
      [isNeeded]
    )
  );
  const metadata = response.state === 'done' ? response.value?.data : undefined;
  return useMemo(
    () => (metadata ? new Map(Object.entries(metadata).map(([name, [first]]) => [name, first?.help ?? ''])) : NO_HELPS),
    [metadata]
  );
}
