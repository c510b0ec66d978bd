/** Units of simulated time, in milliseconds, and how Sedna's parts write a time. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** RFC 3339 in whole seconds, as metav1.Time. */
export function rfc3339(time: number): string {
  return `${new Date(Math.floor(time / SECOND) * SECOND).toISOString().slice(0, 19)}Z`;
}

/** RFC 3339 in microseconds, as metav1.MicroTime in leases. */
export function formatMicroTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 23)}000Z`;
}

/** `2026-11-24 03:00:00`: SQLite's CURRENT_TIMESTAMP. */
export function formatSqlTime(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

interface Entry {
  time: number;
  order: number;
  run: () => void;
}

/** Events by time; those of the same time run in the order in which they were put in. */
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

  /** Time of the next event; Infinity when there is none. */
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
