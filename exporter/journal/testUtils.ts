/** A journal in memory over a progress file, for tests: it can be killed, and started again over what the cluster has. */
import { parseJournal, type JournalEntry, type What } from '../../src/sedna/journal';
import { findKind, type KindName } from '../../src/sedna/kinds';
import type { WatchTarget } from '../cluster/watcher';
import { Journal } from './journal';
import { JournalOutput } from './output';
import { Progress } from './progress';
import { EventTarget } from './targets/eventTarget';
import { ObjectTarget } from './targets/objectTarget';
import { NodeTarget, PodTarget } from './targets/podTarget';

export interface TestObject {
  kind: string;
  metadata: { uid: string; [field: string]: unknown };
  [field: string]: unknown;
}

export interface TestJournalOptions {
  /** Progress file; none by default. */
  file?: string;
  /** Lines that were written by all exporters. */
  lines: string[];
  now?: () => number;
}

/** An exporter's journal. Without a call of `kill`, each change is written at once. */
export class TestJournal {
  private readonly targets = new Map<string, WatchTarget>();
  private readonly output: JournalOutput;
  private readonly journal: Journal;
  private readonly saved;
  private pods?: PodTarget;
  private alive = true;
  private saving = true;

  constructor({ file, lines, now }: TestJournalOptions) {
    this.output = new JournalOutput({
      bytesPerSecond: 1e12,
      onError: (message) => {
        throw new Error(message);
      },
      write: (bytes) => {
        if (!this.alive) {
          throw Object.assign(new Error('killed'), { code: 'EAGAIN' });
        }
        lines.push(...Buffer.from(bytes).toString().split('\n').filter(Boolean));
        return bytes.length;
      },
    });
    const progress = new Progress({ file, onError: () => undefined });
    this.saved = new Map(progress.saved);
    this.journal = new Journal({
      output: this.output,
      progress: { save: (changes) => this.saving && progress.save(changes) },
      maxLineAgeMs: 1_800_000,
      onWritten: () => undefined,
      now,
    });
  }

  /** Lists all objects, as an exporter does when it starts. */
  async list(kinds: readonly string[], objects: readonly TestObject[]): Promise<void> {
    for (const kind of kinds) {
      const target = this.getTarget(kind);
      target.beginList();
      objects.filter((object) => object.kind === kind).forEach((object) => target.put(object));
      target.endList();
    }
    await this.flush();
  }

  async apply(event: string, object: TestObject): Promise<void> {
    const target = this.getTarget(object.kind);
    if (event === 'DELETED') {
      target.remove(object);
    } else {
      target.put(object);
    }
    await this.flush();
  }

  /** Waits until all is written and saved, unless it is killed. */
  async flush(): Promise<void> {
    while (this.alive && this.output.isBusy) {
      await new Promise(setImmediate);
    }
  }

  /** Nothing is written from now on, and nothing saved. */
  kill(): void {
    this.alive = false;
    void this.output.close().catch(() => undefined);
  }

  /** What is written from now on isn't saved: it is killed between the two. */
  killBeforeSave(): void {
    this.saving = false;
  }

  private getTarget(kind: string): WatchTarget {
    const { journal, saved } = this;
    const create = () => {
      if (kind === 'Pod') {
        return (this.pods = new PodTarget('p/', journal, saved));
      }
      if (kind === 'Event') {
        return new EventTarget(journal, saved, ({ uid = '' }) => this.pods?.findSubject(uid));
      }
      return kind === 'Node'
        ? new NodeTarget('n/', journal, saved)
        : new ObjectTarget({ kind: findKind(kind)!.kind satisfies KindName, journal, saved, isBusy: () => false });
    };
    const target = this.targets.get(kind) ?? create();
    this.targets.set(kind, target);
    return target;
  }
}

/** Parses lines and fails if any isn't an entry. */
export function parseAll(lines: readonly string[]): { entries: JournalEntry[]; repeats: number } {
  const { entries, repeats, skipped } = parseJournal(lines);
  const count = Object.values(skipped).reduce((sum, each) => sum + each, 0);
  if (count > 0) {
    throw new Error(`${count} lines are no entries: ${JSON.stringify(skipped)}`);
  }
  return { entries, repeats };
}

export const countByWhat = (entries: readonly JournalEntry[]) => {
  const counts: Partial<Record<What, number>> = {};
  entries.forEach(({ what }) => (counts[what] = (counts[what] ?? 0) + 1));
  return counts;
};
