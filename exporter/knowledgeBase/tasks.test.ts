import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { DEFAULTS } from './read';
import { ALL_TABLES, database, execute, read } from './testSupport';

/** Two rounds as Sedna writes them: of two tasks in the first, of one in the second. */
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

const named = (series: string[], name: string) =>
  series.filter((line) => line.startsWith(`sedna_knowledge_base_${name}`)).map((line) => line.slice(21));

test('the series of two rounds', () => {
  assert.deepEqual(read(database(TWO_ROUNDS)), {
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
    problems: [],
  });
});

test('a task_id of a model is the id of a group, not of a task', () => {
  const file = database(`${ALL_TABLES}
    INSERT INTO ll_tasks (id, name) VALUES (1, 'task one'), (2, 'task two');
    INSERT INTO ll_task_grp (id, name) VALUES (1, 'group one');
    INSERT INTO ll_task_models (task_id, model_url) VALUES (1, 'u');`);
  assert.deepEqual(named(read(file).series, 'task_group_model'), [
    'task_group_model_info{group="group one",url="u"} 1',
  ]);
});

test('a group of several tasks: samples are those of each task', () => {
  const file = database(`${ALL_TABLES}
    INSERT INTO ll_task_grp VALUES (1, 'g', 0, 30, 2);
    INSERT INTO ll_tasks (id, name) VALUES (1, 'a'), (2, 'b');
    INSERT INTO ll_task_relation VALUES (1, 1, 1, 0.5), (2, 1, 2, 0.5);
    INSERT INTO ll_samples (id, data_type, sample_num) VALUES (1, 'train', 10), (2, 'train', 20);
    INSERT INTO ll_task_sample VALUES (1, 1, 1), (2, 2, 2);`);
  const { series } = read(file);
  assert.deepEqual(named(series, 'task_samples'), ['task_samples{task="a"} 10', 'task_samples{task="b"} 20']);
  assert.deepEqual(named(series, 'task_relation'), [
    'task_relation{group="g",task="a"} 0.5',
    'task_relation{group="g",task="b"} 0.5',
  ]);
});

test('the newest row is the one with the greatest id, in whatever order the links were written', () => {
  const file = database(`${ALL_TABLES}
    INSERT INTO ll_tasks (id, name) VALUES (1, 'a');
    INSERT INTO ll_samples VALUES (5, '', '', 'train', '2026-11-23 10:00:00', 5), (3, '', '', 'train', '2026-11-23 12:00:00', 3);
    INSERT INTO ll_task_sample VALUES (1, 5, 1), (2, 3, 1);`);
  const { series } = read(file);
  assert.deepEqual(named(series, 'task_last'), ['task_last_round_samples{task="a"} 5']);
  assert.deepEqual(named(series, 'task_update'), ['task_update_timestamp_seconds{task="a"} 1795428000']);
});

test('samples for evaluation and hard ones are none of training, by number or by word', () => {
  const file = database(`${ALL_TABLES}
    INSERT INTO ll_tasks (id, name) VALUES (1, 'a');
    INSERT INTO ll_samples (id, data_type, sample_num) VALUES
      (1, 'train', 1), (2, 0, 2), (3, NULL, 4), (4, 'eval', 8), (5, 1, 16), (6, 2, 32), (7, 'hard', 64);
    INSERT INTO ll_task_sample (sample_id, task_id) SELECT id, 1 FROM ll_samples;`);
  assert.deepEqual(named(read(file).series, 'task_samples'), ['task_samples{task="a"} 7']);
});

test("between Sedna's commits nothing is said that is not there", () => {
  const file = database(`${ALL_TABLES}
    INSERT INTO ll_task_grp VALUES (1, 'a', 0, 86, 1);
    INSERT INTO ll_tasks (id, name, task_attr) VALUES (1, 'a', '[]');
    INSERT INTO ll_samples (id, data_type, sample_num) VALUES (1, 'train', 86);`);
  assert.deepEqual(read(file), {
    series: [
      'sedna_knowledge_base_known_tasks 1',
      'sedna_knowledge_base_task_info{task="a",attributes="[]"} 1',
      'sedna_knowledge_base_task_groups 1',
    ],
    problems: [],
  });
});

