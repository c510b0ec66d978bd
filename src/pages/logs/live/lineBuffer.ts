/** The newest lines of a query that is followed, each once, however often and on whichever way it came. */
import { getEntryKey, type LogEntry } from '../../../data/logs/logEntries';

/** How many lines are remembered so as not to take them twice, as a multiple of those that are kept. */
const REMEMBERED = 8;

const newestFirst = (a: LogEntry, b: LogEntry) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0);

export class LineBuffer {
  /** Lines taken, but for those that were there before. */
  received = 0;
  /** Lines that a query found and the stream did not bring. */
  filled = 0;
  /** Lines taken that are not kept, because newer ones are. */
  trimmed = 0;

  private kept: readonly LogEntry[] = [];
  private arrived: LogEntry[] = [];
  /** By key, whether it is counted as filled in. */
  private seen = new Map<string, boolean>();

  /** @param keep how many lines are kept at most */
  constructor(private readonly keep: number) {}

  /** Takes a line of the stream. */
  addStreamed(entry: LogEntry): void {
    const key = getEntryKey(entry);
    const wasFilled = this.seen.get(key);
    if (wasFilled === undefined) {
      this.add(key, entry, false);
      this.received++;
    } else if (wasFilled) {
      // The query was faster than the stream: nothing was missed.
      this.seen.set(key, false);
      this.filled--;
    }
  }

  /**
   * Takes lines of a query, and tells how many of them are new.
   * @param kind `history`: from before; `polled`: no stream could have brought them; `missed`: one should have
   */
  addQueried(entries: readonly LogEntry[], kind: 'history' | 'polled' | 'missed'): number {
    let added = 0;
    for (const entry of entries) {
      const key = getEntryKey(entry);
      if (!this.seen.has(key)) {
        this.add(key, entry, kind === 'missed');
        added++;
      } else if (kind === 'history') {
        // The stream told of it first.
        this.received--;
      }
    }
    this.received += kind === 'history' ? 0 : added;
    this.filled += kind === 'missed' ? added : 0;
    return added;
  }

  /** Lines that are kept, the newest first; the same array until another line is. */
  newest(): readonly LogEntry[] {
    if (this.arrived.length > 0) {
      // Stable: of one time, those that came last are first, and stay where they are.
      const all = [...this.arrived.reverse(), ...this.kept].sort(newestFirst);
      this.arrived = [];
      this.kept = all.slice(0, this.keep);
      this.trimmed += all.length - this.kept.length;
    }
    return this.kept;
  }

  /** Forgets what is kept; none of it comes again. */
  clear(): void {
    this.arrived = [];
    this.kept = [];
  }

  private add(key: string, entry: LogEntry, isFilled: boolean): void {
    this.seen.set(key, isFilled);
    if (this.seen.size > this.keep * REMEMBERED) {
      this.seen.delete(this.seen.keys().next().value!);
    }
    this.arrived.push(entry);
    if (this.arrived.length >= this.keep) {
      this.newest();
    }
  }
}
