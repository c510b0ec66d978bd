/** An entry as one line of at most 16 kB, which container runtimes don't split. */
import type { JournalEntry } from './entry';

/** Maximum bytes of a line, without the line break. Runtimes split lines at 16,384 bytes. */
export const MAX_LINE_BYTES = 16_000;

/** Fields that are never cut: they identify the entry. */
const KEPT: ReadonlySet<string> = new Set([
  'v',
  'what',
  'id',
  'cluster',
  'kind',
  'namespace',
  'name',
  'uid',
  'time',
  'seen',
  'seq',
  'at',
]);
/** Maximum number of paths in `cut`. */
const MAX_CUT_PATHS = 20;

/** Lengths of texts and of lists that are tried one after the other. */
const STEPS = [
  { text: 1_000, list: Infinity },
  { text: 300, list: 50 },
  { text: 100, list: 10 },
  { text: 40, list: 3 },
  { text: 15, list: 1 },
];

const encoder = new TextEncoder();
const fits = (line: string) => line.length <= MAX_LINE_BYTES && encoder.encode(line).length <= MAX_LINE_BYTES;

/** Returns an entry as a line without a line break. An entry that is too long is cut, and says where. */
export function serializeEntry(entry: JournalEntry): string {
  let line = JSON.stringify(entry);
  for (let step = 0; step < STEPS.length && !fits(line); step++) {
    const cut = new Set<string>();
    const short = Object.entries(entry).map(([key, value]) => [
      key,
      KEPT.has(key) ? value : shorten(value, key, STEPS[step], cut),
    ]);
    line = JSON.stringify({ ...Object.fromEntries(short), cut: [...cut].slice(0, MAX_CUT_PATHS) });
  }
  return line;
}

interface Limits {
  text: number;
  list: number;
}

function shorten(value: unknown, path: string, limits: Limits, cut: Set<string>): unknown {
  if (typeof value === 'string' && value.length > limits.text) {
    cut.add(path);
    return `${value.slice(0, limits.text)}…`;
  }
  if (Array.isArray(value)) {
    if (value.length > limits.list) {
      cut.add(path);
    }
    return value.slice(0, limits.list).map((item) => shorten(item, `${path}[]`, limits, cut));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length > Math.max(limits.list, MAX_FIELDS)) {
      cut.add(path);
    }
    return Object.fromEntries(
      entries
        .slice(0, Math.max(limits.list, MAX_FIELDS))
        .map(([key, item]) => [key.slice(0, limits.text), shorten(item, `${path}.${key.slice(0, 40)}`, limits, cut)])
    );
  }
  return value;
}

/** Objects of this many fields are records of the format, not maps from outside. */
const MAX_FIELDS = 12;
