/** Values of Loki's labels within a time range, for fields that complete what is typed. */
import type { MetricFindValue, TimeRange } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { writeMatchers, type Matcher } from '../query/text';
import { dataSourceRef } from './queries';

/** Loki's variable query for the values of a label (LokiVariableQueryType.LabelValues). */
const LABEL_VALUES = 1;

/**
 * Asks Loki for the values of a label, among the streams that the matchers select.
 * @returns sorted values
 * @throws what the data source throws, for the caller to show
 */
export async function labelValues(label: string, matchers: readonly Matcher[], range: TimeRange): Promise<string[]> {
  const dataSource = await getDataSourceSrv().get(dataSourceRef('loki'));
  const query = {
    refId: label,
    type: LABEL_VALUES,
    label,
    stream: matchers.length === 0 ? '' : writeMatchers(matchers),
  };
  const found: MetricFindValue[] = (await dataSource.metricFindQuery?.(query, { range })) ?? [];
  return found.map(({ text }) => text).sort((a, b) => a.localeCompare(b));
}
