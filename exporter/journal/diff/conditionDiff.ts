import {
  formatHash,
  hashCondition,
  toJournalCondition,
  type JournalCondition,
  type LostCondition,
} from '../../../src/sedna/journal';
import type { KindName } from '../../../src/sedna/kinds';
import { toTime, type Draft, type Subject } from './draft';

/** What is kept of the conditions of an object: their hashes, because a history may be long. */
export interface ConditionState {
  hashes: readonly number[];
  /** Highest length that the list ever had. */
  maxLength: number;
  /** Number of versions that lost conditions. */
  losses: number;
  /** The newest conditions as JSON, by index: those that the global manager may replace. */
  recent: ReadonlyMap<number, string>;
}

export interface ConditionDiff {
  drafts: Draft[];
  state: ConditionState;
  /** First index at which the list differs from the one before. */
  from: number;
}

/** Number of conditions whose content is kept. In the recording of a real Sedna, the newest two were replaced. */
const RECENT = 3;

export const NO_CONDITIONS: ConditionState = { hashes: [], maxLength: 0, losses: 0, recent: new Map() };

/**
 * Compares two versions of `status.conditions` of an object. Accepts any JSON and never throws.
 * @param since - version at which the object was first seen
 */
export function diffConditions(
  subject: Subject & { kind: KindName },
  since: string,
  before: ConditionState,
  conditions: readonly unknown[]
): ConditionDiff {
  const hashes = conditions.map(hashCondition);
  const known = before.hashes;
  let from = 0;
  while (from < known.length && from < hashes.length && known[from] === hashes[from]) {
    from++;
  }
  const recent = new Map([...before.recent].filter(([index]) => index < from));
  const drafts: Draft[] = [];
  // The same conditions may be lost more than once. Not the version: after a crash before the save, it may be a later one.
  const position = `${since}.${before.losses}`;
  for (let index = from; index < hashes.length; index++) {
    const condition = toJournalCondition(subject.kind, conditions[index], index);
    if (index >= hashes.length - RECENT) {
      recent.set(index, JSON.stringify(condition));
    }
    if (index < known.length && known[index] === hashes[index]) {
      continue;
    }
    const time = toTime(condition.lastTransitionTime, condition.lastHeartbeatTime, condition.lastProbeTime);
    const id = `${subject.uid}:${index}:${condition.hash}`;
    if (index < known.length) {
      const lost = getLost(before, index);
      drafts.push({ ...subject, what: 'condition-replaced', id: `${id}:${position}`, time, condition, lost });
    } else {
      // A condition that was lost may be appended again.
      const ownId = index < before.maxLength ? `${id}:${position}` : id;
      drafts.push({ ...subject, what: 'condition', id: ownId, time, condition });
    }
  }
  if (hashes.length < known.length) {
    const lost = known.slice(hashes.length).map((_, offset) => getLost(before, hashes.length + offset));
    const id = `${subject.uid}:lost:${known.length}:${hashes.length}:${position}`;
    drafts.push({ ...subject, what: 'conditions-lost', id, before: known.length, after: hashes.length, lost });
  }
  for (const index of recent.keys()) {
    if (index < hashes.length - RECENT) {
      recent.delete(index);
    }
  }
  const hasLosses = drafts.some(({ what }) => what === 'condition-replaced' || what === 'conditions-lost');
  const state = {
    hashes,
    maxLength: Math.max(before.maxLength, hashes.length),
    losses: before.losses + (hasLosses ? 1 : 0),
    recent,
  };
  return { drafts, state, from };
}

function getLost({ hashes, recent }: ConditionState, index: number): LostCondition {
  const content = recent.get(index);
  return content === undefined ? { index, hash: formatHash(hashes[index]) } : (JSON.parse(content) as JournalCondition);
}
