/** Conditions of an object, from its entries in the journal. */
import type { JournalCondition, JournalEntry, LostCondition } from './entry';

export interface ReplayedCondition {
  condition: JournalCondition;
  /** Time at which the exporter first saw it, in RFC 3339. */
  seen: string;
  /** Time at which the exporter saw that the object has it no more; absent while the object has it. */
  lost?: string;
}

const getKey = ({ index, hash }: LostCondition) => `${index}/${hash}`;

/**
 * Returns every condition that an object had, in the order of its list; one that was lost stands before the one in its place.
 * Each is there once: an entry that was written again changes nothing.
 * @param entries - of one uid, in the order of `compareEntries`; those about other things are ignored
 */
export function replayConditions(entries: Iterable<JournalEntry>): ReplayedCondition[] {
  const all = new Map<string, ReplayedCondition>();
  const current = new Map<number, ReplayedCondition>();
  const lose = (lost: LostCondition, seen: string) => {
    const key = getKey(lost);
    const known = all.get(key) ?? ('type' in lost ? { condition: lost, seen } : undefined);
    if (known) {
      known.lost ??= seen;
      all.set(key, known);
    }
  };
  const put = (condition: JournalCondition, seen: string) => {
    const known = all.get(getKey(condition)) ?? { condition, seen };
    const before = current.get(condition.index);
    if (before && before !== known) {
      before.lost ??= seen;
    }
    delete known.lost;
    all.set(getKey(condition), known);
    current.set(condition.index, known);
  };
  for (const entry of entries) {
    if (entry.what === 'condition') {
      put(entry.condition, entry.seen);
    } else if (entry.what === 'condition-replaced') {
      lose(entry.lost, entry.seen);
      put(entry.condition, entry.seen);
    } else if (entry.what === 'conditions-lost') {
      entry.lost.forEach((lost) => lose(lost, entry.seen));
      for (const [index, known] of current) {
        if (index >= entry.after) {
          known.lost ??= entry.seen;
          current.delete(index);
        }
      }
    }
  }
  return dropMoved([...all.values()]).sort((a, b) => a.condition.index - b.condition.index || compareLost(a, b));
}

/** Drops conditions that were lost at one index and are at another, because the list became shorter before them. */
function dropMoved(conditions: readonly ReplayedCondition[]): ReplayedCondition[] {
  const present = new Set(conditions.flatMap(({ condition, lost }) => (lost === undefined ? [condition.hash] : [])));
  return conditions.filter(({ condition, lost }) => {
    const isMoved = lost !== undefined && present.has(condition.hash);
    present.add(condition.hash);
    return !isMoved;
  });
}

const compareLost = (a: ReplayedCondition, b: ReplayedCondition) =>
  Number(a.lost === undefined) - Number(b.lost === undefined) ||
  Date.parse(a.lost ?? '') - Date.parse(b.lost ?? '') ||
  0;
