/** Tasks of the knowledge base, from the answers of the two queries about them. */
import type { PanelData } from '@grafana/data';
import { sortBy, type SortOrder } from '../../ui/sorting';
import { SUBQUERY_LABEL } from '../../query/resourceDetail';
import { toRows, type Row } from '../../data/rows';
import { getModelState, type ModelState } from '../../sedna/learning/modelState';
import { clusterOf, type KnowledgeBase } from './bases';

/** One job's newest evaluation of a task. */
export interface Evaluation {
  kind: string;
  namespace: string;
  name: string;
  pod: string;
  task: string;
  cluster: string;
  passed: boolean;
  /** Unix time in seconds; absent where it is not known. */
  began?: number;
  deployed: boolean;
  scores: ReadonlyArray<{ metric: string; value: number }>;
}

export interface TaskRow {
  key: string;
  cluster: string;
  task: string;
  /** JSON as the knowledge base holds it; empty where it holds none. */
  attributes: string;
  groups: readonly string[];
  /** Addresses of the models of those groups. */
  urls: readonly string[];
  samples?: number;
  lastRound?: number;
  /** Unix time in seconds of the last training. */
  trained?: number;
  state: ModelState;
  /** Newest first. */
  evaluations: readonly Evaluation[];
}

const keyOf = (row: Row, ...labels: string[]) => JSON.stringify([clusterOf(row), ...labels.map((l) => row.labels[l])]);
const JOB = ['kind', 'namespace', 'name'];

/** Things by key. */
export function grouped<T>(all: readonly T[], key: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const own = groups.get(key(each));
    if (own) {
      own.push(each);
    } else {
      groups.set(key(each), [each]);
    }
  }
  return groups;
}

/** Parts of an answer by their label. */
export const partsOf = (data: PanelData | undefined, refId: string) => {
  const rows = toRows(data, refId);
  return (part: string) => rows.filter(({ labels }) => labels[SUBQUERY_LABEL] === part);
};

/** Newest evaluations of every job's tasks, newest first. */
export function evaluationsOf(data: PanelData | undefined): Evaluation[] {
  const part = partsOf(data, 'evaluations');
  const began = new Map(part('began').map((row) => [keyOf(row, ...JOB, 'pod'), row.value]));
  const deployed = new Set(
    part('deploy')
      .filter(({ labels }) => labels.status === 'Ok')
      .map((row) => keyOf(row, ...JOB))
  );
  const scores = grouped(part('score'), (row) => keyOf(row, ...JOB, 'pod', 'task'));
  return part('deployable')
    .map((row): Evaluation => {
      const { kind, namespace, name, pod, task } = row.labels;
      return {
        ...{ kind, namespace, name, pod, task, cluster: clusterOf(row) },
        passed: row.value === 1,
        began: began.get(keyOf(row, ...JOB, 'pod')),
        deployed: deployed.has(keyOf(row, ...JOB)),
        scores: (scores.get(keyOf(row, ...JOB, 'pod', 'task')) ?? []).map(({ labels, value }) => ({
          metric: labels.metric,
          value,
        })),
      };
    })
    .sort((a, b) => (b.began ?? 0) - (a.began ?? 0));
}

/** Every task that any part tells of, by name. */
export function taskRows(data: PanelData | undefined, bases: readonly KnowledgeBase[]): TaskRow[] {
  const part = partsOf(data, 'tasks');
  const byTask = (name: string) => new Map(part(name).map((row) => [keyOf(row, 'task'), row]));
  const [infos, samples, lastRounds, updates] = ['task', 'samples', 'lastRound', 'updated'].map(byTask);
  const relations = grouped(part('relation'), (row) => keyOf(row, 'task'));
  const models = new Map(part('model').map((row) => [keyOf(row, 'group'), row.labels.url]));
  const evaluations = grouped(evaluationsOf(data), ({ cluster, task }) => JSON.stringify([cluster, task]));
  const known = new Map(
    ['task', 'samples', 'relation'].flatMap((name) => [...part(name)]).map((r) => [keyOf(r, 'task'), r])
  );
  const rows = [...known].map(([key, row]): TaskRow => {
    const cluster = clusterOf(row);
    const base = bases.find((each) => each.cluster === cluster);
    const own = relations.get(key) ?? [];
    const trained = updates.get(key)?.value;
    const judged = evaluations.get(key) ?? [];
    return {
      key,
      cluster,
      task: row.labels.task,
      attributes: infos.get(key)?.labels.attributes ?? '',
      groups: own.map(({ labels }) => labels.group),
      urls: own.flatMap((relation) => models.get(keyOf(relation, 'group')) ?? []),
      samples: samples.get(key)?.value,
      lastRound: lastRounds.get(key)?.value,
      trained,
      state: getModelState({
        trained,
        started: base?.started,
        modelMissingAt: base?.lost.find(({ file }) => file === 'model')?.last,
        evaluation: judged[0],
      }),
      evaluations: judged,
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

export type TaskSortColumn = keyof typeof SORT_VALUES;

/** Whether a text, which may come from a URL, names a column that can be sorted by. */
export const isTaskSortColumn = (name: string): name is TaskSortColumn => Object.hasOwn(SORT_VALUES, name);

/** Sorts; without a sort the order by name stays. */
export const sortTasks = (rows: readonly TaskRow[], sort: SortOrder<TaskSortColumn> | undefined): readonly TaskRow[] =>
  sort ? sortBy<TaskRow>(rows, SORT_VALUES[sort.by], sort.descending) : rows;

/** Whether a task's name, attributes or group hold what is typed, whatever its case. */
export function matchesText(
  { task, attributes, groups }: Pick<TaskRow, 'task' | 'attributes' | 'groups'>,
  text: string
) {
  const wanted = text.trim().toLowerCase();
  return [task, attributes, ...groups].some((each) => each.toLowerCase().includes(wanted));
}

/** The name of a model file, for people: the address of the knowledge base holds it as the parameter `files`. */
export function fileName(url: string): string {
  const name = /[?&]files=([^&]*)/.exec(url)?.[1] ?? url.slice(url.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
