/** Rows of the task table, from the responses with the refIds `tasks` and `evaluations`. */
import type { PanelData } from '@grafana/data';
import { sortBy, type SortOrder } from '../../../ui/sorting';
import type { Row } from '../../../data/rows';
import { getModelState, type ModelState } from '../../../sedna/learning/modelState';
import { toEvaluations, type Evaluation } from '../evaluations';
import type { KnowledgeBase } from '../knowledgeBases';
import { getCluster, getSubqueries, groupBy } from '../responseRows';

export interface TaskRow {
  key: string;
  cluster: string;
  task: string;
  /** JSON from the knowledge base; empty: none. */
  attributes: string;
  groups: readonly string[];
  /** URLs of the models of the groups. */
  urls: readonly string[];
  samples?: number;
  /** Number of samples in the last round. */
  lastRound?: number;
  /** Last training as Unix time in seconds. */
  trained?: number;
  state: ModelState;
  /** Newest first. */
  evaluations: readonly Evaluation[];
}

const getKey = (row: Row, label: string) => JSON.stringify([getCluster(row), row.labels[label]]);

/** Returns the tasks of all subqueries, sorted by name. */
export function toTaskRows(data: PanelData | undefined, knowledgeBases: readonly KnowledgeBase[]): TaskRow[] {
  const getRows = getSubqueries(data, 'tasks');
  const [infos, samples, lastRounds, updates] = ['task', 'samples', 'lastRound', 'updated'].map(
    (subquery) => new Map(getRows(subquery).map((row) => [getKey(row, 'task'), row]))
  );
  const relations = groupBy(getRows('relation'), (row) => getKey(row, 'task'));
  const models = new Map(getRows('model').map((row) => [getKey(row, 'group'), row.labels.url]));
  const evaluationsByTask = groupBy(toEvaluations(data), ({ cluster, task }) => JSON.stringify([cluster, task]));
  const tasks = new Map(
    ['task', 'samples', 'relation'].flatMap((subquery) => getRows(subquery)).map((row) => [getKey(row, 'task'), row])
  );
  const rows = [...tasks].map(([key, row]): TaskRow => {
    const cluster = getCluster(row);
    const knowledgeBase = knowledgeBases.find((each) => each.cluster === cluster);
    const taskRelations = relations.get(key) ?? [];
    const trained = updates.get(key)?.value;
    const evaluations = evaluationsByTask.get(key) ?? [];
    return {
      key,
      cluster,
      task: row.labels.task,
      attributes: infos.get(key)?.labels.attributes ?? '',
      groups: taskRelations.map(({ labels }) => labels.group),
      urls: taskRelations.flatMap((relation) => models.get(getKey(relation, 'group')) ?? []),
      samples: samples.get(key)?.value,
      lastRound: lastRounds.get(key)?.value,
      trained,
      state: getModelState({
        trained,
        started: knowledgeBase?.started,
        modelMissingAt: knowledgeBase?.lost.find(({ file }) => file === 'model')?.last,
        evaluation: evaluations[0],
      }),
      evaluations,
    };
  });
  return sortBy(rows, ({ task }) => task, false).slice();
}

const SORT_VALUES = {
  task: ({ task }) => task,
  group: ({ groups }) => groups.join(' '),
  samples: ({ samples }) => samples,
  lastRound: ({ lastRound }) => lastRound,
  trained: ({ trained }) => trained,
  state: ({ state }) => state,
} satisfies Record<string, (row: TaskRow) => string | number | undefined>;

/** Ids of the sortable columns, which the URL parameter `sort` has. */
export type TaskColumn = keyof typeof SORT_VALUES;

export const isTaskColumn = (name: string): name is TaskColumn => Object.hasOwn(SORT_VALUES, name);

/** Keeps the order of `toTaskRows` without a sort. */
export const sortRows = (rows: readonly TaskRow[], sort: SortOrder<TaskColumn> | undefined): readonly TaskRow[] =>
  sort ? sortBy<TaskRow>(rows, SORT_VALUES[sort.by], sort.descending) : rows;

/** Returns the rows whose name, attributes, or a group contain the text, case-insensitively. */
export function filterRows(rows: readonly TaskRow[], text: string): TaskRow[] {
  const searched = text.trim().toLowerCase();
  return rows.filter(({ task, attributes, groups }) =>
    [task, attributes, ...groups].some((each) => each.toLowerCase().includes(searched))
  );
}
