import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toKnowledgeBaseRows } from './rows';
import { toFamily, toSample } from './tasks';

test('rows for the journal have the names as the database has them', () => {
  const names = ['Autumn_1.0', 'a "quoted" \\ name', 'two\nlines', 'task="x",group="y"', '春 1.0'];
  const sample = (metric: string, values: string[], value = 1) =>
    toSample(`sedna_knowledge_base_${metric}`, values, value);
  const family = (metric: string, samples: Array<ReturnType<typeof sample>>) =>
    toFamily(`sedna_knowledge_base_${metric}`, samples);
  const rows = toKnowledgeBaseRows([
    family(
      'task_info',
      names.map((name) => sample('task_info', [name, '["Autumn", 1.0]']))
    ),
    family(
      'task_relation',
      names.map((name) => sample('task_relation', ['group', name]))
    ),
    family(
      'task_group_model_info',
      names.map((name) => sample('task_group_model_info', [name, `/models/${name}`]))
    ),
    family(
      'task_samples',
      names.map((name, index) => sample('task_samples', [name], index))
    ),
    family('task_update_timestamp_seconds', [sample('task_update_timestamp_seconds', [names[0]], 1_764_489_600)]),
  ]);
  assert.deepEqual(rows, {
    tasks: names.map((name) => [name, '["Autumn", 1.0]']),
    relations: names.map((name) => ['group', name]),
    models: names.map((name) => [name, `/models/${name}`]),
    samples: names.map((name, index) => [name, index, index === 0 ? 1_764_489_600 : undefined]),
  });
  assert.deepEqual(toKnowledgeBaseRows([]), { tasks: [], relations: [], models: [], samples: [] });
});
