import type { LogEntry } from '../../../data/logs/logEntries';
import { metricColumn, metricColumns, otherScores, scoreRows, scoresCsv, sortScores } from './scoreRows';

const entry = (second: number, text: string): LogEntry => ({
  time: BigInt(second * 1e9),
  text: `[2026-11-23 18:45:54,055] a.py(187) [INFO] - ${text}`,
  labels: { namespace: 'robots', pod: 'dog-eval-x7k2p' },
});
/** Rows of lines in the order in which they were written. */
const rowsOf = (...texts: string[]) => scoreRows(texts.map((text, index) => entry(index, text)).reverse());

it('gives columns to the metrics of most tasks, and keeps the others at hand', () => {
  const many = Array.from({ length: 10 }, (_, index) => `'m${index}': ${index}`).join(', ');
  const rows = rowsOf(`a scores: {${many}}`, "b scores: {'m9': 1, 'm8': 2}", "c scores: {'m0': [1,");
  const metrics = metricColumns(rows);
  expect(metrics).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm8', 'm9']);
  expect(rows.map((row) => otherScores(row, metrics))).toEqual(['m6: 6, m7: 7', '', "{'m0': [1,"]);
});

it('sorts numbers by size, the newest first unless told', () => {
  const rows = rowsOf("a scores: {'m': 10}", "b scores: {'m': 9}", 'c scores: {}');
  const tasks = (...args: [Parameters<typeof sortScores>[1]]) => sortScores(rows, ...args).map(({ task }) => task);
  expect(tasks(undefined)).toEqual(['c', 'b', 'a']);
  expect(tasks({ by: metricColumn('m'), descending: false })).toEqual(['b', 'a', 'c']);
  expect(tasks({ by: metricColumn('m'), descending: true })).toEqual(['a', 'b', 'c']);
});

it('writes one record for each score, none of which a spreadsheet runs', () => {
  const rows = rowsOf(
    'Download kb index from /home/data/output/train/3/index.pkl to index.pkl',
    "=HYPERLINK(1) scores: {'m': 0.5, 'n': [1, 2]}",
    '=HYPERLINK(1) will not be deploy because all scores > 0.5',
    'cut scores: {',
    'Task evaluation finishes.'
  );
  expect(scoresCsv(rows).split('\r\n')).toEqual([
    'time,namespace,pod,round,task,metric,value,outcome,reason',
    "1970-01-01T00:00:01.000000000Z,robots,dog-eval-x7k2p,3,'=HYPERLINK(1),m,0.5,dropped,all scores > 0.5",
    `1970-01-01T00:00:01.000000000Z,robots,dog-eval-x7k2p,3,'=HYPERLINK(1),n,"[1, 2]",dropped,all scores > 0.5`,
    '1970-01-01T00:00:03.000000000Z,robots,dog-eval-x7k2p,3,cut,,{,kept,',
    '',
  ]);
});
