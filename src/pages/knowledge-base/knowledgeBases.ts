/** The knowledge bases of the response to the summary query: one for each cluster. */
import type { PanelData } from '@grafana/data';
import { getStaleness, type Staleness } from '../../sedna/staleness';
import { getCluster, getSubqueries } from './responseRows';

/** Errors in logs that show that files of a kind are lost. */
export interface LostFiles {
  /** Kind of file: `index` or `model`. */
  file: string;
  /** Number of errors in the time range. */
  errors: number;
  /** Unix time of the newest error in seconds. */
  last?: number;
}

export interface KnowledgeBase {
  /** Empty: the series have no cluster label. */
  cluster: string;
  ip: string;
  pod: string;
  node: string;
  /** `cloud` or `edge`; empty: unknown. */
  nodeType: string;
  /** Phase of the pod; empty: unknown. */
  phase: string;
  /** Start of the container as Unix time in seconds. */
  started?: number;
  /** Whether the exporter can read the database; undefined: no exporter reports it. */
  readable?: boolean;
  /** Last read of the database as Unix time in seconds. */
  read?: number;
  /** Whether an exporter runs, with or without the knowledge base as a source. */
  hasExporter: boolean;
  tasks?: number;
  groups?: number;
  lost: readonly LostFiles[];
  /** Whether there are worker logs; without them lost files stay unnoticed. */
  hasLogs: boolean;
  /** Staleness of the content of the database. */
  staleness: Staleness;
}

/** Sorts by cluster. */
export function toKnowledgeBases(data: PanelData | undefined): KnowledgeBase[] {
  const now = (data?.timeRange?.to.valueOf() ?? 0) / 1000;
  const getRows = getSubqueries(data, 'knowledgeBase');
  const identifying = ['info', 'phase', 'up', 'seen', 'read'].flatMap(getRows);
  return [...new Set(identifying.map(getCluster))].sort().map((cluster): KnowledgeBase => {
    const getAll = (subquery: string) => getRows(subquery).filter((row) => getCluster(row) === cluster);
    const getFirst = (subquery: string) => getAll(subquery)[0];
    const info = getFirst('info')?.labels ?? {};
    const pod = info.pod ?? '';
    const getOfPod = (subquery: string) =>
      getAll(subquery).find(({ labels }) => labels.pod === pod) ?? getFirst(subquery);
    const [up, seen, read, offline] = [
      getFirst('up'),
      getFirst('seen')?.value,
      getFirst('read')?.value,
      getFirst('silent'),
    ];
    const lastLost = new Map(getAll('lastLost').map(({ labels, value }) => [labels.file, value]));
    return {
      cluster,
      ip: info.ip ?? '',
      pod: pod || (getFirst('phase')?.labels.pod ?? ''),
      node: info.node ?? '',
      nodeType: info.node_type ?? '',
      phase: getOfPod('phase')?.labels.phase ?? '',
      started: getOfPod('started')?.value,
      readable: up && up.value === 1,
      read,
      hasExporter: getFirst('exporter') !== undefined,
      tasks: getFirst('tasks')?.value,
      groups: getFirst('groups')?.value,
      lost: getAll('lost')
        .filter(({ value }) => value > 0)
        .map(({ labels: { file }, value }) => ({ file, errors: value, last: lastLost.get(file) })),
      hasLogs: getFirst('logs') !== undefined,
      // While the exporter can't read the database, it repeats the last content with fresh samples.
      staleness: getStaleness({
        now,
        sampledAt: read === undefined || seen === undefined ? (read ?? seen) : Math.min(read, seen),
        offlineNode: offline && { node: offline.labels.node, age: offline.value },
      }),
    };
  });
}
