/** Turns the query results of the Workers tab into rows, and sorts them. */
import type { PanelData } from '@grafana/data';
import type { AbsoluteTimeRange } from '../../../platform/links/links';
import { sortBy, type SortOrder } from '../../../ui/sorting';
import { SUBQUERY_LABEL } from '../../../query/resourceDetail';
import { toRows, type Row } from '../../../data/rows';
import { STAGES, type Stage } from '../../../sedna/kinds';
import { getStaleness, type Staleness } from '../../../sedna/staleness';

export interface WorkerRow {
  pod: string;
  /** Value of the pod label `worker-type`. */
  workerType: string;
  /** Stage that the worker runs; undefined for types that belong to no stage. */
  stage?: Stage;
  node: string;
  /** `edge`, `cloud`, or empty if unknown. */
  location: string;
  /** Phase of the pod; empty if the pod was deleted. */
  phase: string;
  waitingReason?: string;
  restarts?: number;
  /** Unix time in seconds. */
  started?: number;
  /** Unix time in seconds. */
  ended?: number;
  /** Seconds until the end, or until now for a running pod. */
  duration?: number;
  /** Cores; undefined without cAdvisor metrics. */
  cpu?: number;
  /** Bytes; undefined without cAdvisor metrics. */
  memory?: number;
  staleness: Staleness;
}

const STAGE_BY_WORKER_TYPE: Readonly<Record<string, Stage>> = {
  train: STAGES[0],
  eval: STAGES[1],
  inference: STAGES[2],
};

/** Margin of a pod's log range, because clocks of edge nodes drift and the last lines arrive late. */
const LOG_PADDING_MS = 5 * 60_000;

/**
 * Returns the time range (Unix time in milliseconds) in which a pod may have logged; undefined if it never started.
 * @param now Unix time in seconds
 */
export function getLogRange({ started, ended, phase }: WorkerRow, now: number): AbsoluteTimeRange | undefined {
  if (started === undefined) {
    return undefined;
  }
  // The end of a deleted pod is unknown. Its first hour shows how it began.
  const until = ended ?? (phase === '' ? Math.min(started + 3600, now) : now);
  return { from: started * 1000 - LOG_PADDING_MS, to: until * 1000 + LOG_PADDING_MS };
}

/** Sort value of each column. */
const SORT_VALUES = {
  workerType: ({ stage, workerType }) => stage ?? workerType,
  node: ({ node }) => node,
  location: ({ location }) => location,
  phase: ({ phase }) => phase,
  restarts: ({ restarts }) => restarts,
  started: ({ started }) => started,
  duration: ({ duration }) => duration,
  cpu: ({ cpu }) => cpu,
  memory: ({ memory }) => memory,
} satisfies Record<string, (row: WorkerRow) => string | number | undefined>;

export type WorkerSortColumn = keyof typeof SORT_VALUES;

/** Checks a column name from the URL. */
export const isWorkerSortColumn = (name: string): name is WorkerSortColumn => Object.hasOwn(SORT_VALUES, name);

/** Returns the rows as they are if no sort is given. */
export const sortWorkers = (
  rows: readonly WorkerRow[],
  sort: SortOrder<WorkerSortColumn> | undefined
): readonly WorkerRow[] => (sort ? sortBy<WorkerRow>(rows, SORT_VALUES[sort.by], sort.descending) : rows);

const byPod = (rows: readonly Row[]) => new Map(rows.map((row) => [row.labels.pod, row]));

/** Returns pods that have not started yet, then the others by start, newest first. */
export function workerRows(data: PanelData | undefined): WorkerRow[] {
  const now = (data?.timeRange?.to.valueOf() ?? 0) / 1000;
  const details = toRows(data, 'workers');
  const part = (name: string) => byPod(details.filter(({ labels }) => labels[SUBQUERY_LABEL] === name));
  const [info, phases, starts, ends] = [part('info'), part('phase'), part('start'), part('end')];
  const [waiting, restarts] = [part('waiting'), part('restarts')];
  const [cpu, memory] = [byPod(toRows(data, 'cpu')), byPod(toRows(data, 'memory'))];
  const silent = new Map(toRows(data, 'silent').map(({ labels, value }) => [labels.node, value]));
  return [...new Set([...info.keys(), ...phases.keys(), ...starts.keys()])]
    .map((pod): WorkerRow => {
      const labels = { ...starts.get(pod)?.labels, ...phases.get(pod)?.labels, ...info.get(pod)?.labels };
      const { worker_type: workerType = '', node = '', location = '' } = labels;
      const phase = phases.get(pod)?.labels.phase ?? '';
      const started = starts.get(pod)?.value;
      const ended = ends.get(pod)?.value;
      const isOver = phase !== 'Running' && phase !== 'Pending';
      const until = ended ?? (isOver ? undefined : now);
      const age = isOver ? undefined : silent.get(node);
      return {
        pod,
        workerType,
        stage: STAGE_BY_WORKER_TYPE[workerType],
        node,
        location,
        phase,
        waitingReason: waiting.get(pod)?.labels.reason,
        restarts: restarts.get(pod)?.value,
        started,
        ended,
        duration: started === undefined || until === undefined ? undefined : Math.max(0, until - started),
        cpu: cpu.get(pod)?.value,
        memory: memory.get(pod)?.value,
        staleness: getStaleness({ now, offlineNode: age === undefined ? undefined : { node, age } }),
      };
    })
    .sort((a, b) => (b.started ?? Infinity) - (a.started ?? Infinity) || a.pod.localeCompare(b.pod));
}
