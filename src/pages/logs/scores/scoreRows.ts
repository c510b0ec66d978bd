/** Evaluations of tasks as rows of a table and of a file. */
import { sortBy, type SortOrder } from '../../../ui/sorting';
import { formatCsvRecord } from '../../../data/files/csv';
import { getEntryKey, toMilliseconds, toRfc3339, type LogEntry } from '../../../data/logs/logEntries';
import { parseLogOrigin, type LogOrigin } from '../../../sedna/logs';
import { toTaskEvaluations, type TaskEvaluation } from '../../../sedna/logs/taskScores';

export interface ScoreRow extends TaskEvaluation<LogEntry> {
  key: string;
  origin: LogOrigin;
}

/** Rows of entries in any order. */
export const scoreRows = (entries: readonly LogEntry[]): ScoreRow[] =>
  toTaskEvaluations(entries).map((evaluation, index) => ({
    ...evaluation,
    key: `${getEntryKey(evaluation.entry)} ${index}`,
    origin: parseLogOrigin(evaluation.entry.labels),
  }));

/** Columns of the table that are metrics; a task with more of them has the rest in one cell. */
const METRIC_COLUMNS = 8;

/** Names of the metrics that get a column: those of most rows, in the order in which they were met. */
export function metricColumns(rows: readonly ScoreRow[]): string[] {
  const counts = new Map<string, number>();
  for (const { metric } of rows.flatMap(({ scores }) => scores)) {
    counts.set(metric, (counts.get(metric) ?? 0) + 1);
  }
  const metrics = [...counts.keys()];
  const kept = new Set(sortBy(metrics, (metric) => counts.get(metric), true).slice(0, METRIC_COLUMNS));
  return metrics.filter((metric) => kept.has(metric));
}

/** What a row has beside the metrics that have a column. */
export const otherScores = ({ scores, unread }: ScoreRow, metrics: readonly string[]): string =>
  [
    ...scores.filter(({ metric }) => !metrics.includes(metric)).map(({ metric, text }) => `${metric}: ${text}`),
    ...(unread === undefined ? [] : [unread]),
  ].join(', ');

/** Marks the columns of metrics, which may be called as the others are. */
const METRIC_PREFIX = 'metric:';

export type ScoreColumn = 'time' | 'task' | 'outcome' | 'pod' | 'round' | `${typeof METRIC_PREFIX}${string}`;

export const metricColumn = (metric: string): ScoreColumn => `${METRIC_PREFIX}${metric}`;

/** A number, or what stands in its place: a list, or `nan`. */
const scoreValue = ({ scores }: ScoreRow, metric: string) => {
  const found = scores.find((score) => score.metric === metric);
  return found?.value ?? found?.text;
};

const valueOf = (row: ScoreRow, column: string): string | number | undefined => {
  switch (column) {
    case 'time':
      return toMilliseconds(row.entry.time);
    case 'task':
      return row.task;
    case 'outcome':
      return `${row.outcome} ${row.reason ?? ''}`;
    case 'pod':
      return row.origin.pod;
    case 'round':
      return row.round;
    default:
      return scoreValue(row, column.slice(METRIC_PREFIX.length));
  }
};

/** Newest first unless told; of one time, or by a column that is not there, as they were written. */
export const sortScores = (rows: readonly ScoreRow[], sort: SortOrder | undefined): readonly ScoreRow[] =>
  sortBy(rows, (row) => valueOf(row, sort?.by ?? 'time'), sort?.descending ?? true);

/** All rows as RFC 4180: one record for each score, so that the columns do not depend on what is found. */
export function scoresCsv(rows: readonly ScoreRow[]): string {
  const record = ({ entry, task, origin, outcome, reason, round }: ScoreRow, metric?: string, value?: string) =>
    formatCsvRecord([toRfc3339(entry.time), origin.namespace, origin.pod, round, task, metric, value, outcome, reason]);
  return [
    formatCsvRecord(['time', 'namespace', 'pod', 'round', 'task', 'metric', 'value', 'outcome', 'reason']),
    ...rows.flatMap((row) =>
      row.scores.length === 0
        ? [record(row, undefined, row.unread)]
        : row.scores.map(({ metric, text }) => record(row, metric, text))
    ),
  ].join('');
}
