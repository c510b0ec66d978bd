import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { SelfMetrics } from '../selfMetrics';
import type { CustomMetricNames } from './customNames';
import { READ_CAUSES, ROW_CAUSES, type ReadCause } from './problems';
import type { ReadAnswer, WorkerOptions } from './worker';

export interface KnowledgeBaseSourceOptions {
  /** Path of the SQLite file. */
  file: string;
  /** `prefixed` unless told. */
  customMetricNames?: CustomMetricNames;
  /** Script that calls `runWorker` in a worker thread. */
  workerScript: string;
  metrics: SelfMetrics;
  log: (line: string) => void;
  /** Milliseconds that a scrape waits for fresh values; after that it gets the last good ones. */
  maxWaitMs?: number;
  /** Milliseconds for which values count as fresh. */
  freshMs?: number;
  /** Milliseconds after which a worker thread that does not answer is replaced. */
  hangMs?: number;
}

const NOTHING = new Uint8Array();
const SOURCE = 'knowledge_base';
/** At most this many left-out rows of a read are written to the log; all are counted. */
const LOGGED_PROBLEMS = 20;

/**
 * The knowledge base as a source of series: reads it in a worker thread when it is asked, and keeps the last good
 * values.
 */
export class KnowledgeBaseSource {
  private worker?: Worker;
  private reading?: Promise<void>;
  private freshUntil = 0;
  private lastCause?: ReadCause;
  private text?: Uint8Array;
  private closed = false;

  constructor(private readonly options: KnowledgeBaseSourceOptions) {
    options.metrics.declareErrors(SOURCE, [...READ_CAUSES, ...ROW_CAUSES]);
    options.metrics.knowledgeBaseUp(false);
  }

  /** Whether there are values, fresh or not. */
  get hasData(): boolean {
    return this.text !== undefined;
  }

  /**
   * Series in Prometheus' text format (UTF-8): fresh ones where they come in time, else the last good ones; never
   * rejects.
   */
  async collect(): Promise<Uint8Array> {
    if (!this.closed && Date.now() >= this.freshUntil) {
      this.reading ??= this.read().finally(() => (this.reading = undefined));
      const giveUp = new AbortController();
      const timeout = sleep(this.options.maxWaitMs ?? 4_000, undefined, { signal: giveUp.signal }).catch(
        () => undefined
      );
      await Promise.race([this.reading, timeout]);
      giveUp.abort();
    }
    return this.text ?? NOTHING;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.worker?.terminate();
  }

  private async read(): Promise<void> {
    const { metrics, log, freshMs = 1_000 } = this.options;
    const answer = await this.ask();
    if (this.closed) {
      return;
    }
    this.freshUntil = Date.now() + freshMs;
    metrics.readDuration(SOURCE, answer.durationSeconds);
    if ('text' in answer) {
      this.text = answer.text;
      metrics.succeeded(SOURCE);
      answer.newProblems.forEach(({ cause }) => metrics.error(SOURCE, cause));
      answer.newProblems
        .slice(0, LOGGED_PROBLEMS)
        .forEach(({ cause, where, detail }) => log(`knowledge base: left out ${where} (${cause}): ${detail}`));
    } else {
      metrics.error(SOURCE, answer.cause);
    }
    const cause = 'cause' in answer ? answer.cause : undefined;
    metrics.knowledgeBaseUp(cause === undefined);
    if (cause !== this.lastCause) {
      log('cause' in answer ? `knowledge base: ${answer.cause}: ${answer.message}` : 'knowledge base: readable again');
    }
    this.lastCause = cause;
  }

  /** Asks the worker thread; one that hangs is ended, and one that ended is replaced at the next read. */
  private ask(): Promise<ReadAnswer> {
    const start = performance.now();
    const worker = (this.worker ??= this.startWorker());
    return new Promise((resolve) => {
      const settle = (answer: ReadAnswer) => {
        clearTimeout(hang);
        worker.off('message', settle).off('error', onError).off('exit', onExit);
        resolve(answer);
      };
      const fail = (cause: ReadCause, message: string) =>
        settle({ durationSeconds: (performance.now() - start) / 1000, cause, message });
      const onError = (error: unknown) => fail('worker', `the reading thread failed: ${String(error)}`);
      const onExit = (code: number) => fail('worker', `the reading thread ended with code ${code}`);
      const hangMs = this.options.hangMs ?? 15_000;
      const hang = setTimeout(() => {
        this.worker = undefined;
        void worker.terminate();
        fail('timeout', `no answer for ${hangMs / 1000} s`);
      }, hangMs);
      worker.on('message', settle).on('error', onError).on('exit', onExit);
      worker.postMessage('read');
    });
  }

  private startWorker(): Worker {
    const { file, customMetricNames = 'prefixed', workerScript } = this.options;
    const worker = new Worker(workerScript, {
      workerData: { knowledgeBase: file, customMetricNames } satisfies WorkerOptions,
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 12 },
    });
    const forget = () => {
      this.worker = this.worker === worker ? undefined : this.worker;
    };
    return worker.on('error', forget).on('exit', forget);
  }
}
