/**
 * Follows a query for log lines over Loki's tail, and recovers lines that the tail misses by queries; polls if the
 * tail isn't available. Has no browser imports, so that tests can follow a real Loki.
 */
import type { LinePage, LineRequest, LogEntry } from '../../../data/logs/logEntries';
import { LineBuffer } from './lineBuffer';

/** Access to Loki. */
export interface TailTransport {
  /** Opens Loki's tail. @param request `start` in Unix nanoseconds; `limit` of lines before the stream starts */
  open(request: { expr: string; start: bigint; limit: number }): WebSocket;
  query(request: LineRequest, signal: AbortSignal): Promise<LinePage>;
}

/** Why there is no stream. */
export interface StreamFailure {
  /** `refused`: never opened; `closed`: by Loki; `stalled`: it sent nothing while a query found new lines. */
  cause: 'refused' | 'closed' | 'stalled';
  /** Loki's reason, or the close code of the WebSocket; may be empty. */
  detail: string;
}

export type TailState =
  | { status: 'connecting' }
  /** `checkError`: the query for missed lines failed. */
  | { status: 'streaming'; checkError?: unknown }
  | { status: 'polling'; failure: StreamFailure }
  /** Both stream and query failed; both are retried. */
  | { status: 'failed'; error: unknown };

export interface TailReport {
  state: TailState;
  /** Newest first, without duplicates; the same array until lines are added. */
  entries: readonly LogEntry[];
  /** Lines per second, over about 10 s. */
  rate: number;
  /** Lines since the start, without the history. */
  received: number;
  /** Lines that Loki reported as dropped from the stream. */
  dropped: number;
  /** Lines that the stream missed and a query found. */
  recovered: number;
  /** Lines removed because newer ones took their place. */
  trimmed: number;
}

export interface TailOptions {
  transport: TailTransport;
  expr: string;
  /** Start of the history (Unix, ms). */
  start: number;
  /** Lines kept, and limit of each query; at most Loki's `max_entries_limit_per_query`. */
  maxLines: number;
  /** Called after changes, at most every 400 ms except when the state changes. */
  onReport: (report: TailReport) => void;
}

interface TailMessage {
  streams?: Array<{ stream: Record<string, string>; values: Array<[string, string]> }> | null;
  dropped_entries?: Array<{ timestamp: string }> | null;
}

const REPORT_MS = 400;
/** Between queries for missed lines. */
const CHECK_MS = 5_000;
/** From a report of dropped lines to the query for them. */
const DROPPED_MS = 500;
export const POLL_MS = 2_000;
/** Overlap of two queries, for lines that reach Loki late. */
const OVERLAP_MS = 10_000;
/** Limit of a longer overlap when lines arrive later than that. */
const MAX_LOOKBACK_MS = 3_600_000;
/** How far the clocks of nodes may be ahead. */
const MAX_CLOCK_LEAD_MS = 3_600_000;
/** Delay until an open socket without lines counts as a stream: Loki opens a socket before it refuses a tail. */
const SETTLE_MS = 1_500;
/** The end of a stream older than this is no failure; Loki ends each one after an hour (`tail_max_duration`). */
const STABLE_MS = 30_000;
const RETRY_MS = [1_000, 2_000, 30_000];
/** History lines over the tail: Loki drops those that don't fit into one message. */
const MAX_TAIL_HISTORY = 100;
const RATE_WINDOW_MS = 10_000;

const toNanoseconds = (ms: number) => BigInt(Math.round(ms)) * BigInt(1_000_000);
const getLater = (a: bigint, b: bigint) => (a > b ? a : b);

export class LogTail {
  private readonly buffer: LineBuffer;
  private readonly abort = new AbortController();
  private readonly historyStart: bigint;

  private socket?: WebSocket;
  private phase: 'connecting' | 'streaming' | 'polling' = 'connecting';
  private failure: StreamFailure = { cause: 'refused', detail: '' };
  private failures = 0;
  private streamingSince?: number;
  private dropped = 0;

