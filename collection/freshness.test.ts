import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { METRICS, type MetricSource } from '../src/sedna/catalog';
import { findStaleFiles } from '../tools/generators/generatedFiles';
import { FILES as ALERT_FILES } from './alerts/files';
import { FILES as ALLOY_FILES } from './alloy/files';
import { FILES as KUBE_STATE_METRICS_FILES } from './kube-state-metrics/files';
import { FILES as LOKI_FILES } from './loki/rules';
import { FILES as COLLECTOR_FILES } from './otel-collector/operators';
import { FILES as PROMETHEUS_FILES } from './prometheus/rules';

const read = (file: string) => readFileSync(path.join(__dirname, file), 'utf8');

interface CustomResourceState {
  spec: { resources: Array<{ metricNamePrefix: string; metrics: Array<{ name: string; help: string }> }> };
}

test('the committed files are up to date with src/sedna', () => {
  const files = [
    ...ALERT_FILES,
    ...KUBE_STATE_METRICS_FILES,
    ...PROMETHEUS_FILES,
    ...LOKI_FILES,
    ...COLLECTOR_FILES,
    ...ALLOY_FILES,
  ];
  assert.deepEqual(findStaleFiles(files), []);
});

test('kube-state-metrics exports each of its metrics in the catalog exactly once, with its help', () => {
  const { spec } = parse(read('kube-state-metrics/custom-resource-state.yaml')) as CustomResourceState;
  const exported = spec.resources.flatMap(({ metricNamePrefix, metrics }) =>
    metrics.map(({ name, help }) => [`${metricNamePrefix}_${name}`, help])
  );
  const expected = METRICS.filter(({ source }) => source === 'kube-state-metrics').map(({ name, help }) => [
    name,
    help,
  ]);
  assert.deepEqual(exported.sort(), expected.sort());
});

/** Returns the names of a source's metrics in the catalog. */
const getCatalogNames = (wanted: MetricSource) =>
  METRICS.filter(({ source }) => source === wanted)
    .map(({ name }) => name)
    .sort();

/** Returns the names that the rules in a file record. */
function getRecordedNames(file: string): string[] {
  const { groups } = parse(read(file)) as { groups: Array<{ rules: Array<{ record: string }> }> };
  return [...new Set(groups.flatMap(({ rules }) => rules.map(({ record }) => record)))].sort();
}

test('the recording rules record exactly the metrics in the catalog', () => {
  assert.deepEqual(getRecordedNames('prometheus/rules/sedna.yaml'), getCatalogNames('recording-rule'));
});

test('the Loki rules record exactly the metrics in the catalog', () => {
  assert.deepEqual(getRecordedNames('loki/rules/sedna.yaml'), getCatalogNames('loki-rule'));
});

test('the roles only allow list and watch', () => {
  const files = ['kube-state-metrics/rbac.yaml', 'kube-state-metrics/rbac-custom-resources-only.yaml'];
  for (const document of files.flatMap((file) => parseAllDocuments(read(file)))) {
    const role = document.toJS() as { kind: string; rules: Array<{ verbs: string[]; resources: string[] }> };
    assert.equal(role.kind, 'ClusterRole');
    for (const { verbs, resources } of role.rules) {
      assert.deepEqual(verbs, ['list', 'watch']);
      assert.ok(!resources.includes('*') && !resources.includes('secrets'));
    }
  }
});
