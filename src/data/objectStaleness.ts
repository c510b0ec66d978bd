import type { PanelData } from '@grafana/data';
import { SUBQUERY_LABEL } from '../query/resourceDetail';
import { getStaleness, type Staleness } from '../sedna/staleness';
import { toRows, type Row } from './rows';

/** Computes the staleness from the newest sample of the object and an offline node that reports it. */
export function getObjectStaleness(
  data: PanelData | undefined,
  newestSample: Row | undefined,
  offlineReporter: Row | undefined
): Staleness {
  return getStaleness({
    now: (data?.timeRange?.to.valueOf() ?? 0) / 1000,
    sampledAt: newestSample?.value,
    offlineNode: offlineReporter && { node: offlineReporter.labels.node, age: offlineReporter.value },
  });
}

/** Computes the staleness from the subqueries `seen` and `silent` of one query. */
export function getStalenessFromSubqueries(data: PanelData | undefined, refId: string): Staleness {
  const rows = toRows(data, refId);
  const find = (name: string) => rows.find(({ labels }) => labels[SUBQUERY_LABEL] === name);
  return getObjectStaleness(data, find('seen'), find('silent'));
}
