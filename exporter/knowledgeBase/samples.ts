import type { MetricFamily } from '../exposition';
import type { OpenDatabase, Table } from './database';
import { nameOf, refuseRow, type Names } from './names';
import type { Report } from './problems';
import { hasColumns, textColumn } from './tables';
import { family, series, type TaskLimits } from './tasks';
import { toTime } from './time';

type SampleRow = [
  taskId: string | null,
  sampleId: number | null,
  number: number | null,
  isTraining: number,
  missing: string | null,
];

/** What is known of a task's training samples. */
interface TaskSamples {
  total: number;
  /** Id of its newest row in `ll_samples`. */
  newest: number;
  /** Null where the newest row holds no number. */
  lastRound: number | null;
}

/**
 * Training samples of each task: over all rounds, in the last one, and when these were added.
 *
 * Sedna adds a row to `ll_samples` for each task and round and links it in `ll_task_sample`, so the rows of a task add
 * up to exactly what it was trained with, and the newest row is its last round. `ll_task_grp.sample_num` adds up too,
 * but for a group, which may hold several tasks; `ll_tasks.updated_at` changes only with the attributes. Samples
 * marked for evaluation or as hard examples (which Sedna does not write today) are not counted. A task without a link
 * gets no series: between Sedna's two commits its samples are there and not yet linked.
 */
export function readSamples(
  database: OpenDatabase,
  links: Table,
  samples: Table,
  tasks: Names,
  { maxSampleRows }: TaskLimits,
  report: Report
): MetricFamily[] {
  const complete =
    hasColumns(links, ['sample_id', 'task_id'], report) && hasColumns(samples, ['id', 'sample_num'], report);
  if (!complete) {
    return [];
  }
  if (samples.rowKey !== 'id') {
    // Each link would search the whole table, for a time that nobody can tell.
    report({ cause: 'foreign_schema', where: samples.name, detail: 'id is no INTEGER PRIMARY KEY' });
    return [];
  }
  const byTask = new Map<string, TaskSamples>();
  const isForTraining = samples.columns.has('data_type')
    ? "coalesce(s.data_type NOT IN (1, 2, 'eval', 'hard'), 1)"
    : '1';
  let count = 0;
  for (const row of database.lists(`
    SELECT CAST(l.task_id AS TEXT), CAST(s.id AS REAL),
      CASE WHEN typeof(s.sample_num) = 'integer' THEN CAST(s.sample_num AS REAL) END,
      ${isForTraining}, CASE WHEN s.id IS NULL THEN CAST(l.sample_id AS TEXT) END
    FROM ${links.sql} AS l NOT INDEXED LEFT JOIN ${samples.sql} AS s ON s.id = l.sample_id
    LIMIT ${maxSampleRows + 1}`)) {
    const [taskId, sampleId, number, isTraining, missing] = row as SampleRow;
    count += 1;
    if (count > maxSampleRows) {
      report({ cause: 'too_many_rows', where: links.name, detail: `more than ${maxSampleRows} rows` });
      return [];
    }
    const place = count;
    const task = nameOf(tasks, taskId, (cause, detail) => refuseRow(report, links, null, place)(cause, detail));
    if (task === undefined) {
      continue;
    }
    if (sampleId === null) {
      refuseRow(report, links, null, place)('dangling_id', `${samples.name} has no row with the id ${missing}`);
      continue;
    }
    if (isTraining === 0) {
      continue;
    }
    const isCount = number !== null && number >= 0;
    if (!isCount) {
      refuseRow(report, samples, String(sampleId), place)('not_a_number', 'sample_num is no number of samples');
    }
    const known = byTask.get(task) ?? { total: 0, newest: -Infinity, lastRound: null };
    known.total += isCount ? number : 0;
    if (sampleId >= known.newest) {
      known.newest = sampleId;
      known.lastRound = isCount ? number : null;
    }
    byTask.set(task, known);
  }
  return [
    family(
      SAMPLES,
      [...byTask].map(([task, { total }]) => series(SAMPLES, [task], total))
    ),
    family(
      LAST_ROUND,
      [...byTask].flatMap(([task, { lastRound }]) =>
        lastRound === null ? [] : [series(LAST_ROUND, [task], lastRound)]
      )
    ),
    ...updateTimes(database, samples, byTask, report),
  ];
}

function updateTimes(
  database: OpenDatabase,
  samples: Table,
  byTask: ReadonlyMap<string, TaskSamples>,
  report: Report
): MetricFamily[] {
  if (!hasColumns(samples, ['updated_at'], report)) {
    return [];
  }
  const found = [];
  const sql = `SELECT ${textColumn(samples, 'updated_at', TIME_LENGTH)} FROM ${samples.sql} WHERE id = ?`;
  for (const [task, { newest }] of byTask) {
    const [row] = database.lists(sql, newest);
    const seconds = toTime((row?.[0] ?? null) as string | null) / 1000;
    if (Number.isFinite(seconds)) {
      found.push(series(UPDATE_TIME, [task], seconds));
    } else {
      refuseRow(report, samples, String(newest), 0)('not_a_time', 'updated_at is no time');
    }
  }
  return [family(UPDATE_TIME, found)];
}

const TIME_LENGTH = 40;
const SAMPLES = 'sedna_knowledge_base_task_samples';
const LAST_ROUND = 'sedna_knowledge_base_task_last_round_samples';
const UPDATE_TIME = 'sedna_knowledge_base_task_update_timestamp_seconds';
