/** What a metric's page shows, as CSV; times in RFC 3339. */
import { formatCsvRecord } from '../../data/files/csv';
import { getSeriesNames } from '../../panels/seriesNames';
import type { Series } from '../../sedna/learning/roundStats';
import type { InfoRow, StateRow } from './seriesRows';

const timeText = (seconds: number | undefined) => (seconds === undefined ? '' : new Date(seconds * 1000).toISOString());

/** A record for each time, or round, a column for each series. */
export function numbersCsv(series: readonly Series[], byRound = false): string {
  const times = [...new Set(series.flatMap(({ points }) => points.map(([time]) => time)))].sort((a, b) => a - b);
  const columns = series.map(({ points }) => new Map(points));
  return [
    formatCsvRecord([byRound ? 'round' : 'time', ...getSeriesNames(series.map(({ labels }) => labels))]),
    ...times.map((time) =>
      formatCsvRecord([
        byRound ? String(time) : timeText(time),
        ...columns.map((column) => String(column.get(time) ?? '')),
      ])
    ),
  ].join('');
}

export const statesCsv = (rows: readonly StateRow[]): string =>
  [
    formatCsvRecord(['object', 'state', 'since', 'changes']),
    ...rows.map(({ name, state, since, changes }) => formatCsvRecord([name, state, timeText(since), String(changes)])),
  ].join('');

export const infosCsv = (rows: readonly InfoRow[], labels: readonly string[]): string =>
  [
    formatCsvRecord([...labels, 'from', 'until']),
    ...rows.map((row) =>
      formatCsvRecord([...labels.map((label) => row.labels[label]), timeText(row.from), timeText(row.to)])
    ),
  ].join('');
