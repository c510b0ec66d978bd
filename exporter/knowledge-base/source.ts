import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { SelfMetrics } from '../http/selfMetrics';
import type { CustomMetricNaming } from './custom-metrics/naming';
import { READ_CAUSES, ROW_CAUSES, type ReadCause } from './errors';
import type { KnowledgeBaseRows } from './rows';
import type { ReadResponse, WorkerOptions } from './worker';

export interface KnowledgeBaseSourceOptions {
  /** Path of the SQLite file. */
  file: string;
  /** `prefixed` by default. */
  customMetricNaming?: CustomMetricNaming;
  /** Script that calls `runWorker` in a worker thread. */
  workerScript: string;
  metrics: SelfMetrics;
  log: (line: string) => void;
  /** Milliseconds a scrape waits for new values before it gets the last ones, 4000 by default. */
  maxWaitMs?: number;
  /** Milliseconds during which values are reused without a new read, 1000 by default. */
  maxAgeMs?: number;
  /** Milliseconds after which an unresponsive worker thread is replaced, 15000 by default. */
  workerTimeoutMs?: number;
  /** Receives the rows whenever a read finds other ones. */
  onRows?: (rows: KnowledgeBaseRows) => void;
}

const EMPTY_BODY = new Uint8Array();
const SOURCE = 'knowledge_base';
/** Maximum number of skipped rows logged per read. All are counted. */
const MAX_LOGGED_ISSUES = 20;

/** Exports metrics of the knowledge base: reads it in a worker thread on demand and keeps the last values. */
export class KnowledgeBaseSource {
  private worker?: Worker;
  private pendingRead?: Promise<void>;
  private freshUntil = 0;
  private lastCause?: ReadCause;
  private body?: Uint8Array;
  private closed = false;

  constructor(private readonly options: KnowledgeBaseSourceOptions) {
    options.metrics.initErrorCounters(SOURCE, [...READ_CAUSES, ...ROW_CAUSES]);
    options.metrics.setKnowledgeBaseUp(false);
  }

  /** Whether any read has succeeded. */
  get hasData(): boolean {
    return this.body !== undefined;
  }

  /**
   * Returns series in the Prometheus text format (UTF-8): new ones if they arrive in time, otherwise the last ones.
   * Never rejects.
   */
  async collect(): Promise<Uint8Array> {
    if (!this.closed && Date.now() >= this.freshUntil) {
      this.pendingRead ??= this.read().finally(() => (this.pendingRead = undefined));
      const waitController = new AbortController();
      const timeout = sleep(this.options.maxWaitMs ?? 4_000, undefined, { signal: waitController.signal }).catch(
        () => undefined
      );
      await Promise.race([this.pendingRead, timeout]);
      waitController.abort();
    }
    return this.body ?? EMPTY_BODY;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.worker?.terminate();
  }

  private async read(): Promise<void> {
    const { metrics, log, maxAgeMs = 1_000 } = this.options;
    const response = await this.requestRead();
    if (this.closed) {
      return;
    }
    this.freshUntil = Date.now() + maxAgeMs;
    metrics.setReadDuration(SOURCE, response.durationSeconds);
    if ('body' in response) {
      this.body = response.body;
      if (response.rows) {
        this.options.onRows?.(response.rows);
      }
      metrics.setLastSuccess(SOURCE);
      response.newIssues.forEach(({ cause }) => metrics.countError(SOURCE, cause));
      response.newIssues
        .slice(0, MAX_LOGGED_ISSUES)
        .forEach(({ cause, where, detail }) => log(`knowledge base: skipped ${where} (${cause}): ${detail}`));
    } else {
      metrics.countError(SOURCE, response.cause);
    }
    const cause = 'cause' in response ? response.cause : undefined;
    metrics.setKnowledgeBaseUp(cause === undefined);
    if (cause !== this.lastCause) {
      log(
        'cause' in response
          ? `knowledge base: ${response.cause}: ${response.message}`
          : 'knowledge base: readable again'
      );
    }
    this.lastCause = cause;
  }

  /** Sends a request to the worker thread. Terminates an unresponsive one; the next read starts a new one. */
  private requestRead(): Promise<ReadResponse> {
    const start = performance.now();
    const worker = (this.worker ??= this.startWorker());
    return new Promise((resolve) => {
      const settle = (response: ReadResponse) => {
        clearTimeout(hangTimer);
        worker.off('message', settle).off('error', onError).off('exit', onExit);
        resolve(response);
      };
      const fail = (cause: ReadCause, message: string) =>
        settle({ durationSeconds: (performance.now() - start) / 1000, cause, message });
      const onError = (error: unknown) => fail('worker', `the worker thread failed: ${String(error)}`);
      const onExit = (code: number) => fail('worker', `the worker thread exited with code ${code}`);
      const workerTimeoutMs = this.options.workerTimeoutMs ?? 15_000;
      const hangTimer = setTimeout(() => {
        this.worker = undefined;
        void worker.terminate();
        fail('timeout', `no response for ${workerTimeoutMs / 1000} s`);
      }, workerTimeoutMs);
      worker.on('message', settle).on('error', onError).on('exit', onExit);
      worker.postMessage('read');
    });
  }

  private startWorker(): Worker {
    const { file, customMetricNaming = 'prefixed', workerScript, onRows } = this.options;
    const worker = new Worker(workerScript, {
      workerData: { knowledgeBase: file, customMetricNaming, withRows: onRows !== undefined } satisfies WorkerOptions,
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 12 },
    });
    const forget = () => {
      this.worker = this.worker === worker ? undefined : this.worker;
    };
    return worker.on('error', forget).on('exit', forget);
  }
}