test('ids that lead nowhere are reported and left out', () => {
  const file = database(`${TWO_ROUNDS}
    INSERT INTO ll_task_models VALUES (3, 99, 'u', 0, NULL);
    INSERT INTO ll_task_relation VALUES (3, 99, 1, 1), (4, 1, 99, 1);
    INSERT INTO ll_task_sample VALUES (4, 99, 1), (5, 1, 99);`);
  const { series, problems } = read(file);
  assert.deepEqual(series, read(database(TWO_ROUNDS)).series);
  assert.deepEqual(problems, [
    'dangling_id ll_task_models id 3',
    'dangling_id ll_task_relation id 3',
    'dangling_id ll_task_relation id 4',
    'dangling_id ll_task_sample row 4',
    'dangling_id ll_task_sample row 5',
  ]);
});

/** The tables without their constraints, as a foreign tool might make them. */
const LOOSE = `
  CREATE TABLE ll_task_grp (id INTEGER PRIMARY KEY, name);
  CREATE TABLE ll_tasks (id INTEGER PRIMARY KEY, name, task_attr);
  CREATE TABLE ll_task_models (id INTEGER PRIMARY KEY, task_id, model_url);
  CREATE TABLE ll_task_relation (id INTEGER PRIMARY KEY, grp_id, task_id, transfer_radio);
  CREATE TABLE ll_samples (id INTEGER PRIMARY KEY, sample_num, updated_at);
  CREATE TABLE ll_task_sample (sample_id, task_id);
`;

test('names that are missing, no text, too long or given twice are reported, and count as tasks', () => {
  const file = database(`${LOOSE}
    INSERT INTO ll_tasks VALUES (1, 'a', NULL), (2, NULL, ''), (3, '', ''), (4, x'61', ''), (5, 'a', 'second'),
      (6, '${'n'.repeat(5_000)}', ''), (7, 'b', '${'n'.repeat(5_000)}'), (8, 8, 'a number'), (9, '${'n'.repeat(50_000)}', '');
    INSERT INTO ll_task_sample VALUES (1, 1), (2, 5);
    INSERT INTO ll_samples VALUES (1, 10, '2026-11-23'), (2, 20, '2026-11-23');`);
  const { series, problems } = read(file);
  assert.deepEqual(named(series, 'known_tasks'), ['known_tasks 9']);
  assert.deepEqual(named(series, 'task_info'), [
    'task_info{task="a"} 1',
    'task_info{task="8",attributes="a number"} 1',
  ]);
  assert.deepEqual(named(series, 'task_samples'), ['task_samples{task="a"} 10']);
  assert.deepEqual(problems, [
    'invalid_name ll_tasks id 2',
    'invalid_name ll_tasks id 3',
    'invalid_name ll_tasks id 4',
    'duplicate_row ll_tasks id 5',
    'too_long ll_tasks id 6',
    'too_long ll_tasks id 7',
    'too_long ll_tasks id 9',
  ]);
});

