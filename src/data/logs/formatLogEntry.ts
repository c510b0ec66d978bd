import { parseLogOrigin } from '../../sedna/logs';
import { toRfc3339, type LogEntry } from './logEntries';

/**
 * Formats an entry as `<RFC 3339 time in UTC with ns> <pod> <line>` and a line break. Indents further lines of the entry
 * by four spaces, so that none looks like an entry.
 */
export const formatLogEntry = ({ time, text, labels }: LogEntry): string =>
  `${toRfc3339(time)} ${parseLogOrigin(labels).pod ?? '-'} ${text.replaceAll('\n', '\n    ')}\n`;
