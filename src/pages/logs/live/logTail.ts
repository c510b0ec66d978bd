/**
 * Follows a query for log lines: over Loki's tail, with what that misses filled in by queries; by queries alone where
 * it is not to be had. Knows neither React nor Grafana, so that it runs where no browser is.
 */
import type { LinePage, LineRequest, LogEntry } from '../../../data/logs/logEntries';
import { LineBuffer } from './lineBuffer';

/** How Loki is reached. */
export interface TailWay {
  /** Opens Loki's tail. @param request `start` in Unix nanoseconds, `limit` in lines from before */
  open(request: { expr: string; start: bigint; limit: number }): WebSocket;
  /** Asks for lines; rejects with what is to be told. */
  query(request: LineRequest, signal: AbortSignal): Promise<LinePage>;
}

/** Why there is no stream: it could not be opened, it was closed, or it brought nothing where a query found lines. */
export interface Loss {
  cause: 'refused' | 'closed' | 'silent';
  /** In Loki's words, or the code of the WebSocket; empty where there are none. */
  detail: string;
}

export type TailState =
  | { is: 'connecting' }
  /** `unchecked`: the error of the query that looks for missed lines. */
  | { is: 'streaming'; unchecked?: unknown }
  | { is: 'polling'; because: Loss }
  /** Neither stream nor query; both are tried on. */
  | { is: 'failed'; error: unknown };

export interface TailReport {
  state: TailState;
  /** The newest first, each once; the same array until there are others. */
  entries: readonly LogEntry[];
  /** Lines a second, over some 10 s. */
  rate: number;
  /** Lines taken, without those that were there at the start. */
  received: number;
  /** Lines that Loki says it left out of the stream. */
  dropped: number;
  /** Lines that the stream missed and a query found. */
  filled: number;
  /** Lines that gave way to newer ones. */
  trimmed: number;
}

export interface TailOptions {
  way: TailWay;
  expr: string;
  /** Unix milliseconds from which on lines are of interest. */
  start: number;
  /** How many lines are kept at most; at most what Loki answers to one query. */
  keep: number;
  /** Called when something has changed, not more often than people can see. */
  onReport: (report: TailReport) => void;
}

interface TailMessage {
  streams?: Array<{ stream: Record<string, string>; values: Array<[string, string]> }> | null;
  dropped_entries?: Array<{ timestamp: string }> | null;
}

const REPORT_MS = 400;
/** Between two queries for what the stream missed. */
const CHECK_MS = 5_000;
/** From the word that lines were dropped to the query for them. */
const DROPPED_MS = 500;
export const POLL_MS = 2_000;
/** How much of what was read is read again, for lines that come late. */
const LATE_MS = 10_000;
/** How far back lines are filled in at most when some come very late. */
const LOOK_BACK_MS = 3_600_000;
/** How far the clocks of nodes may be ahead. */
const AHEAD_MS = 3_600_000;
/** An open socket without lines counts as a stream after this: Loki opens it before it refuses. */
const SETTLE_MS = 1_500;
/** A stream that held so long is no failure when it ends; Loki ends it after an hour. */
const STABLE_MS = 30_000;
const RETRY_MS = [1_000, 2_000, 30_000];
/** Lines from before that the tail may bring: what fits into one message, as more of them are dropped. */
const TAIL_HISTORY = 100;
const RATE_MS = 10_000;

const nanoseconds = (ms: number) => BigInt(Math.round(ms)) * BigInt(1_000_000);
const later = (a: bigint, b: bigint) => (a > b ? a : b);

export class LogTail {
  private readonly buffer: LineBuffer;
  private readonly abort = new AbortController();
  private readonly first: bigint;

  private socket?: WebSocket;
  private phase: 'connecting' | 'streaming' | 'polling' = 'connecting';
  private loss: Loss = { cause: 'refused', detail: '' };
  private failures = 0;
  private streamingSince?: number;
  private dropped = 0;

  private isChecking = false;
  private checkDue = Infinity;
  private checkError: unknown;
  /** Until when all lines were asked for; the first query has not been answered where there is none. */
  private checkedUntil?: bigint;
  /** The oldest that the stream named since. */
  private oldestNamed?: bigint;
  private messages = 0;
  /** Queries one after another that found lines while the stream brought none. */
  private silence = 0;

  private timers: Partial<Record<'report' | 'check' | 'settle' | 'retry', ReturnType<typeof setTimeout>>> = {};
  private marks: Array<[ms: number, received: number]> = [[Date.now(), 0]];

  constructor(private readonly options: TailOptions) {
    this.buffer = new LineBuffer(options.keep);
    this.first = nanoseconds(options.start);
  }

  start(): void {
    this.report();
    this.connect();
    this.checkIn(0);
  }

  /** Closes the stream and drops the query that is under way; nothing is reported any more. */
  stop(): void {
    this.abort.abort();
    Object.values(this.timers).forEach(clearTimeout);
    this.dropSocket();
  }

  /** Forgets the lines so far; none of them comes again. */
  clear(): void {
    this.buffer.clear();
    this.report();
  }

  private after(name: keyof LogTail['timers'], ms: number, act: () => void): void {
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(() => {
      this.timers[name] = undefined;
      act();
    }, ms);
  }

