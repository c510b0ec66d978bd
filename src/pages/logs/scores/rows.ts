/** Task evaluations as rows of a table and of a CSV file. */
import { sortBy, type SortOrder } from '../../../ui/sorting';
import { formatCsvRecord } from '../../../data/files/csv';
import { getEntryKey, toMilliseconds, toRfc3339, type LogEntry } from '../../../data/logs/logEntries';
import { parseLogOrigin, type LogOrigin } from '../../../sedna/logs';
import { toTaskEvaluations, type TaskEvaluation } from '../../../sedna/logs/taskScores';

export interface ScoreRow extends TaskEvaluation<LogEntry> {
  key: string;
  origin: LogOrigin;
}

/** Converts entries in any order to rows. */
export const toScoreRows = (entries: readonly LogEntry[]): ScoreRow[] =>
  toTaskEvaluations(entries).map((evaluation, index) => ({
    ...evaluation,
    key: `${getEntryKey(evaluation.entry)} ${index}`,
    origin: parseLogOrigin(evaluation.entry.labels),
  }));

/** Further metrics share the column of other scores. */
const MAX_METRIC_COLUMNS = 8;

/** Returns the metrics that get a column: those that most rows have, in the order of their first appearance. */
export function getColumnMetrics(rows: readonly ScoreRow[]): string[] {
  const counts = new Map<string, number>();
  for (const { metric } of rows.flatMap(({ scores }) => scores)) {
    counts.set(metric, (counts.get(metric) ?? 0) + 1);
  }
  const metrics = [...counts.keys()];
  const mostFrequent = new Set(sortBy(metrics, (metric) => counts.get(metric), true).slice(0, MAX_METRIC_COLUMNS));
  return metrics.filter((metric) => mostFrequent.has(metric));
}

/** Formats the scores without a column, and text that couldn't be parsed as scores; empty if there are none. */
export const formatOtherScores = ({ scores, unread }: ScoreRow, metrics: readonly string[]): string =>
  [
    ...scores.filter(({ metric }) => !metrics.includes(metric)).map(({ metric, text }) => `${metric}: ${text}`),
    ...(unread === undefined ? [] : [unread]),
  ].join(', ');

/** Keeps a metric named like another column, such as `time`, apart from it. */
const METRIC_PREFIX = 'metric:';

export type ScoreColumn = 'time' | 'task' | 'outcome' | 'pod' | 'round' | `${typeof METRIC_PREFIX}${string}`;

export const getMetricColumnId = (metric: string): ScoreColumn => `${METRIC_PREFIX}${metric}`;

/** Returns the score as a number if it is one, else as text, such as a list or `nan`. */
const getScore = ({ scores }: ScoreRow, metric: string) => {
  const found = scores.find((score) => score.metric === metric);
  return found?.value ?? found?.text;
};

const getSortValue = (row: ScoreRow, column: string): string | number | undefined => {
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
      return getScore(row, column.slice(METRIC_PREFIX.length));
  }
};

/** Newest first without a sort. Rows with equal values, or of an unknown column, keep the order of their lines. */
export const sortScores = (rows: readonly ScoreRow[], sort: SortOrder | undefined): readonly ScoreRow[] =>
  sortBy(rows, (row) => getSortValue(row, sort?.by ?? 'time'), sort?.descending ?? true);

/** Formats rows as RFC 4180, one record per score, so that the columns don't depend on the metrics. */
export function formatScoresCsv(rows: readonly ScoreRow[]): string {
  const formatRecord = ({ entry, task, origin, outcome, reason, round }: ScoreRow, metric?: string, value?: string) =>
    formatCsvRecord([toRfc3339(entry.time), origin.namespace, origin.pod, round, task, metric, value, outcome, reason]);
  return [
    formatCsvRecord(['time', 'namespace', 'pod', 'round', 'task', 'metric', 'value', 'outcome', 'reason']),
    ...rows.flatMap((row) =>
      row.scores.length === 0
        ? [formatRecord(row, undefined, row.unread)]
        : row.scores.map(({ metric, text }) => formatRecord(row, metric, text))
    ),
  ].join('');
}