  private isChecking = false;
  private checkDue = Infinity;
  private checkError: unknown;
  /** All lines before this time were queried; absent before the first response. */
  private checkedUntil?: bigint;
  /** Oldest timestamp that the stream has sent since the last query started. */
  private oldestStreamed?: bigint;
  private messages = 0;
  /** Queries in a row that found lines while the stream sent none. */
  private stalledChecks = 0;

  private timers: Partial<Record<'report' | 'check' | 'settle' | 'retry', ReturnType<typeof setTimeout>>> = {};
  private rateMarks: Array<[ms: number, received: number]> = [[Date.now(), 0]];

  constructor(private readonly options: TailOptions) {
    this.buffer = new LineBuffer(options.maxLines);
    this.historyStart = toNanoseconds(options.start);
  }

  start(): void {
    this.report();
    this.connect();
    this.scheduleCheck(0);
  }

  /** Closes the stream and cancels the current query; there are no more reports. */
  stop(): void {
    this.abort.abort();
    Object.values(this.timers).forEach(clearTimeout);
    this.closeSocket();
  }

  /** Removes all lines; none of them is added again. */
  clear(): void {
    this.buffer.clear();
    this.report();
  }

  /** Replaces the timer of the same name. */
  private schedule(name: keyof LogTail['timers'], ms: number, callback: () => void): void {
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(() => {
      this.timers[name] = undefined;
      callback();
    }, ms);
  }

  private connect(): void {
    let isOpen = false;
    try {
      this.socket = this.options.transport.open({
        expr: this.options.expr,
        start: this.getWindowStart(),
        limit: MAX_TAIL_HISTORY,
      });
    } catch (error) {
      this.handleFailure({ cause: 'refused', detail: error instanceof Error ? error.message : String(error) });
      return;
    }
    this.socket.onopen = () => {
      isOpen = true;
      this.schedule('settle', SETTLE_MS, () => this.handleStreaming());
      this.scheduleCheck(0);
    };
    this.socket.onmessage = ({ data }) => {
      this.handleStreaming();
      this.handleMessage(JSON.parse(data) as TailMessage);
    };
    this.socket.onclose = ({ code, reason }) =>
      this.handleFailure(
        isOpen ? { cause: 'closed', detail: reason || String(code) } : { cause: 'refused', detail: '' }
      );
  }

