/** A Loki for tests of live lines: sockets and answers as the test says. */
import { toNanoseconds, type LinePage, type LineRequest, type LogEntry } from '../data/logs/logEntries';
import type { TailTransport } from '../pages/logs/live/logTail';

export const LABELS = { namespace: 'robots', pod: 'p' };

/** A line at so many milliseconds. */
export const createLine = (ms: number, text: string, labels: Record<string, string> = LABELS): LogEntry => ({
  time: toNanoseconds(ms),
  text,
  labels,
});

export class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  isClosed = false;

  open() {
    this.onopen?.();
  }
  emit(entries: readonly LogEntry[], droppedAt: readonly number[] = []) {
    this.onmessage?.({
      data: JSON.stringify({
        streams: entries.map(({ time, text, labels }) => ({ stream: labels, values: [[String(time), text]] })),
        dropped_entries: droppedAt.map((ms) => ({ labels: LABELS, timestamp: String(toNanoseconds(ms)) })),
      }),
    });
  }
  end(code: number, reason = '') {
    this.onclose?.({ code, reason });
  }
  close() {
    this.isClosed = true;
  }
}

export class FakeTail implements TailTransport {
  readonly sockets: FakeSocket[] = [];
  readonly expressions: string[] = [];
  readonly requests: LineRequest[] = [];
  /** What Loki holds; queries find it, and the stream brings only what the test brings. */
  stored: LogEntry[] = [];
  failure?: unknown;
  /** Whether no query is answered. */
  hangs = false;
  cancelled = 0;

  get socket(): FakeSocket {
    return this.sockets[this.sockets.length - 1];
  }

  open = ({ expr }: { expr: string }) => {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    this.expressions.push(expr);
    return socket as unknown as WebSocket;
  };

  query = async (request: LineRequest, signal: AbortSignal): Promise<LinePage> => {
    this.requests.push(request);
    if (this.hangs) {
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => {
          this.cancelled++;
          reject(signal.reason);
        })
      );
    }
    if (this.failure !== undefined) {
      throw this.failure;
    }
    const entries = this.stored
      .filter(({ time }) => time >= request.start && time < request.end)
      .sort((a, b) => (a.time < b.time ? 1 : -1))
      .slice(0, request.limit);
    // Each answer has objects of its own, as JSON gives them.
    return { entries: entries.map((each) => ({ ...each, labels: { ...each.labels } })), cost: { bytes: 0, lines: 0 } };
  };

  /** Keeps lines, and brings them over the socket too. */
  write(...entries: LogEntry[]) {
    this.stored.push(...entries);
    this.socket.emit(entries);
  }
}
