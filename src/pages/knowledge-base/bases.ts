/** The knowledge bases that are known, one a cluster, from the answer of the page's first query. */
import type { PanelData } from '@grafana/data';
import { SUBQUERY_LABEL } from '../../query/resourceDetail';
import { toRows, type Row } from '../../data/rows';
import { getStaleness, type Staleness } from '../../sedna/staleness';

/** Signs that a kind of file is gone. */
export interface LostFiles {
  file: string;
  /** Signs within the time range. */
  signs: number;
  /** Unix time in seconds of the newest. */
  last?: number;
}

export interface KnowledgeBase {
  /** Empty where series carry none. */
  cluster: string;
  ip: string;
  pod: string;
  node: string;
  /** `cloud`, `edge`, or empty. */
  nodeType: string;
  /** Phase of the pod; empty where none is known. */
  phase: string;
  /** Unix time in seconds at which its container started. */
  started?: number;
  /** Whether the exporter can read the database; undefined where no exporter says. */
  readable?: boolean;
  /** Unix time in seconds at which its database was last read. */
  read?: number;
  /** Whether any exporter of ours is there. */
  hasExporter: boolean;
  tasks?: number;
  groups?: number;
  lost: readonly LostFiles[];
  /** Whether workers' logs came in at all: without them no sign would show. */
  hasLogs: boolean;
  /** Of what its database holds. */
  staleness: Staleness;
}

export const clusterOf = ({ labels }: Row): string => labels.cluster ?? '';

/** Empty where nothing tells of any. */
export function knowledgeBases(data: PanelData | undefined): KnowledgeBase[] {
  const now = (data?.timeRange?.to.valueOf() ?? 0) / 1000;
  const rows = toRows(data, 'knowledgeBase');
  const identifying = rows.filter(({ labels }) =>
    ['info', 'phase', 'up', 'seen', 'read'].includes(labels[SUBQUERY_LABEL])
  );
  return [...new Set(identifying.map(clusterOf))].sort().map((cluster): KnowledgeBase => {
    const own = rows.filter((row) => clusterOf(row) === cluster);
    const all = (part: string) => own.filter(({ labels }) => labels[SUBQUERY_LABEL] === part);
    const one = (part: string) => all(part)[0];
    const info = one('info')?.labels ?? {};
    const pod = info.pod ?? '';
    const ofPod = (part: string) => all(part).find(({ labels }) => labels.pod === pod) ?? one(part);
    const [up, seen, read, silent] = [one('up'), one('seen')?.value, one('read')?.value, one('silent')];
    const lastLost = new Map(all('lastLost').map(({ labels, value }) => [labels.file, value]));
    return {
      cluster,
      ip: info.ip ?? '',
      pod: pod || (one('phase')?.labels.pod ?? ''),
      node: info.node ?? '',
      nodeType: info.node_type ?? '',
      phase: ofPod('phase')?.labels.phase ?? '',
      started: ofPod('started')?.value,
      readable: up && up.value === 1,
      read,
      hasExporter: one('exporter') !== undefined,
      tasks: one('tasks')?.value,
      groups: one('groups')?.value,
      lost: all('lost')
        .filter(({ value }) => value > 0)
        .map(({ labels: { file }, value }) => ({ file, signs: value, last: lastLost.get(file) })),
      hasLogs: one('logs') !== undefined,
      // The exporter repeats what it read last while it cannot read.
      staleness: getStaleness({
        now,
        sampledAt: read === undefined || seen === undefined ? (read ?? seen) : Math.min(read, seen),
        offlineNode: silent && { node: silent.labels.node, age: silent.value },
      }),
    };
  });
}