  private closeSocket(): void {
    const { socket } = this;
    this.socket = undefined;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  private handleStreaming(): void {
    if (this.phase !== 'streaming') {
      this.phase = 'streaming';
      this.streamingSince = Date.now();
      this.report();
    }
  }

  private handleFailure(failure: StreamFailure): void {
    this.closeSocket();
    clearTimeout(this.timers.settle);
    if (this.phase === 'streaming' && Date.now() - this.streamingSince! >= STABLE_MS) {
      this.failures = 0;
    }
    this.failure = failure;
    this.stalledChecks = 0;
    const delay = RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)];
    this.phase = this.failures < RETRY_MS.length ? 'connecting' : 'polling';
    this.schedule('retry', delay, () => this.connect());
    this.scheduleCheck(POLL_MS);
    this.report();
  }

  private handleMessage({ streams, dropped_entries: dropped }: TailMessage): void {
    this.messages++;
    this.stalledChecks = 0;
    for (const { stream, values } of streams ?? []) {
      for (const [time, text] of values) {
        this.noteStreamed(time);
        this.buffer.addStreamed({ time: BigInt(time), text, labels: stream });
      }
    }
    if (dropped?.length) {
      this.dropped += dropped.length;
      dropped.forEach(({ timestamp }) => this.noteStreamed(timestamp));
      this.scheduleCheck(DROPPED_MS);
    }
    this.scheduleReport();
  }

  private noteStreamed(timestamp: string): void {
    const time = BigInt(timestamp);
    if (this.oldestStreamed === undefined || time < this.oldestStreamed) {
      this.oldestStreamed = time;
    }
  }

  /** Start of the next query: overlaps the last one, back to the oldest line that has arrived since. */
  private getWindowStart(): bigint {
    if (this.checkedUntil === undefined) {
      return this.historyStart;
    }
    let start = this.checkedUntil - toNanoseconds(OVERLAP_MS);
    if (this.oldestStreamed !== undefined && this.oldestStreamed < start) {
      start = getLater(this.oldestStreamed, toNanoseconds(Date.now() - MAX_LOOKBACK_MS));
    }
    return getLater(this.historyStart, start);
  }

  /** Schedules a query for missed lines, unless an earlier one is due. */
  private scheduleCheck(ms: number): void {
    const due = Date.now() + ms;
    if (due < this.checkDue) {
      this.checkDue = due;
      if (!this.isChecking) {
        this.schedule('check', ms, () => void this.check());
      }
    }
  }

  private async check(): Promise<void> {
    const { transport, expr, maxLines } = this.options;
    const startedAt = Date.now();
    const start = this.getWindowStart();
    const { oldestStreamed, messages } = this;
    const hasStream = this.streamingSince !== undefined && this.phase !== 'polling';
    this.isChecking = true;
    this.checkDue = Infinity;
    this.oldestStreamed = undefined;
    try {
      // Backward, so that one page has the newest lines even if there are more.
      const end = toNanoseconds(startedAt + MAX_CLOCK_LEAD_MS);
      const page = await transport.query(
        { expr, start, end, limit: maxLines, direction: 'backward' },
        this.abort.signal
      );
      if (!this.abort.signal.aborted) {
        const kind = this.checkedUntil === undefined ? 'history' : hasStream ? 'missed' : 'polled';
        const added = this.buffer.addQueried([...page.entries].reverse(), kind);
        this.checkedUntil = toNanoseconds(startedAt);
        this.checkError = undefined;
        this.detectStall(added, messages);
      }
    } catch (error) {
      this.checkError = error;
      this.oldestStreamed = oldestStreamed;
    }
    this.isChecking = false;
    if (!this.abort.signal.aborted) {
      const due = Math.min(this.checkDue, Date.now() + (this.phase === 'streaming' ? CHECK_MS : POLL_MS));
      this.checkDue = Infinity;
      this.scheduleCheck(Math.max(0, due - Date.now()));
      this.scheduleReport();
    }
  }

  /** Closes a dead socket: it never closes by itself, but sends nothing while queries find lines. */
  private detectStall(added: number, messagesBefore: number): void {
    if (this.phase === 'streaming' && added > 0 && this.messages === messagesBefore && ++this.stalledChecks > 1) {
      this.handleFailure({ cause: 'stalled', detail: '' });
    }
  }

  private scheduleReport(): void {
    if (this.timers.report === undefined) {
      this.schedule('report', REPORT_MS, () => this.report());
    }
  }

  private report(): void {
    clearTimeout(this.timers.report);
    this.timers.report = undefined;
    const { buffer, dropped } = this;
    const entries = buffer.getNewest();
    const { received, recovered, trimmed } = buffer;
    const [state, rate] = [this.getState(), this.updateRate()];
    this.options.onReport({ state, entries, rate, received, dropped, recovered, trimmed });
  }

  private getState(): TailState {
    if (this.phase === 'streaming') {
      return { status: 'streaming', checkError: this.checkError };
    }
    if (this.checkError !== undefined) {
      return { status: 'failed', error: this.checkError };
    }
    return this.phase === 'polling' ? { status: 'polling', failure: this.failure } : { status: 'connecting' };
  }

  private updateRate(): number {
    const now = Date.now();
    const { rateMarks } = this;
    rateMarks.push([now, this.buffer.received]);
    while (rateMarks.length > 2 && rateMarks[1][0] <= now - RATE_WINDOW_MS) {
      rateMarks.shift();
    }
    const [from, before] = rateMarks[0];
    // At least 1 s, or the first few lines would look like a high rate.
    return (1000 * (this.buffer.received - before)) / Math.max(1000, now - from);
  }
}
