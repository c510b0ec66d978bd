/**
 * Levels of lines that no format of Sedna matches: of the frameworks, languages, and shells that workers run. The log
 * collectors apply these rules, and queries don't: on long entries they would be too slow. Patterns must be RE2.
 */
import type { LevelRule, LogLevel } from './logLevels';

/** The rules match only the start of an entry, which has the level in every format. */
export const FRAMEWORK_LEVEL_CHARS = 1000;

/** Names of levels in JSON and logfmt, in any case. */
const FIELD_VALUES: ReadonlyArray<[LogLevel, string]> = [
  ['error', 'err|error|eror|fatal|crit|critical|panic|dpanic|alert|emerg|emergency|severe'],
  ['warning', 'warn|warning'],
  ['info', 'info|information|informational|notice|success'],
  ['debug', 'debug|trace|verbose|fine|finer|finest'],
];

/** Names of levels in plain text, in capitals: lower case may be prose. */
const WORDS: ReadonlyArray<[LogLevel, string]> = [
  ['error', 'ERR|ERRO|ERROR|FATAL|CRIT|CRITICAL|PANIC|DPANIC|ALERT|EMERG|SEVERE'],
  ['warning', 'WARN|WARNING'],
  ['info', 'INFO|NOTICE|SUCCESS'],
  ['debug', 'DEBUG|TRACE|VERBOSE|FINE|FINER|FINEST'],
];

/** Matches letters in both cases, without the flag `(?i:`, which not every engine of regular expressions has. */
const anyCase = (pattern: string): string =>
  pattern.replace(/\\[a-z]|[a-z]/g, (found) => (found.length > 1 ? found : `[${found.toUpperCase()}${found}]`));

const FIELD = '(?:level|lvl|severity|severity_text|levelname|log[._]?level|@level)';

/** A date, a time of day, or both, with a zone or not, and Unix time, in brackets or not. */
const TIME =
  '[\\[(]?(?:[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}:[0-9]{2})?|[0-9]{2}[-/][A-Za-z0-9]{2,3}[-/][0-9]{4}[ :][0-9:]{8}|[0-9]{2}:[0-9]{2}:[0-9]{2})' +
  '(?:[.,:][0-9]+)? ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})?[\\])]?:?';

const BRACKETS = '(?:[\\s|,-]+(?:\\[[^\\]]{0,80}\\]|\\([^)]{0,80}\\))){0,3}?';

/** Between the time and the level: names of loggers, threads, and processes, in brackets or one word. More is prose. */
const NAMES = `${BRACKETS}(?:[\\s|,-]+[\\w.$/@:#-]{1,80})?${BRACKETS}`;

const toRules = (values: ReadonlyArray<[LogLevel, string]>, why: string, toPattern: (names: string) => string) =>
  values.map(([level, names]): LevelRule => ({ level, pattern: toPattern(names), why }));

