import { parentPort } from 'node:worker_threads';
import { encodeExposition } from './encodeExposition';
import type { CustomMetricNaming } from './custom-metrics/naming';
import { ReadError, type RowIssue, type ReadCause } from './errors';
import { DEFAULT_OPTIONS, readKnowledgeBase } from './readKnowledgeBase';
import { toKnowledgeBaseRows, type KnowledgeBaseRows } from './rows';
import { SeriesCache } from './custom-metrics/seriesCache';

/** Settings for the worker thread. */
export interface WorkerOptions {
  /** Path of the SQLite file. */
  knowledgeBase: string;
  customMetricNaming: CustomMetricNaming;
  /** Whether responses have the rows for the journal. */
  withRows?: boolean;
}

/** Response of the worker thread to a read request. */
export type ReadResponse = { durationSeconds: number } & (
  | {
      body: Uint8Array<ArrayBuffer>;
      newIssues: RowIssue[];
      /** Absent if they are as in the response before. */
      rows?: KnowledgeBaseRows;
    }
  | { cause: ReadCause; message: string }
);

/** Extra capacity for series added since the last read. */
const SPARE_BYTES = 1 << 20;

/**
 * Runs the worker thread: reads the file for each message and responds with a {@link ReadResponse}. A thread of its own
 * because SQLite calls block, and a slow disk must not stop /metrics and /healthz.
 */
export function runWorker({ knowledgeBase, customMetricNaming, withRows }: WorkerOptions): void {
  const options = { ...DEFAULT_OPTIONS, customMetricNaming };
  const cache = new SeriesCache();
  let reportedKeys = new Set<string>();
  let lastSizeBytes = 0;
  let lastRows = '';
  parentPort?.on('message', () => {
    const start = performance.now();
    const duration = () => (performance.now() - start) / 1000;
    try {
      const { families, issues } = readKnowledgeBase(knowledgeBase, options, cache);
      const body = encodeExposition(families, lastSizeBytes + SPARE_BYTES);
      lastSizeBytes = body.length;
      const issueByKey = new Map(issues.map((issue) => [`${issue.cause} ${issue.where}`, issue]));
      const newIssues = [...issueByKey].filter(([key]) => !reportedKeys.has(key)).map(([, issue]) => issue);
      reportedKeys = new Set(issueByKey.keys());
      const rows = withRows ? toKnowledgeBaseRows(families) : undefined;
      const hasNewRows = rows !== undefined && JSON.stringify(rows) !== lastRows;
      lastRows = hasNewRows ? JSON.stringify(rows) : lastRows;
      respond({ durationSeconds: duration(), body, newIssues, ...(hasNewRows && { rows }) });
    } catch (error) {
      const cause = error instanceof ReadError ? error.readCause : 'other';
      respond({ durationSeconds: duration(), cause, message: (error as Error).message });
    }
  });
}

/** Transfers the buffer instead of copying it, because it may have several megabytes. */
const respond = (message: ReadResponse) =>
  parentPort?.postMessage(message, 'body' in message ? [message.body.buffer] : []);
