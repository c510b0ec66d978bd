/** Answers of Grafana's variable queries to the Prometheus data source, for lists to choose from. */
import type { MetricFindValue, TimeRange } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { dataSourceRef } from './queries';

/**
 * Runs a variable query (`label_values(...)`) over a time range.
 * @throws what the data source throws, for the caller to show
 */
export async function variableValues(query: string, range: TimeRange): Promise<string[]> {
  const dataSource = await getDataSourceSrv().get(dataSourceRef('prometheus'));
  const found: MetricFindValue[] = (await dataSource.metricFindQuery?.(query, { range })) ?? [];
  return found.map(({ text }) => text).sort((a, b) => a.localeCompare(b));
}
