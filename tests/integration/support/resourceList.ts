import { resourceRows, type ResourceRow } from '../../../src/pages/resources/list/rows';
import { listedDetails, listedObjects, listedStates, offlineReportingNodes } from '../../../src/query/resourceList';
import { unhealthyWorkers } from '../../../src/query/resources';
import type { KindName } from '../../../src/sedna/kinds';
import type { Series } from './queries';

/**
 * Returns the rows of the list for responses of Prometheus, converted to the tables of Grafana.
 * @param at Unix time in seconds
 * @param kind all kinds if absent
 */
export async function buildResourceList(
  query: (
    expression: string
  ) => Promise<ReadonlyArray<Pick<Series, 'value'> & { labels: Readonly<Record<string, string>> }>>,
  at: number,
  kind?: KindName
): Promise<ResourceRow[]> {
  const details = kind && listedDetails(kind);
  const queries = {
    objects: listedObjects(kind),
    states: listedStates(kind),
    ...(details && { details }),
    trouble: unhealthyWorkers(),
    silent: offlineReportingNodes(),
  };
  const frames = Object.entries(queries).map(async ([refId, expression]) => {
    const found = await query(expression);
    const names = [...new Set(found.flatMap(({ labels }) => Object.keys(labels)))];
    return {
      refId,
      length: found.length,
      fields: [
        ...names.map((name) => ({ name, type: 'string', values: found.map(({ labels }) => labels[name] ?? '') })),
        { name: 'Value', type: 'number', values: found.map(({ value }) => value) },
      ],
    };
  });
  const data = { series: await Promise.all(frames), timeRange: { to: at * 1000 } };
  return resourceRows(data as unknown as Parameters<typeof resourceRows>[0]);
}
