/**
 * Rules that join lines to one entry: a traceback, a SQL statement, or a GORM record has several. The configuration of the
 * log collector is generated from them. Patterns must be RE2 and match one line of the container's file, with color codes.
 */
import { LOG_STREAMS, type LogStream } from './logStreams';

export interface MultilineRule {
  id: string;
  /** Streams that the rule is for; undefined for every container that no other rule names. */
  of?: ReadonlyArray<LogStream['id']>;
  stream: 'stdout' | 'stderr';
  /**
   * Whether patterns match the `first` line of an entry, or lines that aren't its last (`not-last`). `not-last` sends a
   * single line at once; `first` must wait for the next line or the timeout.
   */
  by: 'first' | 'not-last';
  patterns: readonly string[];
  why: string;
}

const PYTHON_TIME = '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8},[0-9]{3} ';

/** Texts between two Python tracebacks of one failure. */
export const TRACEBACK_LINKS = [
  'During handling of the above exception, another exception occurred:',
  'The above exception was the direct cause of the following exception:',
] as const;

/** Two rules never match the same line: rules without `of` exclude the containers of the others. */
export const MULTILINE_RULES: readonly MultilineRule[] = [
  {
    id: 'traceback',
    stream: 'stderr',
    by: 'not-last',
    patterns: [
      '^Traceback \\(most recent call last\\):',
      // A frame, its code, and the marks below; exception groups have a line on the left.
      '^  File ".*", line [0-9]+',
      '^    ',
      '^  \\[Previous line repeated ',
      '^ +[|+]',
      ...TRACEBACK_LINKS.map((text) => `^${text}`),
      '^ERROR: +Exception in ASGI application',
    ],
    why: 'a Python traceback, with the line of uvicorn that announces it; the line of the exception ends it',
  },
  {
    id: 'go',
    of: ['global-manager', 'local-controller'],
    stream: 'stderr',
    by: 'not-last',
    patterns: [
      '^panic: ',
      '^fatal error: ',
      '^\\[signal ',
      '^goroutine [0-9]+ ',
      // A function with its arguments, its place in the code, and the empty line between goroutines.
      '^[A-Za-z0-9_./*()-]+[.][A-Za-z0-9_.*()]+\\(.*\\)$',
      '^\\t',
      '^created by ',
      '^\\r?$',
      // klog writes the goroutines after a fatal error.
      '^F[0-9]{4} ',
      // The quoted object ends with a line break.
      "Object 'Kind' is missing in '",
    ],
    why: 'a Go panic or a fatal error with its goroutines, an error of the global manager that quotes an object; any other line of klog is sent alone and at once, so that a kill does not lose it',
  },
  {
    id: 'gorm',
    of: ['local-controller'],
    stream: 'stdout',
    by: 'not-last',
    patterns: ['^\\r?$', '^[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9:]{8} '],
    why: 'an empty line, the place and the error, the statement',
  },
  {
    id: 'sql',
    of: ['knowledge-base'],
    stream: 'stdout',
    by: 'first',
    patterns: [PYTHON_TIME, '^(DEBUG|INFO|WARNING|ERROR|CRITICAL): '],
    why: 'a statement of SQLAlchemy with line breaks; access lines of uvicorn stand between',
  },
];

/** Returns the containers and pod name prefixes that a rule is for. */
export function getMultilineContainers({ of = [] }: MultilineRule): Array<{ container: string; podPrefix: string }> {
  return LOG_STREAMS.flatMap(({ id, container, podPrefix }) =>
    of.includes(id) && container && podPrefix ? [{ container, podPrefix }] : []
  );
}
