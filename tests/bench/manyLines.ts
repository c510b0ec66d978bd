/** Writes log files with many lines in the layout of kubelet. Exactly one entry matches its pod and two keywords. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { fetchText } from '../../tools/engines';
import { formatCriLines } from '../../simulator/drivers/logFiles';

export const FLEET = 'fleet';
const CONTAINER = 'train-worker';
/** Time range of the lines, which ends now. */
const SPAN_MS = 45 * 60_000;

export interface ManyLines {
  /** Total number of entries. A traceback is one entry. */
  entries: number;
  pods: number;
}

/** The only entry that matches a search, and its lines. */
export interface Needle {
  namespace: string;
  pod: string;
  keywords: [string, string];
  lines: string[];
}

const formatPodName = (index: number) => `survey-train-${String(index).padStart(5, '0')}`;

/** Returns the pod with the matching entry, in the middle of all pods. */
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

/** Creates a line. Some lines contain one of the keywords, and other pods contain both in different lines. */
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

/** Returns the path of the log file of a pod. */
const getFile = (logRoot: string, pod: string, namespace: string = FLEET) =>
  path.join(
    logRoot,
    `${namespace}_${pod}_00000000-0000-0000-0000-${pod.slice(-5).padStart(12, '0')}`,
    CONTAINER,
    '0.log'
  );

/** Writes the log files, with the same number of entries for each pod. */
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
      // The collector identifies files by their first bytes, so no two files start with the same time.
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

export interface AppendedLines {
  /** The one of the many lines by default. */
  namespace?: string;
  pod: string;
  texts: readonly string[];
}

/** Appends lines of a pod with the current time. */
export function appendLines(logRoot: string, { namespace, pod, texts }: AppendedLines): void {
  const file = getFile(logRoot, pod, namespace);
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(file, 'a');
  const now = Date.now();
  writeSync(
    descriptor,
    Buffer.concat(texts.map((text, index) => formatCriLines(now, index, 'stderr', formatWorkerLine(now, 'INFO', text))))
  );
  closeSync(descriptor);
}

/** Returns the number of generated entries in Loki. */
export async function countEntries(lokiUrl: string): Promise<number> {
  const query = `sum(count_over_time({namespace="${FLEET}"}[2h]))`;
  const answer = await fetchText(`${lokiUrl}/loki/api/v1/query?${new URLSearchParams({ query })}`);
  const { data } = JSON.parse(answer) as { data: { result: Array<{ value: [number, string] }> } };
  return Number(data.result[0]?.value[1] ?? 0);
}
