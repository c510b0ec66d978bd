/** Turns the query results of the overview into the rows of its lists. */
import type { PanelData } from '@grafana/data';
import { getAttention, type Attention } from '../../sedna/diagnosis/attention';
import { deduplicateObjects, getNamespacedKey, indexRows, toRows } from '../../data/rows';
import { indexOfflineNodes } from '../../data/offlineNodes';
import { getWorkerHealth, type WorkerHealth } from '../../data/workerHealth';
import { getStaleness, NODE_OFFLINE_AFTER_SECONDS } from '../../sedna/staleness';

export interface JobRow extends WorkerHealth {
  namespace: string;
  name: string;
  stage: string;
  condition: string;
  /** Unix time in seconds of the last transition; undefined without a condition. */
  since?: number;
  attention: Attention;
}

export interface NodeRow {
  node: string;
  roles: string[];
  /** Seconds since the node renewed its lease; undefined without a lease. */
  age?: number;
  /** Whether the last heartbeat is too old, or none is recorded. */
  offline: boolean;
}

export interface ComponentRow {
  pod: string;
  phase: string;
}

const KIND = 'LifelongLearningJob';
const LEVEL_ORDER = { failing: 0, stuck: 1, none: 2 };

/**
 * Returns jobs that exist: failing ones first, then stuck ones, then by last transition, newest first.
 * @param now Unix time in seconds
 */
export function jobRows(data: PanelData | undefined, now: number): JobRow[] {
  const since = indexRows(toRows(data, 'since'), getNamespacedKey);
  const signsOf = getWorkerHealth(toRows(data, 'trouble'));
  const conditions = indexRows(toRows(data, 'condition'), getNamespacedKey);
  const silent = indexOfflineNodes(toRows(data, 'silent'));
  return deduplicateObjects(toRows(data, 'jobs'))
    .map(({ labels, value: sampledAt }) => {
      const key = getNamespacedKey(labels);
      const { stage = '', condition = '' } = conditions.get(key)?.labels ?? {};
      const lastTransition = since.get(key)?.value;
      const job = { ...labels, kind: KIND };
      const { isExporterStale, ...signs } = signsOf(job);
      return {
        namespace: labels.namespace,
        name: labels.name,
        stage,
        condition,
        since: lastTransition,
        ...signs,
        attention: getAttention({
          kind: KIND,
          stage,
          condition,
          age: lastTransition === undefined ? undefined : now - lastTransition,
          ...signs,
          silentNode: silent.forObjectOrDataset(job),
          isStale: isExporterStale || getStaleness({ now, sampledAt }).state === 'stale',
        }),
      };
    })
    .sort((a, b) => LEVEL_ORDER[a.attention.level] - LEVEL_ORDER[b.attention.level] || (b.since ?? 0) - (a.since ?? 0));
}

/** Counts jobs by stage, then by newest condition. */
export function countByCondition(jobs: readonly JobRow[]): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const { stage, condition } of jobs) {
    const row = counts.get(stage) ?? new Map<string, number>();
    row.set(condition, (row.get(condition) ?? 0) + 1);
    counts.set(stage, row);
  }
  return counts;
}

/** Returns nodes with a role or a lease: offline ones first, then by name. */
export function nodeRows(data: PanelData | undefined): NodeRow[] {
  const roles = new Map<string, string[]>();
  const rows = toRows(data, 'nodes');
  for (const { labels } of rows.filter((row) => row.labels.role)) {
    roles.set(labels.node, [...(roles.get(labels.node) ?? []), labels.role]);
  }
  const ages = new Map(rows.filter((row) => row.labels.lease).map(({ labels, value }) => [labels.lease, value]));
  return [...new Set([...roles.keys(), ...ages.keys()])]
    .map((node) => {
      const age = ages.get(node);
      return {
        node,
        roles: (roles.get(node) ?? []).sort(),
        age,
        offline: age === undefined || age > NODE_OFFLINE_AFTER_SECONDS,
      };
    })
    .sort((a, b) => Number(b.offline) - Number(a.offline) || a.node.localeCompare(b.node));
}

/** Returns the pods of Sedna's own components, by name. */
export const componentRows = (data: PanelData | undefined): ComponentRow[] =>
  toRows(data, 'components')
    .map(({ labels }) => ({ pod: labels.pod, phase: labels.phase }))
    .sort((a, b) => a.pod.localeCompare(b.pod));
