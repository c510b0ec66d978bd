/** Access to the rows of responses in which several subqueries are joined. */
import type { PanelData } from '@grafana/data';
import { SUBQUERY_LABEL } from '../../query/resourceDetail';
import { toRows, type Row } from '../../data/rows';

/** Returns an empty string for series without a cluster label. */
export const getCluster = ({ labels }: Row): string => labels.cluster ?? '';

/** Returns a function that gets the rows of one subquery. */
export const getSubqueries = (data: PanelData | undefined, refId: string) => {
  const rows = toRows(data, refId);
  return (subquery: string) => rows.filter(({ labels }) => labels[SUBQUERY_LABEL] === subquery);
};

export function groupBy<T>(all: readonly T[], getKey: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(getKey(each));
    if (group) {
      group.push(each);
    } else {
      groups.set(getKey(each), [each]);
    }
  }
  return groups;
}
