/** Compares the series of a database written by Sedna with independent SQL. */
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { sharedFile } from '../../simulator/engine/testUtils';
import { KNOWLEDGE_BASE_METRICS } from '../../src/sedna/catalog/knowledgeBaseMetrics';
import { createTempFolder, parseExposition, readExposition, getFolderState } from './testUtils';

/** SQL for each family: its labels, then `value`. */
const EXPECTED: Readonly<Record<string, string>> = {
  known_tasks: 'SELECT count(*) AS value FROM ll_tasks',
  task_groups: 'SELECT count(*) AS value FROM ll_task_grp',
  task_info: 'SELECT name AS task, task_attr AS attributes, 1 AS value FROM ll_tasks',
  task_group_model_info: `SELECT (SELECT name FROM ll_task_grp WHERE id = m.task_id) AS "group", model_url AS url, 1 AS value
    FROM ll_task_models m`,
  task_relation: `SELECT (SELECT name FROM ll_task_grp WHERE id = r.grp_id) AS "group",
    (SELECT name FROM ll_tasks WHERE id = r.task_id) AS task, transfer_radio AS value FROM ll_task_relation r`,
  task_samples: `SELECT t.name AS task, sum(sample_num) AS value FROM ll_samples s
    JOIN ll_task_sample ON sample_id = s.id JOIN ll_tasks t ON t.id = task_id GROUP BY t.id`,
  task_last_round_samples: `SELECT name AS task, (SELECT sample_num FROM ll_samples WHERE id =
    (SELECT max(sample_id) FROM ll_task_sample WHERE task_id = t.id)) AS value FROM ll_tasks t`,
  task_update_timestamp_seconds: `SELECT name AS task, (SELECT unixepoch(updated_at) FROM ll_samples WHERE id =
    (SELECT max(sample_id) FROM ll_task_sample WHERE task_id = t.id)) AS value FROM ll_tasks t`,
};

const { file: sednaFile, skip } = sharedFile('sedna', 'knowledge-base', 'kb.sqlite3');

test('each family of a database written by Sedna equals the result of SQL', { skip }, (context) => {
  const { text, issues } = readExposition(sednaFile);
  const found = parseExposition(text);
  assert.deepEqual(issues, []);
  const metricNames = KNOWLEDGE_BASE_METRICS.map(({ name }) => name).filter(
    (name) => name !== 'sedna_knowledge_base_up'
  );
  assert.deepEqual([...new Set(found.map(({ name }) => name))].sort(), metricNames.sort());

  const connection = new DatabaseSync(sednaFile, { readOnly: true });
  for (const [name, sql] of Object.entries(EXPECTED)) {
    const rows = connection.prepare(sql).all();
    assert.ok(rows.length > 0, name);
    const expected = rows.map(({ value, ...labels }) => ({ labels: { ...labels }, value: Number(value) }));
    const series = found
      .filter((each) => each.name === `sedna_knowledge_base_${name}`)
      .map(({ labels, value }) => ({ labels, value }));
    const sorted = (list: object[]) => list.map((each) => JSON.stringify(each)).sort();
    assert.deepEqual(sorted(series), sorted(expected), name);
    context.diagnostic(`${name}: ${series.length} series`);
  }
  connection.close();
});

test('reading a database written by Sedna changes nothing', { skip }, () => {
  const file = path.join(createTempFolder(), 'kb.sqlite3');
  copyFileSync(sednaFile, file);
  const before = getFolderState(file);
  for (let i = 0; i < 20; i++) {
    readExposition(file);
  }
  assert.deepEqual(getFolderState(file), before);
});
