/** Newest evaluations of tasks, which recording rules read from the logs of evaluation workers. */
import type { PanelData } from '@grafana/data';
import type { Row } from '../../data/rows';
import { getCluster, getSubqueries, groupBy } from './responseRows';

/** Newest evaluation of a task by one job. */
export interface Evaluation {
  kind: string;
  namespace: string;
  name: string;
  pod: string;
  task: string;
  cluster: string;
  passed: boolean;
  /** Start as Unix time in seconds; undefined: unknown. */
  began?: number;
  deployed: boolean;
  scores: ReadonlyArray<{ metric: string; value: number }>;
}

const JOB_LABELS = ['kind', 'namespace', 'name'];

const getKey = (row: Row, ...labels: string[]) =>
  JSON.stringify([getCluster(row), ...labels.map((label) => row.labels[label])]);

/** Returns the evaluations by start, newest first. */
export function toEvaluations(data: PanelData | undefined): Evaluation[] {
  const getRows = getSubqueries(data, 'evaluations');
  const starts = new Map(getRows('began').map((row) => [getKey(row, ...JOB_LABELS, 'pod'), row.value]));
  const deployedJobs = new Set(
    getRows('deploy')
      .filter(({ labels }) => labels.status === 'Ok')
      .map((row) => getKey(row, ...JOB_LABELS))
  );
  const scores = groupBy(getRows('score'), (row) => getKey(row, ...JOB_LABELS, 'pod', 'task'));
  return getRows('deployable')
    .map((row): Evaluation => {
      const { kind, namespace, name, pod, task } = row.labels;
      return {
        ...{ kind, namespace, name, pod, task, cluster: getCluster(row) },
        passed: row.value === 1,
        began: starts.get(getKey(row, ...JOB_LABELS, 'pod')),
        deployed: deployedJobs.has(getKey(row, ...JOB_LABELS)),
        scores: (scores.get(getKey(row, ...JOB_LABELS, 'pod', 'task')) ?? []).map(({ labels, value }) => ({
          metric: labels.metric,
          value,
        })),
      };
    })
    .sort((a, b) => (b.began ?? 0) - (a.began ?? 0));
}
