/** What Prometheus says of metrics beside their values. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { sceneGraph } from '@grafana/scenes';
import { useRequest } from '../../data/requests/useRequest';
import { METRIC_LABEL, newestSamples } from '../../query/metrics';
import { fetchPrometheusResource } from '../../data/labelValues';
import { findMetric } from '../../sedna/catalog';
import type { CatalogueRow } from './catalogueRows';
import type { MetricsScene } from './MetricsScene';

/** Unix time (s) of the newest sample by name of metric; null where there is none of late, absent while not known. */
export type Freshness = ReadonlyMap<string, number | null>;

interface Vector {
  data?: { result?: Array<{ metric: Record<string, string>; value: [number, string] }> };
}

const NONE: Freshness = new Map();

/** Asks for the rows that are seen, once they are. It is a help: where it fails there is none. */
export function useFreshness(model: MetricsScene, rows: readonly CatalogueRow[]): Freshness {
  const { target } = model.useState().look;
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const [freshness, setFreshness] = useState(NONE);
  // The same names in another list are no other question. No name of a metric has a line break.
  const asked = rows
    .filter(({ hasData }) => hasData)
    .map(({ name }) => name)
    .join('\n');
  useEffect(() => {
    if (asked === '') {
      return;
    }
    const names = asked.split('\n');
    const leaving = new AbortController();
    const params = { query: newestSamples(names, target), time: String(range.to.valueOf() / 1000) };
    fetchPrometheusResource<Vector>('api/v1/query', params, leaving.signal)
      .then(({ data }) => {
        const found = new Map(
          (data?.result ?? []).map(({ metric, value }) => [metric[METRIC_LABEL], Number(value[1])])
        );
        setFreshness(new Map(names.map((name) => [name, found.get(name) ?? null])));
      })
      .catch(() => undefined);
    return () => leaving.abort();
  }, [asked, target, range]);
  return freshness;
}

type Metadata = { data?: Record<string, Array<{ help?: string }>> };

const NO_HELPS: ReadonlyMap<string, string> = new Map();

/** What an exporter says of one metric that the catalogue does not have; nothing while that is not known. */
export function useHelp(metric: string): string | undefined {
  const isUnknown = findMetric(metric) === undefined;
  const answer = useRequest(
    useCallback(
      async (signal: AbortSignal) =>
        isUnknown
          ? fetchPrometheusResource<Metadata>('api/v1/metadata', { limit_per_metric: '1', metric }, signal).catch(
              () => undefined
            )
          : undefined,
      [isUnknown, metric]
    )
  );
  return (answer.state === 'done' && answer.value?.data?.[metric]?.[0]?.help) || undefined;
}

/** What exporters say of the metrics that the catalogue does not have; the notes of custom metrics come this way. */
export function useHelps(rows: readonly CatalogueRow[]): ReadonlyMap<string, string> {
  const hasUnknown = rows.some(({ metric }) => metric === undefined);
  const answer = useRequest(
    useCallback(
      async (signal: AbortSignal) =>
        hasUnknown
          ? fetchPrometheusResource<Metadata>('api/v1/metadata', { limit_per_metric: '1' }, signal).catch(
              () => undefined
            )
          : undefined,
      [hasUnknown]
    )
  );
  const metadata = answer.state === 'done' ? answer.value?.data : undefined;
  return useMemo(
    () => (metadata ? new Map(Object.entries(metadata).map(([name, [first]]) => [name, first?.help ?? ''])) : NO_HELPS),
    [metadata]
  );
}
