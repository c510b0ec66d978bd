/**
 * Which lines of a stream belong together. A container's file holds lines; a traceback, a SQL statement or a GORM
 * record is several of them. The rules are data: the log collector's configuration is generated from them. Patterns
 * stay within RE2 and are matched against one line as the file holds it, colour codes and all.
 */
import { LOG_STREAMS, type LogStream } from './logStreams';

export interface MultilineRule {
  id: string;
  /** The parts of Sedna that it is for; undefined for every container that no other rule of the stream names. */
  of?: ReadonlyArray<LogStream['id']>;
  stream: 'stdout' | 'stderr';
  /**
   * How an entry is told: by the lines that can only be its `first`, or by the lines after which it goes on
   * (`not-last`; all others end it). The second sends a line at once; the first must wait for the next line, or for the
   * time-out.
   */
  by: 'first' | 'not-last';
  patterns: readonly string[];
  why: string;
}

const PYTHON_TIME = '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8},[0-9]{3} ';

/** Texts that Python puts between two tracebacks of one failure. */
export const TRACEBACK_LINKS = [
  'During handling of the above exception, another exception occurred:',
  'The above exception was the direct cause of the following exception:',
] as const;

/** Two rules never claim one line: those without `of` leave alone what the others of their stream name. */
export const MULTILINE_RULES: readonly MultilineRule[] = [
  {
    id: 'traceback',
    stream: 'stderr',
    by: 'not-last',
    patterns: [
      '^Traceback \\(most recent call last\\):',
      // A frame, its code and the marks under it; exception groups draw a line at the left.
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
    id: 'panic',
    of: ['global-manager', 'local-controller'],
    stream: 'stderr',
    by: 'not-last',
    patterns: [
      '^panic: ',
      '^fatal error: ',
      '^\\[signal ',
      '^goroutine [0-9]+ ',
      // A function with its arguments, its place below it, and the empty line between goroutines.
      '^[A-Za-z0-9_./*()-]+[.][A-Za-z0-9_.*()]+\\(.*\\)$',
      '^\\t',
      '^created by ',
      '^\\r?$',
    ],
    why: 'a panic of Go with its goroutines; a line of klog goes by itself and at once, so that no kill can take it',
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

/** Container and start of the pod's name of what a rule is for. */
export function getMultilineContainers({ of = [] }: MultilineRule): Array<{ container: string; podPrefix: string }> {
  return LOG_STREAMS.flatMap(({ id, container, podPrefix }) =>
    of.includes(id) && container && podPrefix ? [{ container, podPrefix }] : []
  );
}
