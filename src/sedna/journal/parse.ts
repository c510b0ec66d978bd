/** Parser of lines of the journal's stream, which may contain anything. */
import { isObject, toText } from '../conditions/conditionData';
import { findKind } from '../kinds';
import {
  JOURNAL_VERSION,
  KNOWLEDGE_BASE_ITEMS,
  SUBJECT_KINDS,
  type JournalEntry,
  type SubjectKind,
  type What,
} from './entry';

/**
 * Reason why a line is no entry. `foreign`: no line of the journal. `truncated`: starts like one, but isn't JSON.
 * `newer`: of a later version of the exporter. `malformed`: a field is missing or of another type.
 */
export const SKIP_REASONS = ['foreign', 'truncated', 'newer', 'malformed'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export interface ParsedJournal {
  /** In the order in which the exporter saw them, without repeats. */
  entries: JournalEntry[];
  /** Number of lines by the reason why they were skipped. */
  skipped: Readonly<Record<SkipReason, number>>;
  /** Number of lines that repeat an entry. */
  repeats: number;
}

type Json = Readonly<Record<string, unknown>>;

/** Longer lines aren't parsed: the exporter writes none. */
const MAX_PARSED_LENGTH = 200_000;

const isText = (value: unknown): value is string => toText(value) !== undefined;
const isOptionalText = (value: unknown) => value === undefined || typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
const isOptionalNumber = (value: unknown) => value === undefined || isNumber(value);
const isTime = (value: unknown) => isText(value) && Number.isFinite(Date.parse(value));
const isIndex = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isListOf = (value: unknown, is: (item: unknown) => boolean) => Array.isArray(value) && value.every(is);
const isOptional = (value: unknown, is: (item: unknown) => boolean) => value === undefined || is(value);

const isMetric = (value: unknown): boolean => typeof value === 'number' || typeof value === 'string';

const isModel = (value: unknown) =>
  isObject(value) &&
  isText(value.url) &&
  isOptionalText(value.role) &&
  isOptionalText(value.format) &&
  isOptional(
    value.metrics,
    (metrics) =>
      isObject(metrics) && Object.values(metrics).every((metric) => isMetric(metric) || isListOf(metric, isMetric))
  );

const isSide = (value: unknown) =>
  isObject(value) &&
  isListOf(value.models, isModel) &&
  [value.dataUrl, value.dataIndexUrl, value.outputDir].every(isOptionalText);

const isData = (value: unknown) =>
  isObject(value) &&
  (value.state === 'malformed'
    ? typeof value.text === 'string'
    : value.state === 'parsed' && isOptional(value.input, isSide) && isOptional(value.output, isSide));

const isConditionRef = (value: unknown): value is Json => isObject(value) && isIndex(value.index) && isText(value.hash);

const isCondition = (value: unknown) =>
  isConditionRef(value) &&
  typeof value.type === 'string' &&
  [
    value.stage,
    value.status,
    value.lastHeartbeatTime,
    value.lastTransitionTime,
    value.lastProbeTime,
    value.reason,
    value.message,
  ].every(isOptionalText) &&
  isOptional(value.data, isData);

const isLost = (value: unknown) => isConditionRef(value) && (value.type === undefined || isCondition(value));

const isFieldChange = (value: unknown) =>
  isObject(value) &&
  isText(value.path) &&
  [value.before, value.after].every(
    (each) => each === undefined || ['string', 'number', 'boolean'].includes(typeof each)
  );

const isPod = ({ pod }: Json) =>
  isObject(pod) && isText(pod.name) && isText(pod.uid) && isOptionalText(pod.node) && isOptionalText(pod.worker);

const isContainerEnd = (value: unknown) =>
  isObject(value) &&
  isText(value.container) &&
  [value.exitCode, value.signal].every(isOptionalNumber) &&
  [value.reason, value.message, value.startedAt, value.finishedAt].every(isOptionalText);

const isAway = ({ away }: Json) => away === undefined || away === true;
const hasReason = ({ reason, message }: Json) => isOptionalText(reason) && isOptionalText(message);
const isRestart = (entry: Json) => isPod(entry) && isIndex(entry.restarts) && isContainerEnd(entry.ended);

const isRow = (value: unknown) => isObject(value) && Object.values(value).every(isMetric);

const isEvent = ({ event }: Json) =>
  isObject(event) &&
  isText(event.uid) &&
  isIndex(event.count) &&
  [event.type, event.reason, event.message, event.firstTime, event.lastTime, event.source].every(isOptionalText) &&
  isObject(event.object) &&
  isText(event.object.kind) &&
  isText(event.object.name) &&
  [event.object.namespace, event.object.uid, event.object.fieldPath].every(isOptionalText);

/** Checks of the fields that an entry has beside those of every entry. */
const BODY: Readonly<Record<What, (entry: Json) => boolean>> = {
  condition: ({ condition }) => isCondition(condition),
  'condition-replaced': ({ condition, lost }) => isCondition(condition) && isLost(lost),
  'conditions-lost': ({ before, after, lost }) => isIndex(before) && isIndex(after) && isListOf(lost, isLost),
  status: ({ fields }) => isListOf(fields, isFieldChange),
  samples: ({ before, after }) => isOptionalNumber(before) && isOptionalNumber(after),
  created: () => true,
  changed: (entry) => isListOf(entry.fields, isFieldChange) && isAway(entry),
  deleted: isAway,
  'pod-created': isPod,
  'pod-started': isPod,
  'pod-ended': (entry) =>
    isPod(entry) &&
    (entry.phase === 'Succeeded' || entry.phase === 'Failed') &&
    hasReason(entry) &&
    isListOf(entry.containers, isContainerEnd),
  'pod-restarted': isRestart,
  'component-restarted': isRestart,
  'pod-deleted': (entry) => isPod(entry) && isOptionalText(entry.phase) && isAway(entry),
  'node-offline': hasReason,
  'node-online': hasReason,
  'knowledge-base': ({ item, key, change, before, after }) =>
    KNOWLEDGE_BASE_ITEMS.some((each) => each === item) &&
    typeof key === 'string' &&
    (change === 'added' || change === 'changed' || change === 'removed') &&
    isOptional(before, isRow) &&
    isOptional(after, isRow),
  event: isEvent,
  'journal-started': ({ awaySince }) => isOptional(awaySince, isTime),
};

export const WHATS = Object.keys(BODY) as What[];

const isSubjectKind = (value: unknown): value is SubjectKind =>
  typeof value === 'string' && (findKind(value) !== undefined || SUBJECT_KINDS.some((kind) => kind === value));

function isEntry(value: Json): boolean {
  return (
    typeof value.what === 'string' &&
    Object.hasOwn(BODY, value.what) &&
    [value.id, value.namespace, value.name].every(isText) &&
    isSubjectKind(value.kind) &&
    [value.uid, value.cluster].every(isOptionalText) &&
    [value.time, value.seen, value.at].every(isTime) &&
    isIndex(value.seq) &&
    isOptional(value.cut, (cut) => isListOf(cut, isText)) &&
    BODY[value.what as What](value)
  );
}

/** Parses one line. Accepts any text and never throws. */
export function parseEntry(line: string): JournalEntry | SkipReason {
  const text = line.trim();
  if (!text.startsWith('{"v":') || text.length > MAX_PARSED_LENGTH) {
    return 'foreign';
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'truncated';
  }
  if (!isObject(value)) {
    return 'malformed';
  }
  if (typeof value.v === 'number' && value.v > JOURNAL_VERSION) {
    return 'newer';
  }
  return value.v === JOURNAL_VERSION && isEntry(value) ? (value as unknown as JournalEntry) : 'malformed';
}

/** Compares entries by the order in which the exporter saw them. */
export function compareEntries(a: JournalEntry, b: JournalEntry): number {
  return Date.parse(a.seen) - Date.parse(b.seen) || a.seq - b.seq;
}

/** Parses lines in any order, such as those of a response of Loki. */
export function parseJournal(lines: Iterable<string>): ParsedJournal {
  const skipped = { foreign: 0, truncated: 0, newer: 0, malformed: 0 };
  const entries: JournalEntry[] = [];
  for (const line of lines) {
    const entry = parseEntry(line);
    if (typeof entry === 'string') {
      skipped[entry] += 1;
    } else {
      entries.push(entry);
    }
  }
  // The first of several was seen closest to the thing itself.
  const byId = new Map<string, JournalEntry>();
  for (const entry of entries.sort(compareEntries)) {
    if (!byId.has(entry.id)) {
      byId.set(entry.id, entry);
    }
  }
  return { entries: [...byId.values()], skipped, repeats: entries.length - byId.size };
}
