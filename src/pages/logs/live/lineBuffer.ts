/** The newest lines of a live query, deduplicated across stream and queries. */
import { getEntryKey, type LogEntry } from '../../../data/logs/logEntries';

/** Keys of past lines kept for deduplication, as a multiple of the lines kept. */
const SEEN_FACTOR = 8;

const compareNewestFirst = (a: LogEntry, b: LogEntry) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0);

export class LineBuffer {
  /** Lines added, except those of the history. */
  received = 0;
  /** Lines that the stream missed and a query found. */
  recovered = 0;
  /** Lines removed because newer ones took their place. */
  trimmed = 0;

  private lines: readonly LogEntry[] = [];
  private arrived: LogEntry[] = [];
  /** By key, whether the line counts as recovered. */
  private seen = new Map<string, boolean>();

  constructor(private readonly maxLines: number) {}

  addStreamed(entry: LogEntry): void {
    const key = getEntryKey(entry);
    const wasRecovered = this.seen.get(key);
    if (wasRecovered === undefined) {
      this.add(key, entry, false);
      this.received++;
    } else if (wasRecovered) {
      // The query was only faster than the stream, which didn't miss the line.
      this.seen.set(key, false);
      this.recovered--;
    }
  }

  /**
   * Adds lines of a query, oldest first, and returns how many are new.
   * @param kind `history`: from before the start; `polled`: without a stream; `missed`: the stream should have sent them
   */
  addQueried(entries: readonly LogEntry[], kind: 'history' | 'polled' | 'missed'): number {
    let added = 0;
    for (const entry of entries) {
      const key = getEntryKey(entry);
      if (!this.seen.has(key)) {
        this.add(key, entry, kind === 'missed');
        added++;
      } else if (kind === 'history') {
        // The stream sent a line of the history before the query returned it.
        this.received--;
      }
    }
    this.received += kind === 'history' ? 0 : added;
    this.recovered += kind === 'missed' ? added : 0;
    return added;
  }

  /** Returns the lines, newest first; the same array until lines are added. */
  getNewest(): readonly LogEntry[] {
    if (this.arrived.length > 0) {
      // The sort is stable: of equal timestamps the last arrival is first and stays in place.
      const all = [...this.arrived.reverse(), ...this.lines].sort(compareNewestFirst);
      this.arrived = [];
      this.lines = all.slice(0, this.maxLines);
      this.trimmed += all.length - this.lines.length;
    }
    return this.lines;
  }

  /** Removes all lines; none of them is added again. */
  clear(): void {
    this.arrived = [];
    this.lines = [];
  }

  private add(key: string, entry: LogEntry, isRecovered: boolean): void {
    this.seen.set(key, isRecovered);
    if (this.seen.size > this.maxLines * SEEN_FACTOR) {
      this.seen.delete(this.seen.keys().next().value!);
    }
    this.arrived.push(entry);
    if (this.arrived.length >= this.maxLines) {
      this.getNewest();
    }
  }
}
