import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { OpenMetricsFile, parseScrape } from './openMetrics';

const HONOR = { honorLabels: true };
const TARGET = { instance: 'ksm:8080', job: 'ksm' };

test('parseScrape adds the labels of the target', () => {
  const { samples, types } = parseScrape('# HELP a A.\n# TYPE a gauge\na{x="} 1"} 2\na 3\n', TARGET, HONOR);
  assert.deepEqual(samples, [
    { family: 'a', series: 'a{x="} 1",instance="ksm:8080",job="ksm"}', value: '2' },
    { family: 'a', series: 'a{instance="ksm:8080",job="ksm"}', value: '3' },
  ]);
  assert.deepEqual([...types], [['a', 'gauge']]);
});

test('parseScrape keeps or renames a label that conflicts with the target', () => {
  const text = '# TYPE a gauge\na{job="own"} 1\n';
  assert.equal(parseScrape(text, TARGET, HONOR).samples[0].series, 'a{job="own",instance="ksm:8080"}');
  assert.equal(
    parseScrape(text, TARGET, { honorLabels: false }).samples[0].series,
    'a{exported_job="own",instance="ksm:8080",job="ksm"}'
  );
});

test('parseScrape omits metrics about the process, and creation times', () => {
  const text =
    'process_cpu_seconds_total 1\nkube_pod_created{pod="p"} 5\nkube_state_metrics_list_total 1\nkube_pod_info{pod="p"} 1\n';
  assert.deepEqual(
    parseScrape(text, {}, HONOR).samples.map(({ series }) => series),
    ['kube_pod_info{pod="p"}']
  );
});

test('parseScrape replaces creation times that are known by uid', () => {
  const text = 'kube_pod_created{pod="p",uid="u-1"} 5\nkube_pod_created{pod="q",uid="u-2"} 6\n';
  assert.deepEqual(parseScrape(text, {}, { ...HONOR, creationTimes: new Map([['u-1', 3]]) }).samples, [
    { family: 'kube_pod_created', series: 'kube_pod_created{pod="p",uid="u-1"}', value: '3' },
  ]);
});

test('parseScrape keeps only the metrics that the live Prometheus keeps', () => {
  const { samples } = parseScrape('kept 1\nkept_too 2\n', {}, { ...HONOR, keepMetrics: /^(?:kept)$/ });
  assert.deepEqual(
    samples.map(({ series }) => series),
    ['kept']
  );
});

test('OpenMetricsFile groups samples by family, and ends a missing state with 0', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'open-metrics-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = new OpenMetricsFile();
  const state = { family: 's', series: 's{a="x"}', value: '1' };
  const number = (value: string) => ({ family: 'n', series: 'n', value });
  file.addTypes(
    new Map([
      ['s', 'gauge'],
      ['n', 'counter'],
    ])
  );
  file.addStep(30, [state, number('5')]);
  file.addStep(60, [state]);
  file.addStep(90, []);
  file.addStep(120, [number('6')]);
  await file.write(path.join(folder, 'out'));
  assert.equal(
    readFileSync(path.join(folder, 'out'), 'utf8'),
    '# TYPE s gauge\ns{a="x"} 1 30\ns{a="x"} 1 60\ns{a="x"} 0 90\n# TYPE n unknown\nn 5 30\nn 6 120\n# EOF\n'
  );
  assert.equal(file.samples, 5);
  assert.equal(file.series, 2);
});

test('OpenMetricsFile does not end a measurement of 1 with 0', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'open-metrics-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = new OpenMetricsFile();
  file.addStep(
    30,
    ['sedna_job_eval_metric', 'sedna_custom_progress'].map((family) => ({ family, series: family, value: '1' }))
  );
  file.addStep(60, []);
  await file.write(path.join(folder, 'out'));
  assert.doesNotMatch(readFileSync(path.join(folder, 'out'), 'utf8'), / 60$/m);
});

test('parseScrape omits empty labels, and labels that the live Prometheus drops', () => {
  const text = 'a{customresource_kind="X",kind="X",node="",text="a\\",kind=\\"b"} 1\n';
  const rules = { honorLabels: true, dropLabels: /^(?:customresource_(group|version|kind))$/ };
  assert.equal(parseScrape(text, {}, rules).samples[0].series, 'a{kind="X",text="a\\",kind=\\"b"}');
});
