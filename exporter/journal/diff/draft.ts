import { toText } from '../../../src/sedna/conditions/conditionData';
import type { JournalEntry } from '../../../src/sedna/journal';

/** Fields that the writer adds when it writes an entry. */
type Added = 'v' | 'cluster' | 'time' | 'seen' | 'seq' | 'at';
type ToDraft<Entry> = Entry extends JournalEntry ? Omit<Entry, Added> & { time?: string } : never;

/** An entry that isn't written yet. Without a time of its own, the thing happened when it was seen. */
export type Draft = ToDraft<JournalEntry>;

/** The object that an entry is about. */
export type Subject = Pick<JournalEntry, 'kind' | 'namespace' | 'name' | 'uid'>;

/** Returns the first valid time as RFC 3339 in UTC. */
export function toTime(...values: readonly unknown[]): string | undefined {
  const time = values.map((value) => Date.parse(toText(value) ?? '')).find(Number.isFinite);
  return time === undefined ? undefined : new Date(time).toISOString();
}

/** Returns the latest or earliest of the valid times. */
export function pickTime(pick: 'latest' | 'earliest', values: readonly unknown[]): string | undefined {
  const times = values.flatMap((value) => toTime(value) ?? []).sort();
  return pick === 'latest' ? times.at(-1) : times[0];
}
