import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Lines that belong together, in order. */
export interface Batch {
  lines: readonly string[];
  /** Called once all lines are written. */
  onWritten: () => void;
}

export interface OutputOptions {
  /** Writes text and returns how many bytes it took. @throws if it can't be written */
  write?: (bytes: Uint8Array) => number;
  /** Average limit, so that log rotation and Loki keep up with a first start. */
  bytesPerSecond: number;
  onError: (message: string) => void;
}

/** Bytes that may be written at once, after a time without entries. */
const BURST_SECONDS = 2;
const RETRY_MS = 200;
/** How long a closing output waits for a reader. */
const MAX_CLOSE_MS = 5_000;
const CLOSE_RETRY_MS = 20;
/** What a batch takes beside its lines, in characters. */
const BATCH_LENGTH = 200;

/**
 * Returns a function that writes to standard output. Opening the stream makes a pipe non-blocking: a write to a full one then
 * fails with EAGAIN instead of stopping the whole process until somebody reads.
 */
function createStandardOutputWriter(): (bytes: Uint8Array) => number {
  void process.stdout;
  return (bytes) => writeSync(1, bytes);
}

/** Writes lines in order at a limited rate. Never rejects; what can't be written is tried again. */
export class JournalOutput {
  private readonly queue: Batch[] = [];
  /** Lines of the first batch that are written. */
  private position = 0;
  /** Rest of a line that was written in part. */
  private rest?: Uint8Array;
  private budget: number;
  private refilledAtMs = performance.now();
  private draining?: Promise<void>;
  private readonly closeController = new AbortController();
  private queuedLength = 0;
  private waiting: Array<() => void> = [];

  private readonly write: (bytes: Uint8Array) => number;

  constructor(private readonly options: OutputOptions) {
    this.write = options.write ?? createStandardOutputWriter();
    this.budget = options.bytesPerSecond * BURST_SECONDS;
  }

  /** Number of lines that aren't written yet. */
  get backlog(): number {
    return this.queue.reduce((sum, { lines }) => sum + lines.length, 0) - this.position;
  }

  /** Size of what isn't written yet, in characters. */
  get backlogLength(): number {
    return this.queuedLength;
  }

  /** Whether anything waits to be written. */
  get isBusy(): boolean {
    return this.queue.length > 0;
  }

  push(batch: Batch): void {
    this.queue.push(batch);
    this.queuedLength += getLength(batch);
    this.start();
  }

  private start(): void {
    this.draining ??= this.drain().finally(() => {
      this.draining = undefined;
      if (this.queue.length > 0 && !this.closeController.signal.aborted) {
        this.start();
      }
    });
  }

  /** Waits until the backlog is shorter than a number of characters, or the output is closed. */
  async waitBelow(length: number): Promise<void> {
    while (this.queuedLength >= length && !this.closeController.signal.aborted) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Writes what is left, without the limit, and waits for a reader for some seconds. */
  async close(): Promise<void> {
    this.closeController.abort();
    await this.draining;
    this.budget = Infinity;
    const end = performance.now() + MAX_CLOSE_MS;
    while (this.queue.length > 0) {
      try {
        this.writeNext();
      } catch (error) {
        if (!isFull(error) || performance.now() > end) {
          this.options.onError((error as Error).message);
          break;
        }
        await sleep(CLOSE_RETRY_MS);
      }
    }
    this.notify();
  }

  private async drain(): Promise<void> {
    const { signal } = this.closeController;
    while (this.queue.length > 0 && !signal.aborted) {
      try {
        const delayMs = this.getDelayMs();
        if (delayMs > 0) {
          await sleep(delayMs, undefined, { signal }).catch(() => undefined);
          continue;
        }
        this.writeNext();
      } catch (error) {
        if (!isFull(error)) {
          this.options.onError((error as Error).message);
        }
        await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Writes the next lines of the first batch, as many as are allowed now. */
  private writeNext(): void {
    const batch = this.queue[0];
    while (this.position < batch.lines.length && this.budget > 0) {
      const bytes = this.rest ?? Buffer.from(`${batch.lines[this.position]}\n`);
      const count = this.write(bytes);
      this.budget -= count;
      if (count < bytes.length) {
        this.rest = bytes.subarray(count);
        continue;
      }
      this.rest = undefined;
      this.position++;
    }
    if (this.position === batch.lines.length) {
      this.queue.shift();
      this.position = 0;
      this.queuedLength -= getLength(batch);
      batch.onWritten();
      this.notify();
    }
  }

  private getDelayMs(): number {
    const { bytesPerSecond } = this.options;
    const now = performance.now();
    this.budget = Math.min(
      bytesPerSecond * BURST_SECONDS,
      this.budget + ((now - this.refilledAtMs) / 1000) * bytesPerSecond
    );
    this.refilledAtMs = now;
    return this.budget > 0 ? 0 : Math.max(10, (-this.budget / bytesPerSecond) * 1000);
  }

  private notify(): void {
    const waiting = this.waiting;
    this.waiting = [];
    waiting.forEach((resolve) => resolve());
  }
}

/** Whether nobody reads what was written before. */
const isFull = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EAGAIN';

const getLength = ({ lines }: Batch) => lines.reduce((sum, { length }) => sum + length + 1, BATCH_LENGTH);
