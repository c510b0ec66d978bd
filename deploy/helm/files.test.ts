import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { staleFiles } from '../../collection/generated';
import { chartFiles, leftovers } from './files';
import { valuesTable } from './valuesTable';

test('what the chart holds of the repository is what the repository has now', () => {
  const files = chartFiles();
  assert.deepEqual(staleFiles(files), [], 'bring the chart up to date with: npm run helm:files');
  assert.deepEqual(leftovers(files), []);
});

test('the chart has the files without which nothing is collected', () => {
  const names = chartFiles().map(({ path: file }) => file.replace(/^.*\/files\//, ''));
  for (const name of [
    'kube-state-metrics/custom-resource-state.yaml',
    'kube-state-metrics/config.yaml',
    'kube-state-metrics/rbac.yaml',
    'prometheus/rules/sedna.yaml',
    'otel-collector/config.yaml',
    'grafana/dashboards/sedna-overview.json',
  ]) {
    assert.ok(names.includes(name), name);
  }
  assert.ok(!names.some((name) => name.endsWith('_test.yaml')), 'tests of rules are no rules');
});

function chartWith(context: TestContext, schema: object, values: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-chart-'));
  context.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, 'values.schema.json'), JSON.stringify(schema));
  writeFileSync(path.join(folder, 'values.yaml'), values);
  return folder;
}

test('the table of values has each value with default and meaning', (context) => {
  const schema = {
    $defs: { list: { type: 'array' } },
    properties: {
      url: { description: 'Where a|b is.' },
      part: {
        properties: { names: { $ref: '#/$defs/list', description: 'Names.' }, count: { description: 'How many.' } },
      },
    },
  };
  const folder = chartWith(context, schema, "url: ''\npart:\n  names: [a]\n  count: 3\n");
  assert.equal(
    valuesTable(folder),
    [
      '| value | default | meaning |',
      '| --- | --- | --- |',
      '| `url` |  | Where a\\|b is. |',
      '| `part.names` | `["a"]` | Names. |',
      '| `part.count` | `3` | How many. |',
      '',
    ].join('\n')
  );
});

test('a value that nobody described is an error that names it', (context) => {
  const described = { properties: { known: {} } };
  assert.throws(() => valuesTable(chartWith(context, described, 'known: 1\n')), /says nothing about known/);
  assert.throws(() => valuesTable(chartWith(context, described, 'new: 1\n')), /sets new.*does not know it/);
});
