/** LogQL for the journal. Lines are matched by their text, because not every log collector adds structured metadata. */
import { JOURNAL_SOURCE, type JournalSubject } from '../sedna/journal/entry';
import { buildMatchers, equals, escapeRegex, oneOf, quote } from './escape';

/** Formats a field as the exporter writes it. No text inside of a line contains it, because quotes are escaped there. */
const formatField = (name: string, value: string) => `"${name}":${JSON.stringify(value)}`;

/** Returns the entries about an object and its worker pods, and those of earlier objects of the same name. */
export function journalEntries({ cluster, namespace, kind, name }: JournalSubject): string {
  const stream = buildMatchers([
    equals('source', JOURNAL_SOURCE),
    equals('namespace', namespace),
    // Entries of an exporter that did not name its cluster, or without the label in Loki, are there, too.
    ...(cluster === undefined ? [] : [oneOf('cluster', [cluster, ''])]),
  ]);
  // No history shows events, and a pod that can't start has many.
  return `${stream} |= ${quote(formatField('name', name))} |= ${quote(formatField('kind', kind))} != ${quote(formatField('what', 'event'))}`;
}

/**
 * Returns the entries about deleted objects whose name contains all words, ignoring case.
 * @param namespace - empty for all
 * @param kind - empty for all
 */
export function deletedObjects(words: readonly string[], namespace: string, kind: string): string {
  const stream = buildMatchers([
    equals('source', JOURNAL_SOURCE),
    ...(namespace === '' ? [] : [equals('namespace', namespace)]),
  ]);
  const filters = [
    ` |= ${quote(formatField('what', 'deleted'))}`,
    ...(kind === '' ? [] : [` |= ${quote(formatField('kind', kind))}`]),
    ...words.map((word) => ` |~ ${quote(`(?i)"name":"[^"]*${escapeRegex(JSON.stringify(word).slice(1, -1))}`)}`),
  ];
  return stream + filters.join('');
}
