/** Identity of log lines. Imports types only, so that it runs where no browser is. */
import type { LogEntry } from './lokiApi';

/** Lines of one stream share their labels: written once, not for each line. */
const written = new WeakMap<LogEntry['labels'], string>();

function writeLabels(labels: LogEntry['labels']): string {
  let text = written.get(labels);
  if (text === undefined) {
    text = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    written.set(labels, text);
  }
  return text;
}

/** Tells entries apart: two of one stream at one time with one text are the same, for Loki too. */
export const entryKey = ({ time, text, labels }: LogEntry) => `${time} ${writeLabels(labels)} ${text}`;
