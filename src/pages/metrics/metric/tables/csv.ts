/** CSV of what the page shows, with times in RFC 3339. */
import { formatCsvRecord } from '../../../../data/files/csv';
import { getSeriesNames } from '../../../../panels/seriesNames';
import type { Series } from '../../../../sedna/learning/roundStats';
import type { InfoRow, StateRow } from './rows';

const formatTime = (seconds: number | undefined) =>
  seconds === undefined ? '' : new Date(seconds * 1000).toISOString();

/**
 * Writes a record for each time and a column for each series.
 * @param byRound whether points have rounds in place of times
 */
export function formatNumbersCsv(series: readonly Series[], byRound = false): string {
  const times = [...new Set(series.flatMap(({ points }) => points.map(([time]) => time)))].sort((a, b) => a - b);
  const columns = series.map(({ points }) => new Map(points));
  return [
    formatCsvRecord([byRound ? 'round' : 'time', ...getSeriesNames(series.map(({ labels }) => labels))]),
    ...times.map((time) =>
      formatCsvRecord([
        byRound ? String(time) : formatTime(time),
        ...columns.map((column) => String(column.get(time) ?? '')),
      ])
    ),
  ].join('');
}

export const formatStatesCsv = (rows: readonly StateRow[]): string =>
  [
    formatCsvRecord(['object', 'state', 'since', 'changes']),
    ...rows.map(({ name, state, since, changes }) =>
      formatCsvRecord([name, state, formatTime(since), String(changes)])
    ),
  ].join('');

export const formatInfosCsv = (rows: readonly InfoRow[], labels: readonly string[]): string =>
  [
    formatCsvRecord([...labels, 'from', 'until']),
    ...rows.map((row) =>
      formatCsvRecord([...labels.map((label) => row.labels[label]), formatTime(row.from), formatTime(row.to)])
    ),
  ].join('');
