/** Parser for the line formats of Sedna's log streams. */
import type { LogFormat } from './logStreams';
import { parseLevel, stripAnsi, type LogLevel } from './logLevels';

export interface LogLine {
  format: LogFormat;
  level: LogLevel;
  /** Message without prefix and color codes. */
  message: string;
  /** Time as text without zone (and without year in klog); absent if the format has none. */
  time?: string;
  /** Source file; `fileLine` is the line number. */
  file?: string;
  fileLine?: number;
}

interface Format {
  format: LogFormat;
  /** Named groups: time, file, line, message. */
  pattern: RegExp;
}

const PYTHON_TIME = '(?<time>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3})';

const FORMATS: readonly Format[] = [
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

/** RE2 pattern for Loki with the place in the source code: groups `file` and `line`. Needs lines without color codes. */
export const SOURCE_PATTERN =
  '^\\r?(?:\\[[0-9-]+ [0-9:,]+\\] |[IWEF][0-9]{4} [0-9:.]+ +[0-9]+ |[0-9-]+ [0-9:,]+ [A-Z]+ |[0-9/]+ [0-9:]+ )' +
  '(?P<file>[^\\s:()]+)[:(](?P<line>[0-9]+)';

/** Parses a line of any Sedna stream. Never throws: a line of no known format is `plain`, with its text as the message. */
export function parseLogLine(line: string): LogLine {
  const plain = stripAnsi(line).replace(/\r?\n?$/, '');
  const level = parseLevel(line);
  for (const { format, pattern } of FORMATS) {
    const groups = pattern.exec(plain)?.groups;
    if (groups) {
      const { time, file, line: number, message } = groups;
      return { format, level, message, time, file, fileLine: number === undefined ? undefined : Number(number) };
    }
  }
  return { format: 'plain', level, message: plain };
}
