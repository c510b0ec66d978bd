import type { LogEntry } from '../../../data/logs/logEntries';
import {
  getMetricColumnId,
  getColumnMetrics,
  formatOtherScores,
  toScoreRows,
  formatScoresCsv,
  sortScores,
} from './rows';

const entry = (second: number, text: string): LogEntry => ({
  time: BigInt(second * 1e9),
  text: `[2026-11-23 18:45:54,055] a.py(187) [INFO] - ${text}`,
  labels: { namespace: 'robots', pod: 'dog-eval-x7k2p' },
});
/** Converts lines, oldest first. */
const toRows = (...texts: string[]) => toScoreRows(texts.map((text, index) => entry(index, text)).reverse());

it('gives a column to the metrics that most tasks have, and lists the scores of other metrics', () => {
  const many = Array.from({ length: 10 }, (_, index) => `'m${index}': ${index}`).join(', ');
  const rows = toRows(`a scores: {${many}}`, "b scores: {'m9': 1, 'm8': 2}", "c scores: {'m0': [1,");
  const metrics = getColumnMetrics(rows);
  expect(metrics).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm8', 'm9']);
  expect(rows.map((row) => formatOtherScores(row, metrics))).toEqual(['m6: 6, m7: 7', '', "{'m0': [1,"]);
});

it('sorts scores as numbers, and rows newest first without a sort', () => {
  const rows = toRows("a scores: {'m': 10}", "b scores: {'m': 9}", 'c scores: {}');
  const tasks = (...args: [Parameters<typeof sortScores>[1]]) => sortScores(rows, ...args).map(({ task }) => task);
  expect(tasks(undefined)).toEqual(['c', 'b', 'a']);
  expect(tasks({ by: getMetricColumnId('m'), descending: false })).toEqual(['b', 'a', 'c']);
  expect(tasks({ by: getMetricColumnId('m'), descending: true })).toEqual(['a', 'b', 'c']);
});

it('writes one CSV record per score and escapes formulas', () => {
  const rows = toRows(
    'Download kb index from /home/data/output/train/3/index.pkl to index.pkl',
    "=HYPERLINK(1) scores: {'m': 0.5, 'n': [1, 2]}",
    '=HYPERLINK(1) will not be deploy because all scores > 0.5',
    'cut scores: {',
    'Task evaluation finishes.'
  );
  expect(formatScoresCsv(rows).split('\r\n')).toEqual([
    'time,namespace,pod,round,task,metric,value,outcome,reason',
    "1970-01-01T00:00:01.000000000Z,robots,dog-eval-x7k2p,3,'=HYPERLINK(1),m,0.5,dropped,all scores > 0.5",
    `1970-01-01T00:00:01.000000000Z,robots,dog-eval-x7k2p,3,'=HYPERLINK(1),n,"[1, 2]",dropped,all scores > 0.5`,
    '1970-01-01T00:00:03.000000000Z,robots,dog-eval-x7k2p,3,cut,,{,kept,',
    '',
  ]);
});
