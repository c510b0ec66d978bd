import { findMetric } from '../../src/sedna/catalog';
import { formatLabels, type MetricFamily, type Sample } from '../http/exposition';
import type { OpenDatabase, Table } from './database';
import {
  isValidLabelText,
  findName,
  readNameTable,
  createRowReporter,
  type NameLimits,
  type NameTable,
} from './taskAndGroupNames';
import type { ReportIssue } from './errors';
import { hasColumns, buildTextColumn } from './databaseColumns';

export interface TaskLimits extends NameLimits {
  /** Maximum number of pairs of group and task. */
  maxRelations: number;
  /** Maximum number of rows in `ll_task_sample`. Sedna adds one for each task and round and never removes any. */
  maxSampleRows: number;
}

/** Tasks or groups with their series. */
export interface NamedFamilies {
  names: NameTable;
  families: MetricFamily[];
}

/** Reads known tasks with their attributes. Tasks without attributes get an info series without that label. */
export function readTasks(
  database: OpenDatabase,
  table: Table,
  limits: TaskLimits,
  reportIssue: ReportIssue
): NamedFamilies {
  const infos: Sample[] = [];
  const names = readNameTable(database, table, limits, reportIssue, 'task_attr', (name, attributes, reportRow) => {
    if (!attributes || isValidLabelText(attributes, 'task_attr', limits.maxTextLength, reportRow)) {
      infos.push(toSample(TASK_INFO, [name, attributes ?? ''], 1));
    }
  });
  return {
    names,
    families: [toFamily(KNOWN_TASKS, [toSample(KNOWN_TASKS, [], names.count)]), toFamily(TASK_INFO, infos)],
  };
}

export function readGroups(
  database: OpenDatabase,
  table: Table,
  limits: TaskLimits,
  reportIssue: ReportIssue
): NamedFamilies {
  const names = readNameTable(database, table, limits, reportIssue);
  return { names, families: [toFamily(TASK_GROUPS, [toSample(TASK_GROUPS, [], names.count)])] };
}

/**
 * Reads the model file of each group. Despite its name, the column `task_id` holds the id of a group. Sedna keeps one
 * row per group; the last of several wins.
 */
export function readModels(
  database: OpenDatabase,
  table: Table,
  groups: NameTable,
  { maxTextLength }: TaskLimits,
  reportIssue: ReportIssue
): MetricFamily[] {
  if (!hasColumns(table, ['task_id', 'model_url'], reportIssue)) {
    return [];
  }
  const byGroup = new Map<string, Sample>();
  const columns = ['id', 'task_id', 'model_url'].map((column) => buildTextColumn(table, column, maxTextLength));
  let position = 0;
  for (const row of database.selectRowArrays(`SELECT ${columns.join(', ')} FROM ${table.sql} NOT INDEXED`)) {
    const [id, groupId, url] = row as Array<string | null>;
    const reportRow = createRowReporter(reportIssue, table, id, (position += 1));
    const group = findName(groups, groupId, reportRow);
    if (group === undefined || !isValidLabelText(url, 'model_url', maxTextLength, reportRow)) {
      continue;
    }
    if (byGroup.has(group)) {
      reportRow('duplicate_row', 'an earlier row has the same group; the last one is used');
    }
    byGroup.set(group, toSample(MODEL_INFO, [group, url], 1));
  }
  return [toFamily(MODEL_INFO, byGroup.values())];
}

/** Reads the weight of each task in its groups. */
export function readRelations(
  database: OpenDatabase,
  table: Table,
  groups: NameTable,
  tasks: NameTable,
  { maxTextLength, maxRelations }: TaskLimits,
  reportIssue: ReportIssue
): MetricFamily[] {
  if (!hasColumns(table, ['grp_id', 'task_id', 'transfer_radio'], reportIssue)) {
    return [];
  }
  const byPair = new Map<string, Sample>();
  const weight =
    "CASE typeof(transfer_radio) WHEN 'integer' THEN CAST(transfer_radio AS REAL) WHEN 'real' THEN transfer_radio END";
  const columns = ['id', 'grp_id', 'task_id'].map((column) => buildTextColumn(table, column, maxTextLength));
  let position = 0;
  let skipped = 0;
  for (const row of database.selectRowArrays(`SELECT ${columns.join(', ')}, ${weight} FROM ${table.sql} NOT INDEXED`)) {
    const [id, groupId, taskId] = row as Array<string | null>;
    const reportRow = createRowReporter(reportIssue, table, id, (position += 1));
    const value = row[3] as number | null;
    const group = findName(groups, groupId, reportRow);
    const task = findName(tasks, taskId, reportRow);
    if (group === undefined || task === undefined) {
      continue;
    }
    if (value === null || !Number.isFinite(value)) {
      reportRow('not_a_number', "transfer_radio isn't a finite number");
      continue;
    }
    const relation = toSample(RELATION, [group, task], value);
    if (byPair.has(relation.labels)) {
      reportRow('duplicate_row', 'an earlier row has the same group and task; the last one is used');
    } else if (byPair.size >= maxRelations) {
      skipped += 1;
      continue;
    }
    byPair.set(relation.labels, relation);
  }
  if (skipped > 0) {
    reportIssue({
      cause: 'too_many_rows',
      where: table.name,
      detail: `${skipped} rows above the limit of ${maxRelations}`,
    });
  }
  return [toFamily(RELATION, byPair.values())];
}

/** Creates a sample for a family in the catalog. @param values one for each label of the catalog entry */
export const toSample = (name: string, values: readonly string[], value: number): Sample => ({
  labels: formatLabels(findMetric(name)?.labels ?? [], values),
  value,
});

/** Creates a family with the help from the catalog. @throws if the catalog doesn't have the metric */
export function toFamily(name: string, samples: Iterable<Sample>): MetricFamily {
  const entry = findMetric(name);
  if (!entry) {
    throw new Error(`${name} is not in the metric catalog`);
  }
  return { name, help: entry.help, samples };
}

const KNOWN_TASKS = 'sedna_knowledge_base_known_tasks';
const TASK_INFO = 'sedna_knowledge_base_task_info';
const TASK_GROUPS = 'sedna_knowledge_base_task_groups';
const MODEL_INFO = 'sedna_knowledge_base_task_group_model_info';
const RELATION = 'sedna_knowledge_base_task_relation';
