import type { MetricFamily } from '../http/exposition';
import { readCustomTables, type CustomTableOptions } from './custom-metrics/customTables';
import { isStatementError, readDatabase, type OpenDatabase, type ReadLimits } from './database';
import type { RowIssue, ReportIssue } from './errors';
import { readTaskSamples } from './taskSamples';
import type { SeriesCache } from './custom-metrics/seriesCache';
import { readGroups, readModels, readRelations, readTasks, type TaskLimits } from './tasks';

/** Result of one read. */
export interface KnowledgeBaseSnapshot {
  families: MetricFamily[];
  /** Skipped rows and tables, at most {@link MAX_ISSUES}. */
  issues: RowIssue[];
}

export interface KnowledgeBaseOptions extends ReadLimits, CustomTableOptions, TaskLimits {}

/** Sized for 100,000 custom series in less than one second. */
export const DEFAULT_OPTIONS: KnowledgeBaseOptions = {
  customMetricNaming: 'prefixed',
  maxReadMs: 3_000,
  lockTimeoutMs: 500,
  maxTextLength: 4_096,
  maxSeries: 200_000,
  maxTotalLabelLength: 16_000_000,
  maxMetrics: 10_000,
  maxTasks: 10_000,
  maxRelations: 50_000,
  maxSampleRows: 500_000,
};

const MAX_ISSUES = 10_000;

/**
 * Reads Sedna's tables and the optional tables of custom metrics in one consistent snapshot. A table that is missing or
 * has an unknown schema is reported and costs only its own series.
 * @param cache speeds up the next read, which overwrites the series returned here
 * @throws {ReadError} if nothing could be read
 */
export function readKnowledgeBase(
  file: string,
  options: KnowledgeBaseOptions = DEFAULT_OPTIONS,
  cache?: SeriesCache
): KnowledgeBaseSnapshot {
  const issues: RowIssue[] = [];
  const reportIssue: ReportIssue = (issue) => void (issues.length < MAX_ISSUES && issues.push(issue));
  const families = readDatabase(file, options, (database) => readFamilies(database, options, reportIssue, cache));
  return { families, issues };
}

function readFamilies(
  database: OpenDatabase,
  options: KnowledgeBaseOptions,
  reportIssue: ReportIssue,
  cache: SeriesCache | undefined
): MetricFamily[] {
  const [tasks, groups, models, relations, links, samples] = [
    'll_tasks',
    'll_task_grp',
    'll_task_models',
    'll_task_relation',
    'll_task_sample',
    'll_samples',
  ].map((name) => {
    const findTable = database.findTable(name);
    if (!findTable) {
      reportIssue({ cause: 'missing_table', where: name, detail: 'the table is missing' });
    }
    return findTable;
  });
  const metrics = database.findTable('metric');
  const values = database.findTable('metric_value');

  const byTask = readOrSkip('ll_tasks', reportIssue, () => tasks && readTasks(database, tasks, options, reportIssue));
  const byGroup = readOrSkip(
    'll_task_grp',
    reportIssue,
    () => groups && readGroups(database, groups, options, reportIssue)
  );
  const optionalReads: Array<[where: string, read: () => MetricFamily[] | undefined]> = [
    ['ll_task_models', () => models && byGroup && readModels(database, models, byGroup.names, options, reportIssue)],
    [
      'll_task_relation',
      () =>
        relations &&
        byGroup &&
        byTask &&
        readRelations(database, relations, byGroup.names, byTask.names, options, reportIssue),
    ],
    [
      'll_samples',
      () => links && samples && byTask && readTaskSamples(database, links, samples, byTask.names, options, reportIssue),
    ],
    ['metric_value', () => readCustomTables(database, metrics, values, options, reportIssue, cache)],
  ];
  return [
    ...(byTask?.families ?? []),
    ...(byGroup?.families ?? []),
    ...optionalReads.flatMap(([where, read]) => readOrSkip(where, reportIssue, read) ?? []),
  ];
}

/** Runs one read. A statement that SQLite rejects is reported and skipped. */
function readOrSkip<T>(where: string, reportIssue: ReportIssue, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!isStatementError(error)) {
      throw error;
    }
    reportIssue({ cause: 'foreign_schema', where, detail: (error as Error).message });
    return undefined;
  }
}
