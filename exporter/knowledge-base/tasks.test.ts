import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { DEFAULT_OPTIONS } from './readKnowledgeBase';
import { ALL_TABLES, createDatabase, executeSql, readSeries } from './testUtils';

/** Two rounds as Sedna writes them: two tasks in the first round and one in the second. */
const TWO_ROUNDS = `${ALL_TABLES}
  INSERT INTO ll_task_grp VALUES (1, 'Autumn_1.0', 0, 700, 2), (2, 'Winter_4.0', 0, 93, 1);
  INSERT INTO ll_tasks VALUES
    (1, 'Autumn_1.0', '["Autumn", 1.0]', '2026-11-23 08:00:00', '2026-11-23 08:00:00'),
    (2, 'Winter_4.0', '["Winter", 4.0]', '2026-11-23 08:00:00', '2026-11-23 08:00:00');
  INSERT INTO ll_samples VALUES
    (1, '', '', 'train', '2026-11-23 08:00:00', 600), (2, '', '', 'train', '2026-11-23 08:00:01', 93),
    (3, '', '', 'train', '2026-11-23 09:30:00', 100);
  INSERT INTO ll_task_sample VALUES (1, 1, 1), (2, 2, 2), (3, 3, 1);
  INSERT INTO ll_task_models VALUES
    (1, 1, 'http://kb.sedna:9020/knowledgebase/file/download?files=Autumn_1.0.model&name=Autumn_1.0.model', 0, NULL),
    (2, 2, 's3://models/Winter_4.0.model', 0, NULL);
  INSERT INTO ll_task_relation VALUES (1, 1, 1, 0.5), (2, 2, 2, 1.0);
`;

const selectSeries = (series: string[], name: string) =>
  series.filter((line) => line.startsWith(`sedna_knowledge_base_${name}`)).map((line) => line.slice(21));

test('two rounds yield all series of tasks, groups, and samples', () => {
  assert.deepEqual(readSeries(createDatabase(TWO_ROUNDS)), {
    series: [
      'sedna_knowledge_base_known_tasks 2',
      'sedna_knowledge_base_task_info{task="Autumn_1.0",attributes="[\\"Autumn\\", 1.0]"} 1',
      'sedna_knowledge_base_task_info{task="Winter_4.0",attributes="[\\"Winter\\", 4.0]"} 1',
      'sedna_knowledge_base_task_groups 2',
      'sedna_knowledge_base_task_group_model_info{group="Autumn_1.0",url="http://kb.sedna:9020/knowledgebase/file/download?files=Autumn_1.0.model&name=Autumn_1.0.model"} 1',
      'sedna_knowledge_base_task_group_model_info{group="Winter_4.0",url="s3://models/Winter_4.0.model"} 1',
      'sedna_knowledge_base_task_relation{group="Autumn_1.0",task="Autumn_1.0"} 0.5',
      'sedna_knowledge_base_task_relation{group="Winter_4.0",task="Winter_4.0"} 1',
      'sedna_knowledge_base_task_samples{task="Autumn_1.0"} 700',
      'sedna_knowledge_base_task_samples{task="Winter_4.0"} 93',
      'sedna_knowledge_base_task_last_round_samples{task="Autumn_1.0"} 100',
      'sedna_knowledge_base_task_last_round_samples{task="Winter_4.0"} 93',
      'sedna_knowledge_base_task_update_timestamp_seconds{task="Autumn_1.0"} 1795426200',
      'sedna_knowledge_base_task_update_timestamp_seconds{task="Winter_4.0"} 1795420801',
    ],
    issues: [],
  });
});

test('the column task_id of a model refers to a group and not to a task', () => {
  const file = createDatabase(`${ALL_TABLES}
    INSERT INTO ll_tasks (id, name) VALUES (1, 'task one'), (2, 'task two');
    INSERT INTO ll_task_grp (id, name) VALUES (1, 'group one');
    INSERT INTO ll_task_models (task_id, model_url) VALUES (1, 'u');`);
  assert.deepEqual(selectSeries(readSeries(file).series, 'task_group_model'), [
    'task_group_model_info{group="group one",url="u"} 1',
  ]);
});