/** The first rule whose pattern matches the start of an entry without color codes decides. */
export const FRAMEWORK_LEVEL_RULES: readonly LevelRule[] = [
  ...toRules(FIELD_VALUES, 'JSON', (names) => `^\\s*\\{.*"${anyCase(FIELD)}"\\s*:\\s*"(?:${anyCase(names)})"`),
  { level: 'error', pattern: '^\\s*\\{.*"level"\\s*:\\s*[5-6]0\\b', why: 'JSON of pino and bunyan' },
  { level: 'warning', pattern: '^\\s*\\{.*"level"\\s*:\\s*40\\b', why: 'JSON of pino and bunyan' },
  { level: 'info', pattern: '^\\s*\\{.*"level"\\s*:\\s*30\\b', why: 'JSON of pino and bunyan' },
  { level: 'debug', pattern: '^\\s*\\{.*"level"\\s*:\\s*[12]0\\b', why: 'JSON of pino and bunyan' },
  ...toRules(FIELD_VALUES, 'logfmt', (names) => `^(?:.*\\s)?${FIELD}="?(?:${anyCase(names)})"?(?:\\s|$)`),
  { level: 'error', pattern: '^[EF][0-9]{4,8} [0-9:]{8}[.][0-9]+ ', why: 'glog' },
  { level: 'warning', pattern: '^W[0-9]{4,8} [0-9:]{8}[.][0-9]+ ', why: 'glog' },
  { level: 'info', pattern: '^I[0-9]{4,8} [0-9:]{8}[.][0-9]+ ', why: 'glog' },
  { level: 'error', pattern: `^${TIME}\\s+[EF] [\\w./-]+`, why: 'TensorFlow' },
  { level: 'warning', pattern: `^${TIME}\\s+W [\\w./-]+`, why: 'TensorFlow' },
  { level: 'info', pattern: `^${TIME}\\s+I [\\w./-]+`, why: 'TensorFlow' },
  { level: 'error', pattern: '^\\[[EC] [0-9]', why: 'Tornado' },
  { level: 'warning', pattern: '^\\[W [0-9]', why: 'Tornado' },
  { level: 'info', pattern: '^\\[I [0-9]', why: 'Tornado' },
  { level: 'debug', pattern: '^\\[D [0-9]', why: 'Tornado' },
  {
    level: 'error',
    pattern: '^\\s*[0-9/]{10} [0-9:]{8} \\S+[.]go:[0-9]+\\s+(?:\\[error\\]|Error [0-9]+)',
    why: 'GORM',
  },
  { level: 'warning', pattern: '^\\s*[0-9/]{10} [0-9:]{8} \\S+[.]go:[0-9]+\\s+(?:\\[warn\\]|SLOW SQL)', why: 'GORM' },
  ...toRules(
    WORDS,
    'a time, then the level: loguru, Java, zap, Python, and others',
    (names) => `^${TIME}${NAMES}[\\s|,-]+[\\[(<]?(?:${names})[\\])>]?(?:[\\s:|,-]|$)`
  ),
  ...toRules(
    WORDS,
    'the level first, in brackets',
    (names) => `^\\s*(?:\\[[^\\]]{0,80}\\]\\s*){0,2}[\\[(<](?:${names})[\\])>]`
  ),
  ...toRules(WORDS, 'the level first', (names) => `^\\s*(?:${names})(?:\\s*[:|]|\\s+[-\\[(]|:[\\w.]+:)`),
  ...toRules(FIELD_VALUES, 'the level first, in lower case', (names) => `^\\s*[\\[(<]?(?:${names})[\\])>]?:\\s`),
  {
    level: 'error',
    pattern:
      '^(?:\\S+: line [0-9]+: +[0-9]+ )?(?:Killed|Segmentation fault|Aborted|Bus error|Illegal instruction|Floating point exception|Trace/breakpoint trap)(?:\\s*\\(core dumped\\)|\\s{2,}|\\s*$)',
    why: 'a shell that reports a process ended by a signal',
  },
  {
    level: 'error',
    pattern:
      "^(?:Fatal Python error|terminate called|Out of memory|Exception in thread|Caused by|Unhandled exception|Uncaught \\S*(?:Error|Exception)|goroutine [0-9]+ \\[running\\]|thread '[^']*' panicked)",
    why: 'a runtime that ends',
  },
  {
    level: 'info',
    pattern:
      '\\b(?:' +
      anyCase('(?:no|0|zero|without|any) (?:\\w+ ){0,2}(?:errors?|failures?|exceptions?)\\b|') +
      anyCase('(?:errors?|failed|failures?|exceptions?)(?:[ _.-]?(?:rate|count|counts|total|ratio|percent|s))?') +
      '["\']?\\s*[:=]\\s*["\']?0+(?:[.]0+)?%?(?:[^0-9.]|$))',
    why: 'a count of no errors, which Loki would call an error for the word',
  },
];
