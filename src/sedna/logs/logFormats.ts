/** The line formats of Sedna's log streams, each read into its parts. */
import type { LogFormat } from './logStreams';
import { parseLevel, stripAnsi, type LogLevel } from './logLevels';

export interface LogLine {
  format: LogFormat;
  level: LogLevel;
  /** What was said, without prefix and colour. */
  message: string;
  /** Time as the line writes it: no zone, klog without a year; absent where the format has none. */
  time?: string;
  /** Source file, with the line number of the code in `fileLine`. */
  file?: string;
  fileLine?: number;
}

interface Reader {
  format: LogFormat;
  /** Named groups: time, file, line, message. */
  pattern: RegExp;
}

const PYTHON_TIME = '(?<time>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3})';

const READERS: readonly Reader[] = [
  {
    format: 'worker',
    pattern: new RegExp(`^\\[${PYTHON_TIME}\\] (?<file>\\S+)\\((?<line>\\d+)\\) \\[[A-Z]+\\] ?- (?<message>.*)$`, 's'),
  },
  {
    format: 'klog',
    pattern: /^[IWEF](?<time>\d{4} \d\d:\d\d:\d\d\.\d{6}) +\d+ (?<file>[^\s:]+):(?<line>\d+)\] (?<message>.*)$/s,
  },
  {
    format: 'sqlalchemy',
    pattern: new RegExp(`^${PYTHON_TIME} INFO sqlalchemy\\.engine\\.Engine (?<message>.*)$`, 's'),
  },
  {
    format: 'storage-initializer',
    pattern: new RegExp(`^${PYTHON_TIME} [A-Z]+ (?<file>[^\\s:]+):(?<line>\\d+)\\] (?<message>.*)$`, 's'),
  },
  { format: 'uvicorn-access', pattern: /^INFO: +(?<message>\S+ - "[A-Z]+ .* HTTP\/[\d.]+" \d{3}.*)$/ },
  { format: 'uvicorn', pattern: /^(?:INFO|WARNING|ERROR|CRITICAL|DEBUG): +(?<message>.*)$/ },
  {
    format: 'gorm',
    pattern: /^\r?(?<time>\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) (?<file>\S+\.go):(?<line>\d+) ?(?<message>.*)$/s,
  },
];

/**
 * RE2 pattern of where in the code a line was written, for Loki: groups `file` and `line`. It reads the formats above
 * that tell it, after colour codes are gone.
 */
export const SOURCE_PATTERN =
  '^\\r?(?:\\[[0-9-]+ [0-9:,]+\\] |[IWEF][0-9]{4} [0-9:.]+ +[0-9]+ |[0-9-]+ [0-9:,]+ [A-Z]+ |[0-9/]+ [0-9:]+ )' +
  '(?P<file>[^\\s:()]+)[:(](?P<line>[0-9]+)';

/**
 * Reads one line of any Sedna stream. Never fails: what fits no format is `plain`, with the whole
 * text as its message.
 */
export function parseLogLine(line: string): LogLine {
  const plain = stripAnsi(line).replace(/\r?\n?$/, '');
  const level = parseLevel(line);
  for (const { format, pattern } of READERS) {
    const groups = pattern.exec(plain)?.groups;
    if (groups) {
      const { time, file, line: number, message } = groups;
      return { format, level, message, time, file, fileLine: number === undefined ? undefined : Number(number) };
    }
  }
  return { format: 'plain', level, message: plain };
}