test('each task of a group has its own samples', () => {
  const file = createDatabase(`${ALL_TABLES}
    INSERT INTO ll_task_grp VALUES (1, 'g', 0, 30, 2);
    INSERT INTO ll_tasks (id, name) VALUES (1, 'a'), (2, 'b');
    INSERT INTO ll_task_relation VALUES (1, 1, 1, 0.5), (2, 1, 2, 0.5);
    INSERT INTO ll_samples (id, data_type, sample_num) VALUES (1, 'train', 10), (2, 'train', 20);
    INSERT INTO ll_task_sample VALUES (1, 1, 1), (2, 2, 2);`);
  const { series } = readSeries(file);
  assert.deepEqual(selectSeries(series, 'task_samples'), ['task_samples{task="a"} 10', 'task_samples{task="b"} 20']);
  assert.deepEqual(selectSeries(series, 'task_relation'), [
    'task_relation{group="g",task="a"} 0.5',
    'task_relation{group="g",task="b"} 0.5',
  ]);
});

test('the newest sample row is the one with the greatest id, whatever the order of the links', () => {
  const file = createDatabase(`${ALL_TABLES}
    INSERT INTO ll_tasks (id, name) VALUES (1, 'a');
    INSERT INTO ll_samples VALUES (5, '', '', 'train', '2026-11-23 10:00:00', 5), (3, '', '', 'train', '2026-11-23 12:00:00', 3);
    INSERT INTO ll_task_sample VALUES (1, 5, 1), (2, 3, 1);`);
  const { series } = readSeries(file);
  assert.deepEqual(selectSeries(series, 'task_last'), ['task_last_round_samples{task="a"} 5']);
  assert.deepEqual(selectSeries(series, 'task_update'), ['task_update_timestamp_seconds{task="a"} 1795428000']);
});

test('samples for evaluation and hard examples do not count as training samples', () => {
  const file = createDatabase(`${ALL_TABLES}
    INSERT INTO ll_tasks (id, name) VALUES (1, 'a');
    INSERT INTO ll_samples (id, data_type, sample_num) VALUES
      (1, 'train', 1), (2, 0, 2), (3, NULL, 4), (4, 'eval', 8), (5, 1, 16), (6, 2, 32), (7, 'hard', 64);
    INSERT INTO ll_task_sample (sample_id, task_id) SELECT id, 1 FROM ll_samples;`);
  assert.deepEqual(selectSeries(readSeries(file).series, 'task_samples'), ['task_samples{task="a"} 7']);
});

test("a read between two of Sedna's commits yields only what is complete", () => {
  const file = createDatabase(`${ALL_TABLES}
    INSERT INTO ll_task_grp VALUES (1, 'a', 0, 86, 1);
    INSERT INTO ll_tasks (id, name, task_attr) VALUES (1, 'a', '[]');
    INSERT INTO ll_samples (id, data_type, sample_num) VALUES (1, 'train', 86);`);
  assert.deepEqual(readSeries(file), {
    series: [
      'sedna_knowledge_base_known_tasks 1',
      'sedna_knowledge_base_task_info{task="a",attributes="[]"} 1',
      'sedna_knowledge_base_task_groups 1',
    ],
    issues: [],
  });
});

test('dangling ids are reported and skipped', () => {
  const file = createDatabase(`${TWO_ROUNDS}
    INSERT INTO ll_task_models VALUES (3, 99, 'u', 0, NULL);
    INSERT INTO ll_task_relation VALUES (3, 99, 1, 1), (4, 1, 99, 1);
    INSERT INTO ll_task_sample VALUES (4, 99, 1), (5, 1, 99);`);
  const { series, issues } = readSeries(file);
  assert.deepEqual(series, readSeries(createDatabase(TWO_ROUNDS)).series);
  assert.deepEqual(issues, [
    'dangling_id ll_task_models id 3',
    'dangling_id ll_task_relation id 3',
    'dangling_id ll_task_relation id 4',
    'dangling_id ll_task_sample row 4',
    'dangling_id ll_task_sample row 5',
  ]);
});

/** The tables without constraints, as another tool might create them. */
const UNCONSTRAINED_TABLES = `
  CREATE TABLE ll_task_grp (id INTEGER PRIMARY KEY, name);
  CREATE TABLE ll_tasks (id INTEGER PRIMARY KEY, name, task_attr);
  CREATE TABLE ll_task_models (id INTEGER PRIMARY KEY, task_id, model_url);
  CREATE TABLE ll_task_relation (id INTEGER PRIMARY KEY, grp_id, task_id, transfer_radio);
  CREATE TABLE ll_samples (id INTEGER PRIMARY KEY, sample_num, updated_at);
  CREATE TABLE ll_task_sample (sample_id, task_id);
`;

