/** Facts of the diagnosis from the exact history of an object. */
import { toMilliseconds } from '../logs/logEntries';
import { findLife, type ObjectHistory } from './objectHistory';
import { getConditionTime, isFromStart, toHistoryFromJournal } from '../../sedna/journal';
import { mergeConditionHistory, type Facts } from '../../sedna/diagnosis';

/**
 * Replaces facts by those of the conditions that the object had at a time. Returns them unchanged if neither the live object
 * nor the journal has these, and for an object that was deleted.
 * @param history - of the object, up to that time
 * @param at - Unix time in seconds
 */
export function mergeObjectHistory(facts: Facts, history: ObjectHistory | undefined, at: number): Facts {
  const life = findLife(history, '');
  if (!history || !life || (life.deleted !== undefined && life.deleted <= at)) {
    return facts;
  }
  const isHeld = (lost: string | undefined) => lost === undefined || Date.parse(lost) / 1000 > at;
  const conditions = life.conditions.filter((each) => isHeld(each.lost) && (getConditionTime(each) ?? 0) <= at);
  const isWhole = life.ref.uid === history.liveUid || isFromStart(life.conditions);
  const start = isWhole ? 'creation' : getStart(history);
  return mergeConditionHistory(facts, toHistoryFromJournal({ ...life, conditions }), at, start);
}

/**
 * Returns the time since which all entries are loaded, Unix time in seconds. Before the oldest entry, there may have been no
 * journal.
 */
function getStart({ journal, range }: ObjectHistory): number {
  const isTruncated = journal?.isComplete === false && journal.oldest !== undefined;
  const oldest = journal?.entries[0] ? Date.parse(journal.entries[0].time) : range.from;
  return Math.max(isTruncated ? toMilliseconds(journal.oldest!) : range.from, oldest) / 1000;
}