  private connect(): void {
    let isOpen = false;
    try {
      this.socket = this.options.way.open({
        expr: this.options.expr,
        start: this.windowStart(),
        limit: TAIL_HISTORY,
      });
    } catch (error) {
      this.lose({ cause: 'refused', detail: error instanceof Error ? error.message : String(error) });
      return;
    }
    this.socket.onopen = () => {
      isOpen = true;
      this.after('settle', SETTLE_MS, () => this.streams());
      this.checkIn(0);
    };
    this.socket.onmessage = ({ data }) => {
      this.streams();
      this.take(JSON.parse(data) as TailMessage);
    };
    this.socket.onclose = ({ code, reason }) =>
      this.lose(isOpen ? { cause: 'closed', detail: reason || String(code) } : { cause: 'refused', detail: '' });
  }

  private dropSocket(): void {
    const { socket } = this;
    this.socket = undefined;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  private streams(): void {
    if (this.phase !== 'streaming') {
      this.phase = 'streaming';
      this.streamingSince = Date.now();
      this.report();
    }
  }

  private lose(loss: Loss): void {
    this.dropSocket();
    clearTimeout(this.timers.settle);
    if (this.phase === 'streaming' && Date.now() - this.streamingSince! >= STABLE_MS) {
      this.failures = 0;
    }
    this.loss = loss;
    this.silence = 0;
    const wait = RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)];
    this.phase = this.failures < RETRY_MS.length ? 'connecting' : 'polling';
    this.after('retry', wait, () => this.connect());
    this.checkIn(POLL_MS);
    this.report();
  }

  private take({ streams, dropped_entries: dropped }: TailMessage): void {
    this.messages++;
    this.silence = 0;
    for (const { stream, values } of streams ?? []) {
      for (const [time, text] of values) {
        this.name(time);
        this.buffer.addStreamed({ time: BigInt(time), text, labels: stream });
      }
    }
    if (dropped?.length) {
      this.dropped += dropped.length;
      dropped.forEach(({ timestamp }) => this.name(timestamp));
      this.checkIn(DROPPED_MS);
    }
    this.changed();
  }

  private name(time: string): void {
    const named = BigInt(time);
    if (this.oldestNamed === undefined || named < this.oldestNamed) {
      this.oldestNamed = named;
    }
  }

  /** From where on lines have to be read: again what may have come late, and back to the oldest that did. */
  private windowStart(): bigint {
    if (this.checkedUntil === undefined) {
      return this.first;
    }
    let from = this.checkedUntil - nanoseconds(LATE_MS);
    if (this.oldestNamed !== undefined && this.oldestNamed < from) {
      from = later(this.oldestNamed, nanoseconds(Date.now() - LOOK_BACK_MS));
    }
    return later(this.first, from);
  }

  /** Asks for missed lines after so many milliseconds, or sooner if that is planned. */
  private checkIn(ms: number): void {
    const due = Date.now() + ms;
    if (due < this.checkDue) {
      this.checkDue = due;
      if (!this.isChecking) {
        this.after('check', ms, () => void this.check());
      }
    }
  }

  private async check(): Promise<void> {
    const { way, expr, keep } = this.options;
    const asked = Date.now();
    const start = this.windowStart();
    const { oldestNamed, messages } = this;
    const shouldHaveCome = this.streamingSince !== undefined && this.phase !== 'polling';
    this.isChecking = true;
    this.checkDue = Infinity;
    this.oldestNamed = undefined;
    try {
      // Backward: of more lines than are kept, the newest are wanted, and one page holds them.
      const end = nanoseconds(asked + AHEAD_MS);
      const page = await way.query({ expr, start, end, limit: keep, direction: 'backward' }, this.abort.signal);
      if (!this.abort.signal.aborted) {
        const kind = this.checkedUntil === undefined ? 'history' : shouldHaveCome ? 'missed' : 'polled';
        const added = this.buffer.addQueried([...page.entries].reverse(), kind);
        this.checkedUntil = nanoseconds(asked);
        this.checkError = undefined;
        this.watch(added, messages);
      }
    } catch (error) {
      this.checkError = error;
      this.oldestNamed = oldestNamed;
    }
    this.isChecking = false;
    if (!this.abort.signal.aborted) {
      const due = Math.min(this.checkDue, Date.now() + (this.phase === 'streaming' ? CHECK_MS : POLL_MS));
      this.checkDue = Infinity;
      this.checkIn(Math.max(0, due - Date.now()));
      this.changed();
    }
  }

  /** A socket can be dead without being closed: lines are there, and it brings none. */
  private watch(added: number, messagesBefore: number): void {
    if (this.phase === 'streaming' && added > 0 && this.messages === messagesBefore && ++this.silence > 1) {
      this.lose({ cause: 'silent', detail: '' });
    }
  }

  private changed(): void {
    if (this.timers.report === undefined) {
      this.after('report', REPORT_MS, () => this.report());
    }
  }

  private report(): void {
    clearTimeout(this.timers.report);
    this.timers.report = undefined;
    const { buffer, dropped } = this;
    const entries = buffer.newest();
    const { received, filled, trimmed } = buffer;
    this.options.onReport({ state: this.state(), entries, rate: this.rate(), received, dropped, filled, trimmed });
  }

  private state(): TailState {
    if (this.phase === 'streaming') {
      return { is: 'streaming', unchecked: this.checkError };
    }
    if (this.checkError !== undefined) {
      return { is: 'failed', error: this.checkError };
    }
    return this.phase === 'polling' ? { is: 'polling', because: this.loss } : { is: 'connecting' };
  }

  private rate(): number {
    const now = Date.now();
    const { marks } = this;
    marks.push([now, this.buffer.received]);
    while (marks.length > 2 && marks[1][0] <= now - RATE_MS) {
      marks.shift();
    }
    const [from, before] = marks[0];
    // Within the first second a few lines would look like many.
    return (1000 * (this.buffer.received - before)) / Math.max(1000, now - from);
  }
}
