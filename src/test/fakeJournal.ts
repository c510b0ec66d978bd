/** A Loki with a journal, for tests. */
import { serializeEntry, type JournalEntry } from '../sedna/journal';
import { fakeLoki, type FakeDataSource } from './mockGrafana';

type Line = [nanoseconds: string, text: string];

const toLine = (entry: JournalEntry): Line => [`${Date.parse(entry.at)}000000`, serializeEntry(entry)];

/** Moves all times of entries so that a time becomes another one (ms). */
export function moveEntries(entries: readonly JournalEntry[], from: number, to: number): JournalEntry[] {
  const text = JSON.stringify(entries).replace(/"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/g, (_, time: string) =>
    JSON.stringify(new Date(Date.parse(time) + to - from).toISOString())
  );
  return JSON.parse(text) as JournalEntry[];
}

/** Answers as Loki does: lines that contain the filters, within the times, newest first, up to the limit. */
export function lokiWithJournal(entries: readonly JournalEntry[], foreign: readonly Line[] = []): FakeDataSource {
  const loki = fakeLoki();
  const lines = [...entries.map(toLine), ...foreign].sort(([a], [b]) => (BigInt(a) < BigInt(b) ? 1 : -1));
  loki.getResource = async (path, params) => {
    loki.asked.push([path, params]);
    const { start = '', end = '', limit = '', query = '' } = params;
    const filters = [...query.matchAll(/\|= ("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text) as string);
    const values = lines
      .filter(([time]) => BigInt(time) >= BigInt(start) && BigInt(time) < BigInt(end))
      .filter(([, text]) => filters.every((filter) => text.includes(filter)))
      .slice(0, Number(limit));
    return { data: { result: [{ stream: { source: 'sedna-journal' }, values }] } };
  };
  return loki;
}
