import {
  formatHash,
  hashText,
  MAX_TEXT_LENGTH,
  toJournalText,
  type KnowledgeBaseEntry,
} from '../../../src/sedna/journal';
import { SEDNA_NAMESPACE } from '../../../src/sedna/kinds';
import type { KnowledgeBaseRows } from '../../knowledge-base/rows';
import { toTime, type Draft } from './draft';

type Item = KnowledgeBaseEntry['item'];
type Row = Readonly<Record<string, string | number>>;

/** Rows of the knowledge base by item and name. */
export type KnowledgeBaseState = ReadonlyMap<string, Row>;

const TASK_SEPARATOR = ', ';

/** Returns the key of a row. */
const getKey = (item: Item, name: string) => `${item}/${name}`;

/** Converts the rows of one read to what is compared. */
export function toKnowledgeBaseState({ tasks, relations, models, samples }: KnowledgeBaseRows): Map<string, Row> {
  const state = new Map<string, Row>();
  const put = (item: Item, name: string, row: Row) => state.set(getKey(item, name), row);
  tasks.forEach(([task, attributes]) => put('task', task, attributes === '' ? {} : toFields('attributes', attributes)));
  const groups = new Map<string, string[]>();
  for (const [group, task] of relations) {
    const members = groups.get(group);
    if (members) {
      members.push(task);
    } else {
      groups.set(group, [task]);
    }
  }
  groups.forEach((members, group) => put('group', group, toFields('tasks', members.sort().join(TASK_SEPARATOR))));
  models.forEach(([group, url]) => put('model', group, toFields('url', url)));
  samples.forEach(([task, count, updated]) =>
    put('samples', task, { samples: count, ...(updated !== undefined && { updated }) })
  );
  return state;
}

const toText = (text: string) => toJournalText(text) ?? '';

/** Returns a field with a text, and a hash of it if the text is cut: what is cut may change. */
function toFields(name: string, text: string): Row {
  const shown = toText(text);
  return { [name]: shown, ...(shown.length > MAX_TEXT_LENGTH && { [`${name}Hash`]: formatHash(hashText(text)) }) };
}

/**
 * Compares two reads of the knowledge base.
 * @param position - number of changes before this one: a row may come and go more than once
 */
export function diffKnowledgeBase(before: KnowledgeBaseState, after: KnowledgeBaseState, position: number): Draft[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.flatMap((key): Draft[] => {
    const [old, row] = [before.get(key), after.get(key)];
    if (JSON.stringify(old) === JSON.stringify(row)) {
      return [];
    }
    const change = !old ? 'added' : !row ? 'removed' : 'changed';
    const content = formatHash(hashText(JSON.stringify([key, old ?? null, row ?? null])));
    const updated = row?.updated;
    return [
      {
        kind: 'KnowledgeBase',
        namespace: SEDNA_NAMESPACE,
        name: 'kb',
        what: 'knowledge-base',
        id: `kb:${content}:${position}`,
        time: typeof updated === 'number' ? toTime(new Date(updated * 1000).toISOString()) : undefined,
        item: key.slice(0, key.indexOf('/')) as Item,
        key: toText(key.slice(key.indexOf('/') + 1)),
        change,
        ...(old && { before: old }),
        ...(row && { after: row }),
      },
    ];
  });
}
