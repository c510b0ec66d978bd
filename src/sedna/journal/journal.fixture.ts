/** Entries of the journal, for tests. */
import { toJournalCondition } from './condition';
import { JOURNAL_VERSION, type CreatedEntry, type EntryOf, type JournalEntry, type What } from './entry';

const at = (second: number) => new Date(Date.UTC(2026, 10, 30, 5) + second * 1000).toISOString();

/** Message of every condition that the local controller reports. */
const REPORTED = 'reported by lc';

/** A raw condition as Sedna writes it. @param second - after 05:00:00 */
export const rawCondition = (stage: string, type: string, second: number, data?: unknown) => ({
  type,
  status: 'True',
  stage,
  lastHeartbeatTime: at(second).replace('.000Z', 'Z'),
  lastTransitionTime: at(second).replace('.000Z', 'Z'),
  ...(data !== undefined && { message: REPORTED, data: JSON.stringify(data) }),
});

let seq = 0;

/** An entry about a job, with the fields of every entry. @param second - after 05:00:00 */
export const entryOf = <W extends What>(
  what: W,
  second: number,
  body: Omit<EntryOf<W>, keyof CreatedEntry>
): JournalEntry =>
  ({
    v: JOURNAL_VERSION,
    what,
    id: `uid-1:${what}:${seq}`,
    kind: 'LifelongLearningJob',
    namespace: 'default',
    name: 'demo',
    uid: 'uid-1',
    time: at(second),
    seen: at(second),
    seq: seq++,
    at: at(second),
    ...body,
  }) as JournalEntry;

export const journalCondition = (index: number, ...raw: Parameters<typeof rawCondition>) =>
  toJournalCondition('LifelongLearningJob', rawCondition(...raw), index);