test('missing, non-text, overlong, and duplicate names are reported and still counted as tasks', () => {
  const file = createDatabase(`${UNCONSTRAINED_TABLES}
    INSERT INTO ll_tasks VALUES (1, 'a', NULL), (2, NULL, ''), (3, '', ''), (4, x'61', ''), (5, 'a', 'second'),
      (6, '${'n'.repeat(5_000)}', ''), (7, 'b', '${'n'.repeat(5_000)}'), (8, 8, 'a number'), (9, '${'n'.repeat(50_000)}', '');
    INSERT INTO ll_task_sample VALUES (1, 1), (2, 5);
    INSERT INTO ll_samples VALUES (1, 10, '2026-11-23'), (2, 20, '2026-11-23');`);
  const { series, issues } = readSeries(file);
  assert.deepEqual(selectSeries(series, 'known_tasks'), ['known_tasks 9']);
  assert.deepEqual(selectSeries(series, 'task_info'), [
    'task_info{task="a"} 1',
    'task_info{task="8",attributes="a number"} 1',
  ]);
  assert.deepEqual(selectSeries(series, 'task_samples'), ['task_samples{task="a"} 10']);
  assert.deepEqual(issues, [
    'invalid_name ll_tasks id 2',
    'invalid_name ll_tasks id 3',
    'invalid_name ll_tasks id 4',
    'duplicate_row ll_tasks id 5',
    'too_long ll_tasks id 6',
    'too_long ll_tasks id 7',
    'too_long ll_tasks id 9',
  ]);
});

test('values that are not numbers are reported, and series that do not need them are kept', () => {
  const file = createDatabase(`${UNCONSTRAINED_TABLES}
    INSERT INTO ll_task_grp VALUES (1, 'g');
    INSERT INTO ll_tasks VALUES (1, 'a', NULL), (2, 'b', NULL);
    INSERT INTO ll_task_relation VALUES (1, 1, 1, NULL), (2, 1, 2, 9e999), (3, 1, 2, 'half'), (4, 1, 2, 1);
    INSERT INTO ll_samples VALUES (1, 10, '2026-11-23 08:00:00.250000'), (2, 1.5, '2026-11-23'), (3, NULL, 'noon'),
      (4, -1, NULL), (5, 7, NULL);
    INSERT INTO ll_task_sample VALUES (1, 1), (2, 1), (3, 1), (4, 2), (5, 2);`);
  const { series, issues } = readSeries(file);
  assert.deepEqual(selectSeries(series, 'task_relation'), ['task_relation{group="g",task="b"} 1']);
  assert.deepEqual(selectSeries(series, 'task_samples'), ['task_samples{task="a"} 10', 'task_samples{task="b"} 7']);
  assert.deepEqual(
    selectSeries(series, 'task_last_round'),
    ['task_last_round_samples{task="b"} 7'],
    'no older round is used as the last one'
  );
  assert.deepEqual(selectSeries(series, 'task_update'), []);
  assert.deepEqual(issues, [
    'not_a_number ll_task_relation id 1',
    'not_a_number ll_task_relation id 2',
    'not_a_number ll_task_relation id 3',
    'not_a_number ll_samples id 2',
    'not_a_number ll_samples id 3',
    'not_a_number ll_samples id 4',
    'not_a_time ll_samples id 3',
    'not_a_time ll_samples id 5',
  ]);
});

test('the last of several rows for the same object wins, and the duplicates are reported', () => {
  const file = createDatabase(`${UNCONSTRAINED_TABLES}
    INSERT INTO ll_task_grp VALUES (1, 'g');
    INSERT INTO ll_tasks VALUES (1, 'a', NULL);
    INSERT INTO ll_task_models VALUES (1, 1, 'old'), (2, 1, 'new'), (3, 1, NULL);
    INSERT INTO ll_task_relation VALUES (1, 1, 1, 1.0), (2, 1, 1, 0.25);`);
  const { series, issues } = readSeries(file);
  assert.deepEqual(selectSeries(series, 'task_group_model'), ['task_group_model_info{group="g",url="new"} 1']);
  assert.deepEqual(selectSeries(series, 'task_relation'), ['task_relation{group="g",task="a"} 0.25']);
  assert.deepEqual(issues, [
    'duplicate_row ll_task_models id 2',
    'missing_value ll_task_models id 3',
    'duplicate_row ll_task_relation id 2',
  ]);
});

