/** Looks up labels and their values within a time range, for fields and lists of options. */
import type { TimeRange } from '@grafana/data';
import { getDataSourceSrv, type DataSourceWithBackend } from '@grafana/runtime';
import { buildPlaceMatchers, getAllNames, type LogLabel } from '../query/logs/logLabels';
import { buildStreamSelector } from '../query/logs/logql';
import { buildLabelValuesQuery, type LabelQuery, type Matcher } from '../query/escape';
import { getCurrentLogLabels } from './logs/detectLogLabels';
import { fetchLokiResource } from './logs/lokiApi';
import { getDataSourceRef } from '../platform/dataSources';

/** Label API of both data sources; times in s (Prometheus) and ns (Loki). */
const API = {
  prometheus: { path: 'api/v1/label', selector: 'match[]', time: (ms: number) => String(Math.floor(ms / 1000)) },
  loki: { path: 'label', selector: 'query', time: (ms: number) => `${ms}000000` },
};

/**
 * Fetches a path of the Prometheus HTTP API through the data source.
 * @throws FetchError
 */
export async function fetchPrometheusResource<T>(
  path: string,
  params: Record<string, string>,
  signal?: AbortSignal
): Promise<T> {
  const dataSource = (await getDataSourceSrv().get(getDataSourceRef('prometheus'))) as unknown as DataSourceWithBackend;
  return dataSource.getResource<T>(path, params, { abortSignal: signal, showErrorAlert: false });
}

/** Fetches the sorted label names of the series that match a selector. */
export async function fetchLabelNames(selector: string, { from, to }: TimeRange): Promise<string[]> {
  const { time } = API.prometheus;
  const params = { 'match[]': selector, start: time(from.valueOf()), end: time(to.valueOf()) };
  const { data = [] } = await fetchPrometheusResource<{ data?: string[] }>('api/v1/labels', params);
  return [...data].sort();
}

/**
 * Fetches the sorted values of a label among the series or streams that match the selector.
 * @param signal cancels the request, also in Grafana and the data source
 * @throws FetchError
 */
export async function fetchLabelValues(
  role: keyof typeof API,
  { label, selector }: LabelQuery,
  { from, to }: TimeRange,
  signal?: AbortSignal
): Promise<string[]> {
  const api = API[role];
  const dataSource = (await getDataSourceSrv().get(getDataSourceRef(role))) as unknown as DataSourceWithBackend;
  const { data = [] } = await dataSource.getResource<{ data?: string[] }>(
    `${api.path}/${label}/values`,
    {
      ...(selector === undefined ? {} : { [api.selector]: selector }),
      start: api.time(from.valueOf()),
      end: api.time(to.valueOf()),
    },
    { abortSignal: signal, showErrorAlert: false }
  );
  return [...data].sort((a, b) => a.localeCompare(b));
}

/**
 * Fetches the values of a log label under its name in this cluster. For structured metadata, Loki samples some lines, so
 * values may be missing.
 */
export async function fetchLogLabelValues(
  label: LogLabel,
  matchers: readonly Matcher[],
  range: TimeRange,
  signal?: AbortSignal
): Promise<string[]> {
  const names = getCurrentLogLabels();
  const { streams } = buildPlaceMatchers(matchers, names);
  const values = await Promise.all(
    getAllNames(label, names).map(async ({ name, isMetadata }) => {
      if (!isMetadata) {
        return fetchLabelValues('loki', buildLabelValuesQuery(name, streams), range, signal);
      }
      const response = await fetchLokiResource<{ values?: string[] }>(
        `detected_field/${name}/values`,
        {
          query: buildStreamSelector(matchers, names),
          start: API.loki.time(range.from.valueOf()),
          end: API.loki.time(range.to.valueOf()),
        },
        signal
      );
      return response.values ?? [];
    })
  );
  return [...new Set(values.flat())].sort((a, b) => a.localeCompare(b));
}
