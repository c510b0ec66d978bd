import { JOURNAL_VERSION, serializeEntry, type JournalEntry, type What } from '../../src/sedna/journal';
import { toTime, type Draft } from './diff/draft';
import type { JournalOutput } from './output';
import type { Progress, ProgressChange } from './progress';

export interface JournalOptions {
  output: JournalOutput;
  progress: Progress;
  /** Age in milliseconds up to which a line gets the time of the thing itself; an older one gets the time it was seen. */
  maxLineAgeMs: number;
  onWritten: (what: What) => void;
  now?: () => number;
}

/** Turns drafts into entries, writes them in order, and then saves that they are written. */
export class Journal {
  private seq = 0;

  constructor(private readonly options: JournalOptions) {}

  /** Queues entries. A crash before they are written leaves the progress as it was, so that they are written again. */
  write(drafts: readonly Draft[], changes: readonly ProgressChange[]): void {
    const { output, progress, onWritten } = this.options;
    const entries = drafts.map((draft) => this.toEntry(draft));
    output.push({
      lines: entries.map(serializeEntry),
      onWritten: () => {
        entries.forEach(({ what }) => onWritten(what));
        progress.save(changes);
      },
    });
  }

  private toEntry({ what, id, time: ownTime, ...draft }: Draft): JournalEntry {
    const nowMs = (this.options.now ?? Date.now)();
    const seen = new Date(nowMs).toISOString();
    const time = toTime(ownTime) ?? seen;
    const age = nowMs - Date.parse(time);
    // The clock of a node may be ahead.
    const at = age >= 0 && age <= this.options.maxLineAgeMs ? time : seen;
    return { v: JOURNAL_VERSION, what, id, time, seen, seq: this.seq++, at, ...draft } as JournalEntry;
  }
}
