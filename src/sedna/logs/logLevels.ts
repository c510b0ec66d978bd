/**
 * Levels of log lines. Sedna's streams have no level field: the level is part of the text, in one of six formats, and
 * two of them get it wrong. The rules are data, because Loki uses the same ones (src/query builds a template of them), so
 * patterns must be RE2.
 */

import { HARMLESS_MESSAGES } from './harmlessMessages';
import { TRACEBACK_LINKS } from './multilineRules';

export const LOG_LEVELS = ['error', 'warning', 'info', 'debug', 'unknown'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LevelRule {
  /**
   * RE2 pattern, matched anywhere in the entry without color codes. An entry may have several lines: the dot matches line
   * breaks, and `^` and `$` match the start and the end of the entry.
   */
  pattern: string;
  level: LogLevel;
  /** Why the rule exists. */
  why: string;
}

const WORKER_PREFIX = '^\\[[0-9-]+ [0-9:,]+\\] \\S+\\([0-9]+\\) ';
const PYTHON_TIME = '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8},[0-9]{3} ';
const KLOG_REST = '[0-9]{4} [0-9:]{8}[.][0-9]{6}';

/** The first rule whose pattern matches decides; no match is `unknown`. */
export const LEVEL_RULES: readonly LevelRule[] = [
  {
    pattern: '^I' + KLOG_REST + '.* conditions: \\[',
    level: 'debug',
    why: 'the global manager reprints the whole history at every sync, the word Failed included',
  },
  ...HARMLESS_MESSAGES.map(({ pattern, why }): LevelRule => ({
    pattern: `^[EWI]${KLOG_REST}.*${pattern}`,
    level: 'debug',
    why,
  })),
  {
    pattern: 'stage failed!|failed to be updated|inference pod failed to restart',
    level: 'error',
    why: 'written at INFO although it is a failure',
  },
  { pattern: PYTHON_TIME + 'INFO sqlalchemy[.]engine', level: 'debug', why: 'SQL echo of the knowledge base' },
  { pattern: '^INFO: .* HTTP/[0-9.]+" 5[0-9]{2}', level: 'error', why: 'uvicorn access line with a server error' },
  {
    pattern: '(^|\\n)Traceback \\(most recent call last\\)',
    level: 'error',
    why: 'a Python traceback, even if a collector joined it to the line before',
  },
  { pattern: `^(${TRACEBACK_LINKS.join('|')})`, level: 'error', why: 'between two tracebacks of one failure' },
  { pattern: '^(panic|fatal error): ', level: 'error', why: 'a panic of Go' },
  { pattern: WORKER_PREFIX + '\\[(ERROR|CRITICAL|FATAL)\\]', level: 'error', why: 'worker' },
  { pattern: WORKER_PREFIX + '\\[WARN(ING)?\\]', level: 'warning', why: 'worker' },
  { pattern: WORKER_PREFIX + '\\[INFO\\]', level: 'info', why: 'worker' },
  { pattern: WORKER_PREFIX + '\\[DEBUG\\]', level: 'debug', why: 'worker' },
  { pattern: '^[EF]' + KLOG_REST, level: 'error', why: 'klog' },
  { pattern: '^W' + KLOG_REST, level: 'warning', why: 'klog' },
  { pattern: '^I' + KLOG_REST, level: 'info', why: 'klog' },
  { pattern: PYTHON_TIME + '(ERROR|CRITICAL)', level: 'error', why: 'storage initializer' },
  { pattern: PYTHON_TIME + 'WARN', level: 'warning', why: 'storage initializer' },
  { pattern: PYTHON_TIME + 'INFO', level: 'info', why: 'storage initializer' },
  { pattern: '^(ERROR|CRITICAL):', level: 'error', why: 'uvicorn' },
  { pattern: '^WARNING:', level: 'warning', why: 'uvicorn' },
  { pattern: '^INFO:', level: 'info', why: 'uvicorn' },
  {
    pattern: '^([A-Za-z_][A-Za-z0-9_]*[.])*[A-Z][A-Za-z0-9]*(Error|Exception)(:|$)',
    level: 'error',
    why: 'end of a traceback',
  },
];

const COMPILED = LEVEL_RULES.map(({ pattern, level }) => ({ pattern: new RegExp(pattern, 's'), level }));

// Color and other "select graphic rendition" codes, the only ones that Sedna writes.
const ANSI = /\u001b\[[0-9;]*m/g;

/** Removes the color codes from a line. */
export function stripAnsi(line: string): string {
  return line.replace(ANSI, '');
}

/** Parses the level of an entry, with or without color codes. Returns `unknown` for any other format. */
export function parseLevel(line: string): LogLevel {
  const plain = stripAnsi(line);
  return COMPILED.find(({ pattern }) => pattern.test(plain))?.level ?? 'unknown';
}
