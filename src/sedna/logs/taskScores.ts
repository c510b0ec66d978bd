/** Evaluations of tasks, parsed from log entries of evaluation workers. */
import { stripAnsi } from './logLevels';
import { LOG_MESSAGES, NUMBER_PATTERN } from './logMessages';
import { parseLogOrigin } from './logOrigin';

/** Texts of which every relevant entry contains one. */
export const EVALUATION_TEXTS: readonly string[] = [
  LOG_MESSAGES.taskScored,
  LOG_MESSAGES.taskDropped,
  LOG_MESSAGES.evaluationStarted,
  LOG_MESSAGES.evaluationFinished,
].map(({ contains }) => contains);

export interface TaskScore {
  metric: string;
  /** Text of the entry without the type that NumPy prints around a number. */
  text: string;
  /** Absent if the text isn't a number. */
  value?: number;
}

/** Converts an RE2 pattern. Only the syntax of named groups differs. */
const toRegExp = (pattern: string) => new RegExp(pattern.replaceAll('(?P<', '(?<'));

const STARTED = toRegExp(LOG_MESSAGES.evaluationStarted.pattern);
const FINISHED = toRegExp(LOG_MESSAGES.evaluationFinished.pattern);
const DROPPED = toRegExp(`${LOG_MESSAGES.taskDropped.pattern} ?(?P<reason>.*)`);
const SCORED = toRegExp(LOG_MESSAGES.taskScored.pattern);
const WHOLE_NUMBER = toRegExp(`^${NUMBER_PATTERN}$`);
const SCORE = /^\s*(['"])(?<metric>.+?)\1: ?(?<text>.+?)\s*$/s;

const OPENING = '([{';
const CLOSING = ')]}';

/**
 * Splits a Python dict at its commas, except those within brackets and quotes.
 * @param text - starts after the opening brace
 * @returns undefined if the dict isn't closed, as in a truncated entry
 */
function splitParts(text: string): string[] | undefined {
  const parts: string[] = [];
  let [start, depth, quote] = [0, 0, ''];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quote !== '') {
      if (char === '\\') {
        at++;
      } else if (char === quote) {
        quote = '';
      }
    } else if (char === "'" || char === '"') {
      quote = char;
    } else if (OPENING.includes(char)) {
      depth++;
    } else if (CLOSING.includes(char) && depth > 0) {
      depth--;
    } else if (char === '}' || (char === ',' && depth === 0)) {
      parts.push(text.slice(start, at));
      start = at + 1;
      if (char === '}') {
        return parts.filter((part) => part.trim() !== '');
      }
    }
  }
  return undefined;
}

function parseScore(part: string): TaskScore | undefined {
  const groups = SCORE.exec(part)?.groups;
  if (!groups) {
    return undefined;
  }
  const { metric, text } = groups;
  const number = WHOLE_NUMBER.exec(text)?.groups?.value;
  return number === undefined ? { metric, text } : { metric, text: number, value: Number(number) };
}

/**
 * Parses the scores of a dict. If any is not valid, the whole dict becomes `unread`.
 * @param text - starts after the opening brace
 */
function parseScores(text: string): { scores: TaskScore[]; unread?: string } {
  const scores = splitParts(text)?.map(parseScore);
  return scores === undefined || scores.includes(undefined)
    ? { scores: [], unread: `{${text.split('\n', 1)[0]}` }
    : { scores: scores as TaskScore[] };
}

type EvaluationMessage =
  | { kind: 'started'; round: string }
  | { kind: 'scored'; task: string; scores: TaskScore[]; unread?: string }
  | { kind: 'dropped'; task: string; reason: string }
  | { kind: 'finished' };

/** Parses a log entry. Returns undefined if it isn't about an evaluation. */
export function parseEvaluation(entry: string): EvaluationMessage | undefined {
  const plain = stripAnsi(entry);
  const scored = SCORED.exec(plain);
  if (scored?.groups) {
    return { kind: 'scored', task: scored.groups.task, ...parseScores(plain.slice(scored.index + scored[0].length)) };
  }
  const dropped = DROPPED.exec(plain)?.groups;
  if (dropped) {
    return { kind: 'dropped', task: dropped.task, reason: dropped.reason };
  }
  const round = STARTED.exec(plain)?.groups?.round;
  if (round !== undefined) {
    return { kind: 'started', round };
  }
  return FINISHED.test(plain) ? { kind: 'finished' } : undefined;
}

/** A log entry with its labels. */
export interface EvaluationEntry {
  time: bigint;
  text: string;
  labels: Readonly<Record<string, string>>;
}

export interface TaskEvaluation<Entry extends EvaluationEntry> {
  task: string;
  /** Entry with the scores, or else the one with the drop. */
  entry: Entry;
  scores: TaskScore[];
  /** Text of scores in an unknown format. */
  unread?: string;
  /** `open`: no end of the evaluation was found, so the task may still be dropped. */
  outcome: 'dropped' | 'kept' | 'open';
  /** Reason for the drop, in the words of the worker. */
  reason?: string;
  /** Number in the URL of the evaluated index. It restarts at 1 with the local controller. */
  round?: string;
}

/** Order of messages in an evaluation, because Loki doesn't keep the order of entries with the same time and different levels. */
const ORDER: ReadonlyArray<EvaluationMessage['kind']> = ['started', 'scored', 'dropped', 'finished'];

/** Returns the evaluations of one container, oldest first. */
function evaluateContainer<Entry extends EvaluationEntry>(entries: readonly Entry[]): Array<TaskEvaluation<Entry>> {
  const found: Array<TaskEvaluation<Entry>> = [];
  const messages = entries
    .flatMap((entry) => {
      const message = parseEvaluation(entry.text);
      return message ? [{ entry, message }] : [];
    })
    .sort((a, b) =>
      a.entry.time === b.entry.time
        ? ORDER.indexOf(a.message.kind) - ORDER.indexOf(b.message.kind)
        : a.entry.time < b.entry.time
          ? -1
          : 1
    );
  let round: string | undefined;
  let open = new Map<string, TaskEvaluation<Entry>>();
  for (const { entry, message } of messages) {
    if (message.kind === 'started') {
      round = message.round;
      open = new Map();
    } else if (message.kind === 'scored') {
      const { task, scores, unread } = message;
      const row: TaskEvaluation<Entry> = { task, entry, scores, unread, outcome: 'open', round };
      open.set(task, row);
      found.push(row);
    } else if (message.kind === 'dropped') {
      const { task, reason } = message;
      const row = open.get(task);
      if (row) {
        Object.assign(row, { outcome: 'dropped', reason });
        open.delete(task);
      } else {
        found.push({ task, entry, scores: [], outcome: 'dropped', reason, round });
      }
    } else {
      for (const row of open.values()) {
        row.outcome = 'kept';
      }
      open = new Map();
      round = undefined;
    }
  }
  return found;
}

/**
 * Groups entries to task evaluations.
 * @param entries - in any order
 */
export function toTaskEvaluations<Entry extends EvaluationEntry>(
  entries: readonly Entry[]
): Array<TaskEvaluation<Entry>> {
  const containers = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { namespace, pod, container } = parseLogOrigin(entry.labels);
    const key = JSON.stringify([namespace, pod, container]);
    const own = containers.get(key) ?? [];
    own.push(entry);
    containers.set(key, own);
  }
  return [...containers.values()].flatMap(evaluateContainer);
}