test('numbers that are none are reported; what is known without them stays', () => {
  const file = database(`${LOOSE}
    INSERT INTO ll_task_grp VALUES (1, 'g');
    INSERT INTO ll_tasks VALUES (1, 'a', NULL), (2, 'b', NULL);
    INSERT INTO ll_task_relation VALUES (1, 1, 1, NULL), (2, 1, 2, 9e999), (3, 1, 2, 'half'), (4, 1, 2, 1);
    INSERT INTO ll_samples VALUES (1, 10, '2026-11-23 08:00:00.250000'), (2, 1.5, '2026-11-23'), (3, NULL, 'noon'),
      (4, -1, NULL), (5, 7, NULL);
    INSERT INTO ll_task_sample VALUES (1, 1), (2, 1), (3, 1), (4, 2), (5, 2);`);
  const { series, problems } = read(file);
  assert.deepEqual(named(series, 'task_relation'), ['task_relation{group="g",task="b"} 1']);
  assert.deepEqual(named(series, 'task_samples'), ['task_samples{task="a"} 10', 'task_samples{task="b"} 7']);
  assert.deepEqual(
    named(series, 'task_last_round'),
    ['task_last_round_samples{task="b"} 7'],
    'an older round does not stand for the last one'
  );
  assert.deepEqual(named(series, 'task_update'), []);
  assert.deepEqual(problems, [
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

test('of several rows for one thing the last counts, and the others are reported', () => {
  const file = database(`${LOOSE}
    INSERT INTO ll_task_grp VALUES (1, 'g');
    INSERT INTO ll_tasks VALUES (1, 'a', NULL);
    INSERT INTO ll_task_models VALUES (1, 1, 'old'), (2, 1, 'new'), (3, 1, NULL);
    INSERT INTO ll_task_relation VALUES (1, 1, 1, 1.0), (2, 1, 1, 0.25);`);
  const { series, problems } = read(file);
  assert.deepEqual(named(series, 'task_group_model'), ['task_group_model_info{group="g",url="new"} 1']);
  assert.deepEqual(named(series, 'task_relation'), ['task_relation{group="g",task="a"} 0.25']);
  assert.deepEqual(problems, [
    'duplicate_row ll_task_models id 2',
    'missing_value ll_task_models id 3',
    'duplicate_row ll_task_relation id 2',
  ]);
});

test('the number of series is bounded, the count of tasks stays exact', () => {
  const file = database(TWO_ROUNDS);
  const few = read(file, { ...DEFAULTS, maxTasks: 1, maxRelations: 1 });
  assert.deepEqual(named(few.series, 'known_tasks'), ['known_tasks 2']);
  assert.deepEqual(named(few.series, 'task_samples'), ['task_samples{task="Autumn_1.0"} 700']);
  assert.deepEqual(few.problems, ['too_many_rows ll_tasks', 'too_many_rows ll_task_grp']);

  const relations = read(file, { ...DEFAULTS, maxRelations: 1 });
  assert.equal(named(relations.series, 'task_relation').length, 1);
  assert.deepEqual(relations.problems, ['too_many_rows ll_task_relation']);

  const samples = read(file, { ...DEFAULTS, maxSampleRows: 2 });
  assert.deepEqual(named(samples.series, 'task_samples'), [], 'no sum of a part');
  assert.deepEqual(samples.problems, ['too_many_rows ll_task_sample']);
});

test('each table that is missing or foreign costs its own series only', () => {
  const all = read(database(TWO_ROUNDS)).series;
  const without = (...names: string[]) =>
    all.filter((line) => !names.some((name) => line.startsWith(`sedna_knowledge_base_${name}`)));
  const samples = ['task_samples', 'task_last_round_samples', 'task_update'];
  const lost: Record<string, string[]> = {
    ll_task_models: ['task_group_model_info'],
    ll_task_relation: ['task_relation'],
    ll_samples: samples,
    ll_task_sample: samples,
    ll_task_grp: ['task_groups', 'task_group_model_info', 'task_relation'],
    ll_tasks: ['known_tasks', 'task_info', 'task_relation', ...samples],
  };
  for (const [table, names] of Object.entries(lost)) {
    const file = database(TWO_ROUNDS);
    execute(file, `DROP TABLE ${table}`);
    assert.deepEqual(read(file), { series: without(...names), problems: [`missing_table ${table}`] });

    execute(file, `CREATE TABLE ${table} (something TEXT)`);
    const counts = { ll_tasks: ['known_tasks 0'], ll_task_grp: ['task_groups 0'] }[table] ?? [];
    const foreign = read(file);
    assert.deepEqual(foreign.problems, [`foreign_schema ${table}`]);
    assert.deepEqual(
      foreign.series.filter((line) => !all.includes(line)),
      counts.map((line) => `sedna_knowledge_base_${line}`)
    );
  }
});

test('a table that SQLite cannot read costs its own series only', () => {
  const file = database(`${TWO_ROUNDS.replace('data_type SMALLINT', 'data_type SMALLINT COLLATE NOCASE')}`);
  // A collation that only its maker's program knows.
  writeFileSync(file, readFileSync(file, 'latin1').replace('COLLATE NOCASE', 'COLLATE CUSTOM'), 'latin1');
  const { series, problems } = read(file);
  assert.deepEqual(named(series, 'known_tasks'), ['known_tasks 2']);
  assert.deepEqual(named(series, 'task_samples'), []);
  assert.deepEqual(problems, ['foreign_schema ll_samples']);
});

test('samples whose id is no key are not searched', () => {
  const file = database(TWO_ROUNDS);
  execute(
    file,
    'DROP TABLE ll_samples; CREATE TABLE ll_samples (id INTEGER, sample_num INTEGER, updated_at DATETIME); INSERT INTO ll_samples VALUES (1, 1, NULL)'
  );
  assert.deepEqual(read(file).problems, ['foreign_schema ll_samples']);
});
