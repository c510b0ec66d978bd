/**
 * Log files of very many lines, as the kubelet lays them out: one entry among them is found by its pod and two
 * keywords only. For a real log collector to read.
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { fetchText } from '../../tools/engines';
import { formatCriLines } from '../../simulator/drivers/logFiles';

export const FLEET = 'fleet';
const CONTAINER = 'train-worker';
/** Milliseconds over which the lines are spread; the last of them is from just now. */
const SPAN_MS = 45 * 60_000;

export interface ManyLines {
  /** Entries in all; the traceback is one. */
  entries: number;
  pods: number;
}

/** The entry to be found: what chooses it, and its lines. */
export interface Needle {
  namespace: string;
  pod: string;
  keywords: [string, string];
  lines: string[];
}

const formatPodName = (index: number) => `survey-train-${String(index).padStart(5, '0')}`;

/** In the middle of the fleet. */
const getNeedlePod = (pods: number) => formatPodName(Math.floor(pods / 2));

const TRACEBACK = [
  'Traceback (most recent call last):',
  '  File "/home/lib/sedna/core/lifelong_learning/lifelong_learning.py", line 188, in train',
  '    res, seen_task_index = self.cloud_knowledge_management.seen_estimator.train(',
  '  File "/home/lib/sedna/algorithms/seen_task_learning/seen_task_learning.py", line 291, in train',
  '    model = self._task_process(task)',
  '  File "/home/lib/sedna/common/file_ops.py", line 332, in load',
  '    return joblib.load(url)',
  'RuntimeError: checkpoint zebra_crossing.pkl cannot be mapped: out of shared memory',
];

/** What each pod of the fleet says; some hold one of the keywords, and other pods hold both. */
function createMessage(index: number, pod: string, pods: number): string {
  const isNeedlePod = pod === getNeedlePod(pods);
  switch (index % 997) {
    case 13:
      return 'task zebra_crossing has 40 samples';
    case 29:
      return 'worker 3 uses 120 MB of shared memory';
    case 31:
      return isNeedlePod ? 'task bus_stop has 12 samples' : 'zebra_crossing was mapped into shared memory';
    default:
      return `epoch ${index % 50} of task ${index % 23} step ${index}: loss ${(1 / (1 + (index % 100))).toFixed(4)}`;
  }
}

const formatWorkerLine = (time: number, level: string, text: string): string => {
  const stamp = new Date(time).toISOString().replace('T', ' ').replace('.', ',').slice(0, 23);
  return `\x1b[32m[${stamp}] seen_task_learning.py(253) [${level}]\x1b[0m - ${text}`;
};

/** Path of a pod's log file under the root that a collector reads. */
const getFile = (logRoot: string, pod: string) =>
  path.join(logRoot, `${FLEET}_${pod}_00000000-0000-0000-0000-${pod.slice(-5).padStart(12, '0')}`, CONTAINER, '0.log');

/** Writes them all; the same number of each pod. */
export function writeManyLines(logRoot: string, { entries, pods }: ManyLines): Needle {
  const each = Math.floor(entries / pods);
  const end = Date.now() - pods;
  const pod = getNeedlePod(pods);
  for (let index = 0; index < pods; index++) {
    const name = formatPodName(index);
    const file = getFile(logRoot, name);
    mkdirSync(path.dirname(file), { recursive: true });
    const descriptor = openSync(file, 'a');
    const parts: Buffer[] = [];
    for (let line = 0; line < each; line++) {
      // Collectors tell files apart by how they begin: no two pods write at the same time.
      const time = end + index - SPAN_MS + Math.floor((line * SPAN_MS) / each);
      if (name === pod && line === Math.floor(each / 2)) {
        parts.push(...TRACEBACK.map((text, row) => formatCriLines(time, row, 'stderr', text)));
      } else {
        parts.push(
          formatCriLines(
            time,
            line % 1_000_000,
            'stderr',
            formatWorkerLine(time, 'INFO', createMessage(line, name, pods))
          )
        );
      }
    }
    writeSync(descriptor, Buffer.concat(parts));
    closeSync(descriptor);
  }
  return { namespace: FLEET, pod, keywords: ['zebra_crossing', 'shared memory'], lines: TRACEBACK };
}

/** Writes what a pod says just now. */
export function appendLines(logRoot: string, pod: string, texts: readonly string[]): void {
  const file = getFile(logRoot, pod);
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(file, 'a');
  const now = Date.now();
  writeSync(
    descriptor,
    Buffer.concat(texts.map((text, index) => formatCriLines(now, index, 'stderr', formatWorkerLine(now, 'INFO', text))))
  );
  closeSync(descriptor);
}

/** How many entries of the fleet a Loki holds. */
export async function countEntries(lokiUrl: string): Promise<number> {
  const query = `sum(count_over_time({namespace="${FLEET}"}[2h]))`;
  const answer = await fetchText(`${lokiUrl}/loki/api/v1/query?${new URLSearchParams({ query })}`);
  const { data } = JSON.parse(answer) as { data: { result: Array<{ value: [number, string] }> } };
  return Number(data.result[0]?.value[1] ?? 0);
}
