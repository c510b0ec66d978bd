import type { KnowledgeBaseRows } from '../../knowledge-base/rows';
import { diffKnowledgeBase, toKnowledgeBaseState, type KnowledgeBaseState } from '../diff/knowledgeBaseDiff';
import type { Journal } from '../journal';
import type { ProgressChange, SavedState } from '../progress';

const PREFIX = 'k/';
const COUNT_KEY = 'kb';

/** Tasks, groups, models, and samples of the knowledge base. */
export class KnowledgeBaseTarget {
  private state: KnowledgeBaseState;
  /** Number of reads in which something had changed. */
  private changes: number;

  constructor(
    private readonly journal: Journal,
    saved: ReadonlyMap<string, SavedState>
  ) {
    const rows = [...saved].filter(([key]) => key.startsWith(PREFIX));
    this.state = new Map(
      rows.map(([key, { state }]) => [key.slice(PREFIX.length), state as Record<string, string | number>])
    );
    const changes = saved.get(COUNT_KEY)?.state.changes;
    this.changes = typeof changes === 'number' ? changes : 0;
  }

  put(rows: KnowledgeBaseRows): void {
    const next = toKnowledgeBaseState(rows);
    const before = this.state;
    const drafts = diffKnowledgeBase(before, next, this.changes);
    // Without room, the next read shows the same.
    if (drafts.length === 0 || !this.journal.hasRoom(drafts, 'state')) {
      return;
    }
    this.state = next;
    const changes = ++this.changes;
    const keys = new Set([...before.keys(), ...next.keys()]);
    const changed = [...keys].filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(next.get(key)));
    this.journal.write(drafts, [
      ...changed.map((key): ProgressChange => {
        const row = next.get(key);
        return { key: PREFIX + key, ...(row && { get: () => ({ state: row }) }) };
      }),
      { key: COUNT_KEY, get: () => ({ state: { changes } }) },
    ]);
  }
}
