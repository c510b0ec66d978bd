/** Values of labels within a time range, for fields that complete what is typed and for lists to choose from. */
import type { TimeRange } from '@grafana/data';
import { getDataSourceSrv, type DataSourceWithBackend } from '@grafana/runtime';
import { buildPlaceMatchers, type LogLabel } from '../query/logs/logLabels';
import { buildStreamSelector } from '../query/logs/logql';
import { buildLabelValuesQuery, type LabelQuery, type Matcher } from '../query/escape';
import { getCurrentLogLabels } from './logs/detectLogLabels';
import { fetchLokiResource } from './logs/lokiApi';
import { getDataSourceRef } from '../platform/dataSources';

/** The same look-up in the APIs of both, as Grafana's data sources pass them on; times in s and ns. */
const API = {
  prometheus: { path: 'api/v1/label', selector: 'match[]', time: (ms: number) => String(Math.floor(ms / 1000)) },
  loki: { path: 'label', selector: 'query', time: (ms: number) => `${ms}000000` },
};

/**
 * Asks the API of Prometheus, as Grafana's data source passes it on.
 * @param signal ends the request when it aborts
 * @throws what Grafana answers in case of an error
 */
export async function fetchPrometheusResource<T>(
  path: string,
  params: Record<string, string>,
  signal?: AbortSignal
): Promise<T> {
  const dataSource = (await getDataSourceSrv().get(getDataSourceRef('prometheus'))) as unknown as DataSourceWithBackend;
  return dataSource.getResource<T>(path, params, { abortSignal: signal, showErrorAlert: false });
}

/** Names of the labels that the series have which a selector selects, sorted. */
export async function fetchLabelNames(selector: string, { from, to }: TimeRange): Promise<string[]> {
  const { time } = API.prometheus;
  const params = { 'match[]': selector, start: time(from.valueOf()), end: time(to.valueOf()) };
  const { data = [] } = await fetchPrometheusResource<{ data?: string[] }>('api/v1/labels', params);
  return [...data].sort();
}

/**
 * Asks a data source for the values of a label, among the series or streams that the selector selects.
 * @param signal ends the request when it aborts, in Grafana and in the data source too
 * @returns sorted values
 * @throws what Grafana answers in case of an error, for the caller to show
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
 * The same for what logs are chosen by, under the names of this cluster's collector. Values of structured metadata
 * stand in the lines, of which Loki looks at some.
 */
export async function fetchLogLabelValues(
  label: LogLabel,
  matchers: readonly Matcher[],
  range: TimeRange,
  signal?: AbortSignal
): Promise<string[]> {
  const names = getCurrentLogLabels();
  const { name, isMetadata } = names[label];
  const { streams } = buildPlaceMatchers(matchers, names);
  if (!isMetadata) {
    return fetchLabelValues('loki', buildLabelValuesQuery(name, streams), range, signal);
  }
  const { values = [] } = await fetchLokiResource<{ values?: string[] }>(
    `detected_field/${name}/values`,
    {
      query: buildStreamSelector(matchers, names),
      start: API.loki.time(range.from.valueOf()),
      end: API.loki.time(range.to.valueOf()),
    },
    signal
  );
  return [...values].sort((a, b) => a.localeCompare(b));
}