test('the number of series is limited while the count of tasks stays exact', () => {
  const file = createDatabase(TWO_ROUNDS);
  const few = readSeries(file, { ...DEFAULT_OPTIONS, maxTasks: 1, maxRelations: 1 });
  assert.deepEqual(selectSeries(few.series, 'known_tasks'), ['known_tasks 2']);
  assert.deepEqual(selectSeries(few.series, 'task_samples'), ['task_samples{task="Autumn_1.0"} 700']);
  assert.deepEqual(few.issues, ['too_many_rows ll_tasks', 'too_many_rows ll_task_grp']);

  const relations = readSeries(file, { ...DEFAULT_OPTIONS, maxRelations: 1 });
  assert.equal(selectSeries(relations.series, 'task_relation').length, 1);
  assert.deepEqual(relations.issues, ['too_many_rows ll_task_relation']);

  const samples = readSeries(file, { ...DEFAULT_OPTIONS, maxSampleRows: 2 });
  assert.deepEqual(selectSeries(samples.series, 'task_samples'), [], 'no partial sum');
  assert.deepEqual(samples.issues, ['too_many_rows ll_task_sample']);
});

test('a table that is missing or has an unknown schema costs only its own series', () => {
  const all = readSeries(createDatabase(TWO_ROUNDS)).series;
  const without = (...names: string[]) =>
    all.filter((line) => !names.some((name) => line.startsWith(`sedna_knowledge_base_${name}`)));
  const samples = ['task_samples', 'task_last_round_samples', 'task_update'];
  const lostFamilies: Record<string, string[]> = {
    ll_task_models: ['task_group_model_info'],
    ll_task_relation: ['task_relation'],
    ll_samples: samples,
    ll_task_sample: samples,
    ll_task_grp: ['task_groups', 'task_group_model_info', 'task_relation'],
    ll_tasks: ['known_tasks', 'task_info', 'task_relation', ...samples],
  };
  for (const [table, names] of Object.entries(lostFamilies)) {
    const file = createDatabase(TWO_ROUNDS);
    executeSql(file, `DROP TABLE ${table}`);
    assert.deepEqual(readSeries(file), { series: without(...names), issues: [`missing_table ${table}`] });

    executeSql(file, `CREATE TABLE ${table} (something TEXT)`);
    const counts = { ll_tasks: ['known_tasks 0'], ll_task_grp: ['task_groups 0'] }[table] ?? [];
    const foreign = readSeries(file);
    assert.deepEqual(foreign.issues, [`foreign_schema ${table}`]);
    assert.deepEqual(
      foreign.series.filter((line) => !all.includes(line)),
      counts.map((line) => `sedna_knowledge_base_${line}`)
    );
  }
});

test("a table that SQLite can't read costs only its own series", () => {
  const file = createDatabase(`${TWO_ROUNDS.replace('data_type SMALLINT', 'data_type SMALLINT COLLATE NOCASE')}`);
  // A collation that is registered only in the program that created the table.
  writeFileSync(file, readFileSync(file, 'latin1').replace('COLLATE NOCASE', 'COLLATE CUSTOM'), 'latin1');
  const { series, issues } = readSeries(file);
  assert.deepEqual(selectSeries(series, 'known_tasks'), ['known_tasks 2']);
  assert.deepEqual(selectSeries(series, 'task_samples'), []);
  assert.deepEqual(issues, ['foreign_schema ll_samples']);
});

test('samples without an indexed id are not read', () => {
  const file = createDatabase(TWO_ROUNDS);
  executeSql(
    file,
    'DROP TABLE ll_samples; CREATE TABLE ll_samples (id INTEGER, sample_num INTEGER, updated_at DATETIME); INSERT INTO ll_samples VALUES (1, 1, NULL)'
  );
  assert.deepEqual(readSeries(file).issues, ['foreign_schema ll_samples']);
});
