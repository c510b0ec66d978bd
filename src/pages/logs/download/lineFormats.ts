/** File formats of downloaded lines. */
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
  /** Precedes the first entry. */
  header: string;
  /** Includes the line break at the end. */
  formatEntry: (entry: LogEntry) => string;
}

const CSV_COLUMNS = ['time', 'namespace', 'pod', 'container', 'node', 'level', 'message'];

/** All write times as RFC 3339 in UTC with nanoseconds. */
export const FORMATS: Record<LineFormat, Format> = {
  text: { extension: 'txt', mime: 'text/plain', header: '', formatEntry: formatLogEntry },
  json: {
    extension: 'ndjson',
    mime: 'application/x-ndjson',
    header: '',
    formatEntry: ({ time, text, labels }) => `${JSON.stringify({ time: toRfc3339(time), labels, line: text })}\n`,
  },
  /** RFC 4180. */
  csv: {
    extension: 'csv',
    mime: 'text/csv',
    header: formatCsvRecord(CSV_COLUMNS),
    formatEntry: ({ time, text, labels }) => {
      const { namespace, pod, container, node } = parseLogOrigin(labels);
      return formatCsvRecord([toRfc3339(time), namespace, pod, container, node, labels[LEVEL_LABEL], text]);
    },
  },
};
