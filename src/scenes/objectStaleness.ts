/** Whether what is shown of an object is what is now, from a query that tells of it among other things. */
import type { PanelData } from '@grafana/data';
import { PART } from '../query/resourceDetail';
import { stalenessOf, type Staleness } from '../sedna/staleness';
import { rowsOf, type Row } from './rows';

/** The newest sample of the object, and a silent node that reports on it. */
export function objectStaleness(
  data: PanelData | undefined,
  seen: Row | undefined,
  silent: Row | undefined
): Staleness {
  return stalenessOf({
    now: (data?.timeRange?.to.valueOf() ?? 0) / 1000,
    sampledAt: seen?.value,
    silentNode: silent && { node: silent.labels.node, age: silent.value },
  });
}

/** The same from the parts of one answer. */
export function stalenessOfParts(data: PanelData | undefined, refId: string): Staleness {
  const rows = rowsOf(data, refId);
  const part = (name: string) => rows.find(({ labels }) => labels[PART] === name);
  return objectStaleness(data, part('seen'), part('silent'));
}
