/** Whether what is shown of an object is what is now, from a query that tells of it among other things. */
import type { PanelData } from '@grafana/data';
import { SUBQUERY_LABEL } from '../query/resourceDetail';
import { getStaleness, type Staleness } from '../sedna/staleness';
import { toRows, type Row } from './rows';

/** The newest sample of the object, and a silent node that reports on it. */
export function getObjectStaleness(
  data: PanelData | undefined,
  seen: Row | undefined,
  silent: Row | undefined
): Staleness {
  return getStaleness({
    now: (data?.timeRange?.to.valueOf() ?? 0) / 1000,
    sampledAt: seen?.value,
    offlineNode: silent && { node: silent.labels.node, age: silent.value },
  });
}

/** The same from the parts of one answer. */
export function getStalenessFromSubqueries(data: PanelData | undefined, refId: string): Staleness {
  const rows = toRows(data, refId);
  const part = (name: string) => rows.find(({ labels }) => labels[SUBQUERY_LABEL] === name);
  return getObjectStaleness(data, part('seen'), part('silent'));
}
