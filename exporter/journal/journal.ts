import { JOURNAL_VERSION, serializeEntry, type JournalEntry, type What } from '../../src/sedna/journal';
import { toTime, type Draft } from './diff/draft';
import type { JournalOutput } from './output';
import type { Progress, ProgressChange } from './progress';

export interface JournalOptions {
  output: JournalOutput;
  progress: Pick<Progress, 'save'>;
  /** Age in milliseconds up to which a line gets the time of the thing itself; an older one gets the time it was seen. */
  maxLineAgeMs: number;
  onWritten: (what: What) => void;
  /** Called when a change of an object has to wait. */
  onPostponed?: () => void;
  /** Called when entries of an object that is gone are lost. */
  onLost?: () => void;
  now?: () => number;
  /** Name of the cluster, for every entry. */
  cluster?: string;
  /** Characters that may wait to be written, {@link MAX_BACKLOG_LENGTH} by default. */
  maxBacklogLength?: number;
}

/** `state`: the next version of the object shows the same again. `last`: none follows. */
export type Room = 'state' | 'last';

/** Ten minutes of 1,000 jobs with a round an hour. Twice as much may wait of what can't be derived from objects again. */
const MAX_BACKLOG_LENGTH = 4_000_000;

const UNREPEATABLE: ReadonlySet<What> = new Set(['condition-replaced', 'conditions-lost']);

/** Turns drafts into entries, writes them in order, and then saves that they are written. */
export class Journal {
  private seq = 0;

  constructor(private readonly options: JournalOptions) {}

  /** Whether entries may be queued. While standard output can't be written, memory must not grow. */
  hasRoom(drafts: readonly Draft[], room: Room): boolean {
    const { output, maxBacklogLength = MAX_BACKLOG_LENGTH } = this.options;
    const isLast = room === 'last' || drafts.some(({ what }) => UNREPEATABLE.has(what));
    return output.backlogLength < maxBacklogLength * (isLast ? 2 : 1);
  }

  countPostponed(): void {
    this.options.onPostponed?.();
  }

  countLost(): void {
    this.options.onLost?.();
  }

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
    const { cluster } = this.options;
    const common = { v: JOURNAL_VERSION, what, id, ...(cluster !== undefined && { cluster }) };
    return { ...common, time, seen, seq: this.seq++, at, ...draft } as JournalEntry;
  }
}
