/** Units of simulated time in milliseconds, and the time formats of Sedna's components. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** Formats a time in RFC 3339 with whole seconds, like metav1.Time. */
export function rfc3339(time: number): string {
  return `${new Date(Math.floor(time / SECOND) * SECOND).toISOString().slice(0, 19)}Z`;
}

/** Formats a time in RFC 3339 with microseconds, like metav1.MicroTime in leases. */
export function formatMicroTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 23)}000Z`;
}

/** Formats a time like CURRENT_TIMESTAMP of SQLite: `2026-11-24 03:00:00`. */
export function formatSqlTime(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

interface Entry {
  time: number;
  order: number;
  run: () => void;
}

/** Binary heap of events by time. Events of the same time keep their insertion order. */
export class EventQueue {
  private heap: Entry[] = [];
  private order = 0;

  push(time: number, run: () => void): void {
    const heap = this.heap;
    heap.push({ time, order: this.order++, run });
    let i = heap.length - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(heap[i], heap[parent])) {
        break;
      }
      [heap[i], heap[parent]] = [heap[parent], heap[i]];
      i = parent;
    }
  }

  /** Returns the time of the next event, or Infinity if there is none. */
  nextTime(): number {
    return this.heap[0]?.time ?? Infinity;
  }

  pop(): Entry | undefined {
    const heap = this.heap;
    const top = heap[0];
    const last = heap.pop();
    if (last && heap.length > 0) {
      heap[0] = last;
      this.sink();
    }
    return top;
  }

  private sink(): void {
    const heap = this.heap;
    for (let i = 0; ;) {
      let smallest = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && isBefore(heap[child], heap[smallest])) {
          smallest = child;
        }
      }
      if (smallest === i) {
        return;
      }
      [heap[i], heap[smallest]] = [heap[smallest], heap[i]];
      i = smallest;
    }
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
