import { parentPort } from 'node:worker_threads';
import { expositionBytes } from './bytes';
import type { CustomMetricNames } from './customNames';
import { ReadError, type Problem, type ReadCause } from './problems';
import { DEFAULTS, readKnowledgeBase } from './read';
import { SeriesMemory } from './seriesMemory';

/** What the worker thread is told when it starts. */
export interface WorkerOptions {
  /** Path of the SQLite file. */
  knowledgeBase: string;
  customMetricNames: CustomMetricNames;
}

/** What the worker thread answers when it is asked to read. */
export type ReadAnswer = { durationSeconds: number } & (
  { text: Uint8Array<ArrayBuffer>; newProblems: Problem[] } | { cause: ReadCause; message: string }
);

/** Room for what is new since the last read. */
const SPARE_BYTES = 1 << 20;

/**
 * Body of the worker thread: for each message it gets, it reads the file and answers with a ReadAnswer. Here and not
 * in the main thread, because SQLite's calls block, and a slow disk must not stop /metrics and /healthz.
 */
export function runWorker({ knowledgeBase, customMetricNames }: WorkerOptions): void {
  const options = { ...DEFAULTS, customMetricNames };
  const memory = new SeriesMemory();
  let known = new Set<string>();
  let size = 0;
  parentPort?.on('message', () => {
    const start = performance.now();
    const duration = () => (performance.now() - start) / 1000;
    try {
      const { families, problems } = readKnowledgeBase(knowledgeBase, options, memory);
      const text = expositionBytes(families, size + SPARE_BYTES);
      size = text.length;
      const keyed = new Map(problems.map((problem) => [`${problem.cause} ${problem.where}`, problem]));
      const newProblems = [...keyed].filter(([key]) => !known.has(key)).map(([, problem]) => problem);
      known = new Set(keyed.keys());
      answer({ durationSeconds: duration(), text, newProblems });
    } catch (error) {
      const cause = error instanceof ReadError ? error.readCause : 'other';
      answer({ durationSeconds: duration(), cause, message: (error as Error).message });
    }
  });
}

/** The text is handed over, not copied: it may be some megabytes. */
const answer = (message: ReadAnswer) =>
  parentPort?.postMessage(message, 'text' in message ? [message.text.buffer] : []);
