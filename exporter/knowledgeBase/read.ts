import type { MetricFamily } from '../exposition';
import { customTables, type CustomTableOptions } from './customTables';
import { isStatementError, readDatabase, type OpenDatabase, type ReadLimits } from './database';
import type { Problem, Report } from './problems';
import { readSamples } from './samples';
import type { SeriesMemory } from './seriesMemory';
import { readGroups, readModels, readRelations, readTasks, type TaskLimits } from './tasks';

/** What one read of the knowledge base gave. */
export interface Reading {
  families: MetricFamily[];
  /** What was left out; the first of them, where there are very many. */
  problems: Problem[];
}

export interface KnowledgeBaseOptions extends ReadLimits, CustomTableOptions, TaskLimits {}

/** Sized for 100,000 custom series in less than a second. */
export const DEFAULTS: KnowledgeBaseOptions = {
  customMetricNames: 'prefixed',
  budgetMs: 3_000,
  busyMs: 500,
  maxText: 4_096,
  maxSeries: 200_000,
  maxLabelText: 16_000_000,
  maxMetrics: 10_000,
  maxTasks: 10_000,
  maxRelations: 50_000,
  maxSampleRows: 500_000,
};

const MAX_PROBLEMS = 10_000;

/**
 * Reads the knowledge base: Sedna's tables and those of custom metrics, all in the state of one moment.
 * A table that is missing or foreign is reported and gives no series, the others do; the custom tables are optional.
 * @param memory makes the next read cheaper; its series are then those of this read until the next
 * @throws ReadError when nothing could be read
 */
export function readKnowledgeBase(
  file: string,
  options: KnowledgeBaseOptions = DEFAULTS,
  memory?: SeriesMemory
): Reading {
  const problems: Problem[] = [];
  const report: Report = (problem) => void (problems.length < MAX_PROBLEMS && problems.push(problem));
  const families = readDatabase(file, options, (database) => readFamilies(database, options, report, memory));
  return { families, problems };
}

function readFamilies(
  database: OpenDatabase,
  options: KnowledgeBaseOptions,
  report: Report,
  memory: SeriesMemory | undefined
): MetricFamily[] {
  const [tasks, groups, models, relations, links, samples] = [
    'll_tasks',
    'll_task_grp',
    'll_task_models',
    'll_task_relation',
    'll_task_sample',
    'll_samples',
  ].map((name) => {
    const table = database.table(name);
    if (!table) {
      report({ cause: 'missing_table', where: name, detail: 'the table is not there' });
    }
    return table;
  });
  const metrics = database.table('metric');
  const values = database.table('metric_value');

  const byTask = attempt('ll_tasks', report, () => tasks && readTasks(database, tasks, options, report));
  const byGroup = attempt('ll_task_grp', report, () => groups && readGroups(database, groups, options, report));
  const parts: Array<[where: string, read: () => MetricFamily[] | undefined]> = [
    ['ll_task_models', () => models && byGroup && readModels(database, models, byGroup.names, options, report)],
    [
      'll_task_relation',
      () =>
        relations &&
        byGroup &&
        byTask &&
        readRelations(database, relations, byGroup.names, byTask.names, options, report),
    ],
    [
      'll_samples',
      () => links && samples && byTask && readSamples(database, links, samples, byTask.names, options, report),
    ],
    ['metric_value', () => customTables(database, metrics, values, options, report, memory)],
  ];
  return [
    ...(byTask?.families ?? []),
    ...(byGroup?.families ?? []),
    ...parts.flatMap(([where, read]) => attempt(where, report, read) ?? []),
  ];
}

/** Reads one part; a statement that SQLite refuses costs only that part. */
function attempt<T>(where: string, report: Report, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!isStatementError(error)) {
      throw error;
    }
    report({ cause: 'foreign_schema', where, detail: (error as Error).message });
    return undefined;
  }
}
