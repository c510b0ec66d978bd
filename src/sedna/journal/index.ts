export * from './entry';
export { hashCondition, MAX_TEXT_LENGTH, toJournalCondition, toJournalText, toNamedText } from './condition';
export { formatHash, hashText } from './hash';
export {
  compareEntries,
  parseEntry,
  parseJournal,
  SKIP_REASONS,
  WHATS,
  type ParsedJournal,
  type SkipReason,
} from './parse';
export { toObjectLives, type JournalPodRun, type ObjectLife } from './objectLives';
export { replayConditions, type ReplayedCondition } from './replay';
export { MAX_LINE_BYTES, serializeEntry } from './serialize';
export { getConditionTime, isFromStart, mergeLiveConditions, toConditionData, toHistoryFromJournal } from './toHistory';
