/** Task groups, from the response with the refId `relations`. */
import type { PanelData } from '@grafana/data';
import type { Row } from '../../../data/rows';
import { getCluster, getSubqueries, groupBy } from '../responseRows';

export interface GroupTask {
  task: string;
  /** Weight of the task in its group, from 0 to 1. */
  weight: number;
}

export interface TaskGroup {
  key: string;
  cluster: string;
  group: string;
  tasks: readonly GroupTask[];
  /** URL of the model; empty: not recorded. */
  url: string;
}

const getKey = (row: Row) => JSON.stringify([getCluster(row), row.labels.group]);

/** Sorts by number of tasks, the largest group first, then by name. */
export function toTaskGroups(data: Pick<PanelData, 'series'> | undefined): TaskGroup[] {
  const getRows = getSubqueries(data as PanelData | undefined, 'relations');
  const relations = groupBy(getRows('relation'), getKey);
  const models = new Map(getRows('model').map((row) => [getKey(row), row]));
  return [...new Set([...relations.keys(), ...models.keys()])]
    .map((key): TaskGroup => {
      const rows = relations.get(key) ?? [];
      const first = rows[0] ?? models.get(key)!;
      return {
        key,
        cluster: getCluster(first),
        group: first.labels.group,
        tasks: rows
          .map(({ labels: { task }, value }) => ({ task, weight: value }))
          .sort((a, b) => a.task.localeCompare(b.task, undefined, { numeric: true })),
        url: models.get(key)?.labels.url ?? '',
      };
    })
    .sort((a, b) => b.tasks.length - a.tasks.length || a.group.localeCompare(b.group, undefined, { numeric: true }));
}

/** Returns the groups whose name or a task contains the text, case-insensitively. */
export function filterGroups(groups: readonly TaskGroup[], text: string): TaskGroup[] {
  const searched = text.trim().toLowerCase();
  return groups.filter(({ group, tasks }) =>
    [group, ...tasks.map(({ task }) => task)].some((each) => each.toLowerCase().includes(searched))
  );
}
