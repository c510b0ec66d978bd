/** How downloaded lines are written. */
import { LEVEL_LABEL } from '../../../query/logs/logql';
import { formatCsvRecord } from '../../../data/files/csv';
import { toRfc3339, type LogEntry } from '../../../data/logs/logEntries';
import { formatLogEntry } from '../../../data/logs/formatLogEntry';
import { parseLogOrigin } from '../../../sedna/logs';

export const LINE_FORMATS = ['text', 'json', 'csv'] as const;
export type LineFormat = (typeof LINE_FORMATS)[number];

interface Format {
  extension: string;
  mime: string;
  /** Stands before the first entry. */
  header: string;
  /** One entry with the line break that ends it. */
  write: (entry: LogEntry) => string;
}

const CSV_COLUMNS = ['time', 'namespace', 'pod', 'container', 'node', 'level', 'message'];

/** Times are RFC 3339 in UTC with nanoseconds in all of them. */
export const FORMATS: Record<LineFormat, Format> = {
  text: { extension: 'txt', mime: 'text/plain', header: '', write: formatLogEntry },
  /** One object a line: time, labels, line. */
  json: {
    extension: 'ndjson',
    mime: 'application/x-ndjson',
    header: '',
    write: ({ time, text, labels }) => `${JSON.stringify({ time: toRfc3339(time), labels, line: text })}\n`,
  },
  /** RFC 4180 with a header. */
  csv: {
    extension: 'csv',
    mime: 'text/csv',
    header: formatCsvRecord(CSV_COLUMNS),
    write: ({ time, text, labels }) => {
      const { namespace, pod, container, node } = parseLogOrigin(labels);
      return formatCsvRecord([toRfc3339(time), namespace, pod, container, node, labels[LEVEL_LABEL], text]);
    },
  },
};
