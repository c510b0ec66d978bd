import type { JournalEntry } from '../../sedna/journal';
import { entryOf, journalCondition } from '../../sedna/journal/journal.fixture';
import { lokiWithJournal, moveEntries } from '../../test/fakeJournal';
import { mockGrafana } from '../../test/mockGrafana';
import { fetchObjectJournal, PAGE_LINES, type ObjectJournal } from './fetchJournal';

const NOW = Date.UTC(2026, 10, 30, 12);
const HOUR = 3_600_000;
const ref = { kind: 'LifelongLearningJob', namespace: 'default', name: 'demo' } as const;
const range = { from: NOW - HOUR, to: NOW };

/** A condition that was written some seconds before now. */
const condition = (index: number, secondsAgo: number): JournalEntry =>
  moveEntries(
    [{ ...entryOf('condition', 0, { condition: journalCondition(index, 'Train', 'Ready', 0) }), id: `c${index}` }],
    Date.UTC(2026, 10, 30, 5),
    NOW - secondsAgo * 1000
  )[0];

const indexes = ({ entries }: ObjectJournal) =>
  entries.map((entry) => (entry.what === 'condition' ? entry.condition.index : -1));

function start(entries: readonly JournalEntry[]) {
  const loki = lokiWithJournal(entries);
  mockGrafana({ dataSources: [loki] });
  return loki;
}

describe('fetchObjectJournal', () => {
  it('has no repeats where many entries at a page border have one time', async () => {
    const count = PAGE_LINES + 500;
    start(Array.from({ length: count }, (_, index) => condition(index, index < 700 ? 300 : 200)));
    const first = await fetchObjectJournal(ref, range, { pages: 1 });
    expect([first.entries.length, first.isComplete]).toEqual([PAGE_LINES, false]);
    const whole = await fetchObjectJournal(ref, range, { pages: 5, known: first });
    expect(new Set(indexes(whole)).size).toBe(count);
    expect(whole.entries).toHaveLength(count);
    expect(whole.isComplete).toBe(true);
  });

  it('fetches only the last minutes again, with lines that came late', async () => {
    start([condition(0, 3000), condition(1, 60)]);
    const known = await fetchObjectJournal(ref, range, { pages: 1 });
    const loki = start([condition(0, 3000), condition(1, 60), condition(2, 30), condition(3, -10)]);
    const later = { from: range.from + 15_000, to: NOW + 15_000 };
    const next = await fetchObjectJournal(ref, later, { pages: 1, known });
    expect(indexes(next)).toEqual([0, 1, 2, 3]);
    expect(loki.asked).toHaveLength(1);
  });

  it('starts again for an earlier time range', async () => {
    start([condition(1, 60), condition(0, 5000)]);
    const known = await fetchObjectJournal(ref, { ...range, from: NOW - 10_000 }, { pages: 1 });
    const earlier = await fetchObjectJournal(ref, { from: NOW - 2 * HOUR, to: NOW }, { pages: 1, known });
    expect(indexes(earlier)).toEqual([0, 1]);
  });

  it('needs nothing older for a part of the range that is loaded', async () => {
    start(Array.from({ length: PAGE_LINES + 10 }, (_, index) => condition(index, PAGE_LINES + 10 - index)));
    const known = await fetchObjectJournal(ref, range, { pages: 1 });
    expect(known.isComplete).toBe(false);
    const narrow = { from: NOW - 60_000, to: NOW };
    const next = await fetchObjectJournal(ref, narrow, { pages: 3, known });
    expect([next.isComplete, next.hasLookback]).toEqual([true, true]);
  });

  it('looks before the range only for an object that is older', async () => {
    const young = start([condition(0, 60)]);
    await fetchObjectJournal(ref, range, { pages: 1 });
    expect(young.asked).toHaveLength(1);
    const old = start([condition(4, 9000), condition(5, 60)]);
    expect(indexes(await fetchObjectJournal(ref, range, { pages: 1 }))).toEqual([4, 5]);
    expect(old.asked).toHaveLength(2);
  });

  it('leaves out other objects whose entries mention the name', async () => {
    // The line contains the fields of the other object, too.
    const note = { note: { name: 'demo' } };
    const other: JournalEntry = { ...condition(0, 60), name: 'other', ...note };
    start([condition(1, 50), other, { ...condition(2, 40), name: 'demo-2' } as JournalEntry]);
    expect(indexes(await fetchObjectJournal(ref, range, { pages: 1 }))).toEqual([1]);
  });
});
