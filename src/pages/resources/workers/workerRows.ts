/** Worker pods of one object, from the answers of the queries of the Workers tab. */
import type { PanelData } from '@grafana/data';
import type { AbsoluteTimeRange } from '../../../platform/links/links';
import { sortBy, type SortOrder } from '../../../ui/sorting';
import { SUBQUERY_LABEL } from '../../../query/resourceDetail';
import { toRows, type Row } from '../../../data/rows';
import { STAGES, type Stage } from '../../../sedna/kinds';
import { getStaleness, type Staleness } from '../../../sedna/staleness';

export interface WorkerRow {
  pod: string;
  /** As in the label worker-type. */
  workerType: string;
  /** Stage that the worker runs; absent where the type tells of none. */
  stage?: Stage;
  node: string;
  /** `edge`, `cloud`, or empty where it is not known. */
  location: string;
  /** Phase of the pod; empty where the pod is gone. */
  phase: string;
  waitingReason?: string;
  restarts?: number;
  /** Unix time in seconds. */
  started?: number;
  ended?: number;
  /** Seconds; of a pod that runs, until now. */
  duration?: number;
  /** Cores and bytes; absent where cAdvisor does not tell. */
  cpu?: number;
  memory?: number;
  staleness: Staleness;
}

const STAGE_OF: Readonly<Record<string, Stage>> = { train: STAGES[0], eval: STAGES[1], inference: STAGES[2] };

/** Milliseconds around a pod's time: clocks of edge nodes drift, and the last lines come late. */
export const PADDING = 5 * 60_000;

/** When a pod may have written lines; undefined where it did not start. */
export function logSpan({ started, ended, phase }: WorkerRow, now: number): AbsoluteTimeRange | undefined {
  if (started === undefined) {
    return undefined;
  }
  // Of a pod that is gone the end is not known: an hour shows how it began.
  const until = ended ?? (phase === '' ? Math.min(started + 3600, now) : now);
  return { from: started * 1000 - PADDING, to: until * 1000 + PADDING };
}

/** What a column is sorted by. */
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

/** Whether a text, which may come from a URL, names a column that can be sorted by. */
export const isWorkerSortColumn = (name: string): name is WorkerSortColumn => Object.hasOwn(SORT_VALUES, name);

/** Sorts; without a sort the order stays. */
export const sortWorkers = (
  rows: readonly WorkerRow[],
  sort: SortOrder<WorkerSortColumn> | undefined
): readonly WorkerRow[] => (sort ? sortBy<WorkerRow>(rows, SORT_VALUES[sort.by], sort.descending) : rows);

const byPod = (rows: readonly Row[]) => new Map(rows.map((row) => [row.labels.pod, row]));

/** Newest first; those that did not start yet before them. */
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
        stage: STAGE_OF[workerType],
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
