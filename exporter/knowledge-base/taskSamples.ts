import type { MetricFamily } from '../http/exposition';
import type { OpenDatabase, Table } from './database';
import { findName, createRowReporter, type NameTable } from './taskAndGroupNames';
import type { ReportIssue } from './errors';
import { hasColumns, buildTextColumn } from './databaseColumns';
import { toFamily, toSample, type TaskLimits } from './tasks';
import { parseSqliteTime } from './sqliteTime';

type SampleRow = [
  taskId: string | null,
  sampleId: number | null,
  number: number | null,
  isTraining: number,
  missingSampleId: string | null,
];

/** Training samples of one task. */
interface TaskSamples {
  total: number;
  /** Id of its newest row in `ll_samples`. */
  newestRowId: number;
  /** Null if the newest row has no number. */
  lastRoundSamples: number | null;
}

/**
 * Returns the training samples of each task: the total, those of the last round, and when these were added.
 *
 * Sedna adds a row to `ll_samples` for each task and round and links it in `ll_task_sample`, so the rows of a task add
 * up to its training samples and the newest row is its last round. Other columns don't fit: `ll_task_grp.sample_num` is
 * the sum of a group, which may hold several tasks, and `ll_tasks.updated_at` changes only with the attributes. Samples
 * for evaluation and hard examples, which Sedna doesn't write today, are ignored. A task without a link gets no series,
 * because Sedna commits samples before their links.
 */
export function readTaskSamples(
  database: OpenDatabase,
  links: Table,
  samples: Table,
  tasks: NameTable,
  { maxSampleRows }: TaskLimits,
  reportIssue: ReportIssue
): MetricFamily[] {
  const hasAllColumns =
    hasColumns(links, ['sample_id', 'task_id'], reportIssue) && hasColumns(samples, ['id', 'sample_num'], reportIssue);
  if (!hasAllColumns) {
    return [];
  }
  if (samples.rowIdColumn !== 'id') {
    // Without an index, each link would scan the whole table.
    reportIssue({ cause: 'foreign_schema', where: samples.name, detail: "id isn't an INTEGER PRIMARY KEY" });
    return [];
  }
  const byTask = new Map<string, TaskSamples>();
  const isForTraining = samples.columns.has('data_type')
    ? "coalesce(s.data_type NOT IN (1, 2, 'eval', 'hard'), 1)"
    : '1';
  let count = 0;
  for (const row of database.selectRowArrays(`
    SELECT CAST(l.task_id AS TEXT), CAST(s.id AS REAL),
      CASE WHEN typeof(s.sample_num) = 'integer' THEN CAST(s.sample_num AS REAL) END,
      ${isForTraining}, CASE WHEN s.id IS NULL THEN CAST(l.sample_id AS TEXT) END
    FROM ${links.sql} AS l NOT INDEXED LEFT JOIN ${samples.sql} AS s ON s.id = l.sample_id
    LIMIT ${maxSampleRows + 1}`)) {
    const [taskId, sampleId, number, isTraining, missingSampleId] = row as SampleRow;
    count += 1;
    if (count > maxSampleRows) {
      reportIssue({ cause: 'too_many_rows', where: links.name, detail: `more than ${maxSampleRows} rows` });
      return [];
    }
    const rowNumber = count;
    const task = findName(tasks, taskId, (cause, detail) =>
      createRowReporter(reportIssue, links, null, rowNumber)(cause, detail)
    );
    if (task === undefined) {
      continue;
    }
    if (sampleId === null) {
      createRowReporter(
        reportIssue,
        links,
        null,
        rowNumber
      )('dangling_id', `${samples.name} has no row with the id ${missingSampleId}`);
      continue;
    }
    if (isTraining === 0) {
      continue;
    }
    const isCount = number !== null && number >= 0;
    if (!isCount) {
      createRowReporter(
        reportIssue,
        samples,
        String(sampleId),
        rowNumber
      )('not_a_number', "sample_num isn't a number of samples");
    }
    const known = byTask.get(task) ?? { total: 0, newestRowId: -Infinity, lastRoundSamples: null };
    known.total += isCount ? number : 0;
    if (sampleId >= known.newestRowId) {
      known.newestRowId = sampleId;
      known.lastRoundSamples = isCount ? number : null;
    }
    byTask.set(task, known);
  }
  return [
    toFamily(
      TASK_SAMPLES,
      [...byTask].map(([task, { total }]) => toSample(TASK_SAMPLES, [task], total))
    ),
    toFamily(
      LAST_ROUND_SAMPLES,
      [...byTask].flatMap(([task, { lastRoundSamples }]) =>
        lastRoundSamples === null ? [] : [toSample(LAST_ROUND_SAMPLES, [task], lastRoundSamples)]
      )
    ),
    ...readUpdateTimes(database, samples, byTask, reportIssue),
  ];
}

function readUpdateTimes(
  database: OpenDatabase,
  samples: Table,
  byTask: ReadonlyMap<string, TaskSamples>,
  reportIssue: ReportIssue
): MetricFamily[] {
  if (!hasColumns(samples, ['updated_at'], reportIssue)) {
    return [];
  }
  const found = [];
  const sql = `SELECT ${buildTextColumn(samples, 'updated_at', MAX_TIME_LENGTH)} FROM ${samples.sql} WHERE id = ?`;
  for (const [task, { newestRowId }] of byTask) {
    const [row] = database.selectRowArrays(sql, newestRowId);
    const seconds = parseSqliteTime((row?.[0] ?? null) as string | null) / 1000;
    if (Number.isFinite(seconds)) {
      found.push(toSample(UPDATE_TIME, [task], seconds));
    } else {
      createRowReporter(reportIssue, samples, String(newestRowId), 0)('not_a_time', "updated_at isn't a time");
    }
  }
  return [toFamily(UPDATE_TIME, found)];
}

const MAX_TIME_LENGTH = 40;
const TASK_SAMPLES = 'sedna_knowledge_base_task_samples';
const LAST_ROUND_SAMPLES = 'sedna_knowledge_base_task_last_round_samples';
const UPDATE_TIME = 'sedna_knowledge_base_task_update_timestamp_seconds';
