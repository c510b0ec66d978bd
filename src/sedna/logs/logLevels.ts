/**
 * How severe a line of a Sedna log is. Sedna's streams carry no level field: it stands in the text,
 * in one of six formats, and two of them tell it wrong. The rules are data, so that the same ones
 * run here and inside Loki (src/query turns them into a template): patterns stay within RE2.
 */

import { TRACEBACK_LINKS } from './multilineRules';

export const LOG_LEVELS = ['error', 'warning', 'info', 'debug', 'unknown'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LevelRule {
  /**
   * RE2 pattern, matched anywhere in the entry after colour codes are gone. An entry may be several joined lines: the
   * dot matches their breaks, `^` and `$` stand for the start and the end of all of it.
   */
  pattern: string;
  level: LogLevel;
  /** What the rule is for. */
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
    why: 'a Python traceback, also where a shipper has joined it to the line before',
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

// Colour and other "select graphic rendition" codes, the only ones that Sedna writes.
const ANSI = /\u001b\[[0-9;]*m/g;

/** Takes the colour codes out of a line. */
export function stripAnsi(line: string): string {
  return line.replace(ANSI, '');
}

/** Level of one entry, colour codes and all. An entry of none of the formats is `unknown`. */
export function parseLevel(line: string): LogLevel {
  const plain = stripAnsi(line);
  return COMPILED.find(({ pattern }) => pattern.test(plain))?.level ?? 'unknown';
}
