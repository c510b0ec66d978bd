import { findMetric } from '../../src/sedna/catalog';
import { labelText, type MetricFamily, type Sample } from '../exposition';
import type { OpenDatabase, Table } from './database';
import { isUsable, nameOf, readNames, refuseRow, type NameLimits, type Names } from './names';
import type { Report } from './problems';
import { hasColumns, textColumn } from './tables';

export interface TaskLimits extends NameLimits {
  /** Pairs of group and task. */
  maxRelations: number;
  /** Rows of `ll_task_sample`: there is one for each task and round, and none is ever removed. */
  maxSampleRows: number;
}

/** Tasks or groups, and their series. */
export interface NamedFamilies {
  names: Names;
  families: MetricFamily[];
}

/** Known tasks with their attributes. An info without attributes is of a task that has none. */
export function readTasks(database: OpenDatabase, table: Table, limits: TaskLimits, report: Report): NamedFamilies {
  const infos: Sample[] = [];
  const names = readNames(database, table, limits, report, 'task_attr', (name, attributes, refuse) => {
    if (!attributes || isUsable(attributes, 'task_attr', limits.maxText, refuse)) {
      infos.push(series(TASK_INFO, [name, attributes ?? ''], 1));
    }
  });
  return {
    names,
    families: [family(KNOWN_TASKS, [series(KNOWN_TASKS, [], names.count)]), family(TASK_INFO, infos)],
  };
}

export function readGroups(database: OpenDatabase, table: Table, limits: TaskLimits, report: Report): NamedFamilies {
  const names = readNames(database, table, limits, report);
  return { names, families: [family(GROUPS, [series(GROUPS, [], names.count)])] };
}

/**
 * The model file of each group. Column `task_id` holds the id of a group in spite of its name. Sedna keeps one row a
 * group; of several the last counts.
 */
export function readModels(
  database: OpenDatabase,
  table: Table,
  groups: Names,
  { maxText }: TaskLimits,
  report: Report
): MetricFamily[] {
  if (!hasColumns(table, ['task_id', 'model_url'], report)) {
    return [];
  }
  const byGroup = new Map<string, Sample>();
  const columns = ['id', 'task_id', 'model_url'].map((column) => textColumn(table, column, maxText));
  let position = 0;
  for (const row of database.lists(`SELECT ${columns.join(', ')} FROM ${table.sql} NOT INDEXED`)) {
    const [id, groupId, url] = row as Array<string | null>;
    const refuse = refuseRow(report, table, id, (position += 1));
    const group = nameOf(groups, groupId, refuse);
    if (group === undefined || !isUsable(url, 'model_url', maxText, refuse)) {
      continue;
    }
    if (byGroup.has(group)) {
      refuse('duplicate_row', 'an earlier row is of the same group; the later one counts');
    }
    byGroup.set(group, series(MODEL_INFO, [group, url], 1));
  }
  return [family(MODEL_INFO, byGroup.values())];
}

/** The weight of each task in its groups. */
export function readRelations(
  database: OpenDatabase,
  table: Table,
  groups: Names,
  tasks: Names,
  { maxText, maxRelations }: TaskLimits,
  report: Report
): MetricFamily[] {
  if (!hasColumns(table, ['grp_id', 'task_id', 'transfer_radio'], report)) {
    return [];
  }
  const byPair = new Map<string, Sample>();
  const weight =
    "CASE typeof(transfer_radio) WHEN 'integer' THEN CAST(transfer_radio AS REAL) WHEN 'real' THEN transfer_radio END";
  const columns = ['id', 'grp_id', 'task_id'].map((column) => textColumn(table, column, maxText));
  let position = 0;
  let left = 0;
  for (const row of database.lists(`SELECT ${columns.join(', ')}, ${weight} FROM ${table.sql} NOT INDEXED`)) {
    const [id, groupId, taskId] = row as Array<string | null>;
    const refuse = refuseRow(report, table, id, (position += 1));
    const value = row[3] as number | null;
    const group = nameOf(groups, groupId, refuse);
    const task = nameOf(tasks, taskId, refuse);
    if (group === undefined || task === undefined) {
      continue;
    }
    if (value === null || !Number.isFinite(value)) {
      refuse('not_a_number', 'transfer_radio is no finite number');
      continue;
    }
    const relation = series(RELATION, [group, task], value);
    if (byPair.has(relation.labels)) {
      refuse('duplicate_row', 'an earlier row is of the same group and task; the later one counts');
    } else if (byPair.size >= maxRelations) {
      left += 1;
      continue;
    }
    byPair.set(relation.labels, relation);
  }
  if (left > 0) {
    report({ cause: 'too_many_rows', where: table.name, detail: `${left} rows more than ${maxRelations}` });
  }
  return [family(RELATION, byPair.values())];
}

/** Series of a family of the catalogue. @param values one for each label of the catalogue's entry */
export const series = (name: string, values: readonly string[], value: number): Sample => ({
  labels: labelText(findMetric(name)?.labels ?? [], values),
  value,
});

/** A family with the catalogue's help. @throws for a name that the catalogue does not have */
export function family(name: string, samples: Iterable<Sample>): MetricFamily {
  const entry = findMetric(name);
  if (!entry) {
    throw new Error(`${name} is not in the metric catalogue`);
  }
  return { name, help: entry.help, samples };
}

const KNOWN_TASKS = 'sedna_knowledge_base_known_tasks';
const TASK_INFO = 'sedna_knowledge_base_task_info';
const GROUPS = 'sedna_knowledge_base_task_groups';
const MODEL_INFO = 'sedna_knowledge_base_task_group_model_info';
const RELATION = 'sedna_knowledge_base_task_relation';
