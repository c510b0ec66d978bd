import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { parse } from 'yaml';
import { findStaleFiles } from '../../tools/generators/generatedFiles';
import { chartFiles, leftovers } from './files';
import { valuesTable } from './valuesTable';

test('what the chart holds of the repository is what the repository has now', () => {
  const files = chartFiles();
  assert.deepEqual(findStaleFiles(files), [], 'bring the chart up to date with: npm run generate:chart');
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

test('the charts run the versions that Compose runs', () => {
  const read = (file: string) => parse(readFileSync(path.join(__dirname, file), 'utf8'), { merge: true });
  const { services } = read('../../docker-compose.yaml') as { services: Record<string, { image: string }> };
  const tagOf = (service: string) => services[service].image.replace(/^.*:/, '');
  const own = read('sedna-ops/values.yaml');
  assert.equal(`${own.logs.image.repository}:${own.logs.image.tag}`, services['collector-edge-node'].image);
  assert.equal(
    `${own.kubeStateMetrics.image.repository}:${own.kubeStateMetrics.image.tag}`,
    services['kube-state-metrics'].image
  );
  assert.equal(`${own.edge.metrics.image.repository}:${own.edge.metrics.image.tag}`, services.prometheus.image);
  const stack = read('sedna-ops-stack/values.yaml');
  assert.equal(stack.prometheus.server.image.tag, tagOf('prometheus'));
  assert.equal(stack.loki.loki.image.tag, tagOf('loki'));
  // Compose lets the environment choose: grafana/grafana:${GRAFANA_VERSION:-12.4.0}
  assert.ok(services.grafana.image.endsWith(`:-${stack.grafana.image.tag}}`), services.grafana.image);
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
