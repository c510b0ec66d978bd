import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KindName } from '../../../src/sedna/kinds';
import { NO_RECORDING, readRecordedVersions } from '../../../src/sedna/recording.fixture';
import { job } from './jobs.fixture';
import { extractObjectMetrics, type ObjectMetrics } from './objectMetrics';

const extract = (object: unknown, kind: KindName): ObjectMetrics =>
  extractObjectMetrics(kind, object) ?? assert.fail('the object has no identity');

const issues = ({ issues: all }: ObjectMetrics) => all.map(({ cause, where }) => `${cause}: ${where}`);
const isCompletedWithoutData = ({ series }: ObjectMetrics) =>
  series.find(({ metric, labels }) => metric === 'sedna_job_completed_without_data' && labels.stage === 'Eval')?.value;

/** A job with one evaluation, whose data is given as text. */
const evaluated = (data: string, kind: KindName = 'LifelongLearningJob') =>
  extract(
    job('e', [
      ['Train', 'Waiting', 0],
      ['Eval', 'Waiting', 1],
      ['Eval', 'Completed', 2, data],
    ]),
    kind
  );

test('values of every JSON type are metrics or are counted, and never missing data', () => {
  const metrics =
    '{"loss":NaN,"gain":-Infinity,"nothing":null,"text":"n/a","list":[0.1,null,[0.2,"0.3"]],"by":{"class":{"a":1}}}';
  const result = evaluated(`{"output":{"models":[{"url":"/m","metrics":${metrics}}]}}`);
  assert.deepEqual(
    result.series
      .filter(({ metric }) => metric === 'sedna_job_eval_metric')
      .map(({ labels, value }) => [labels.metric, value]),
    [
      ['list[0]', 0.1],
      ['list[2][0]', 0.2],
      ['list[2][1]', 0.3],
      ['by.class.a', 1],
    ]
  );
  const where = 'not_a_number: conditions[2] metrics';
  assert.deepEqual(
    issues(result),
    ['loss', 'gain', 'nothing', 'text', 'list[1]'].map((name) => `${where} ${name}`)
  );
  assert.equal(isCompletedWithoutData(result), 0);
});

test('data that is not valid is malformed, not missing', () => {
  for (const data of ['{"output":{"models":[{"url":"/o', '[1]', '"text"', '5', '{"output":{"models":[null]}}']) {
    const result = evaluated(data);
    assert.equal(isCompletedWithoutData(result), 0, data);
    assert.ok(
      issues(result).some((issue) => issue.startsWith('malformed_data: conditions[2]')),
      data
    );
  }
  for (const data of ['', ' ', 'null', '{}', '{"output":null}', '{"output":{"models":[]}}']) {
    assert.equal(isCompletedWithoutData(evaluated(data)), 1, data);
  }
});

test('metrics of the old model never stand for those of the new one', () => {
  const data = '{"output":{"models":[{"url":"/new"},{"url":"/old","metrics":{"f1":[0.5]}}]}}';
  const metrics = (kind: KindName) =>
    evaluated(data, kind)
      .series.filter(({ metric }) => metric.endsWith('_metric'))
      .map(({ metric }) => metric);
  assert.deepEqual(metrics('IncrementalLearningJob'), ['sedna_job_compared_metric']);
  assert.deepEqual(metrics('LifelongLearningJob'), ['sedna_job_eval_metric']);
});

test('a recorded evaluation tells the new from the old model for each class', { skip: NO_RECORDING }, () => {
  const versions = readRecordedVersions('IncrementalLearningJob');
  const found = versions
    .map(({ object }) => extract(object, 'IncrementalLearningJob'))
    .filter(({ series: all }) => all.some(({ metric }) => metric === 'sedna_job_compared_metric'));
  const values = (result: ObjectMetrics, name: string) =>
    Object.fromEntries(
      result.series.filter(({ metric }) => metric === name).map(({ labels, value }) => [labels.metric, value])
    );
  const url = '/output/il-txt/train/3/model_finetune_.pkl';
  const isThird = ({ labels }: ObjectMetrics['series'][number]) => labels.role === 'evaluated' && labels.url === url;
  const last = found.findLast(({ series }) => series.some(isThird)) ?? assert.fail('no comparison');
  assert.deepEqual(values(last, 'sedna_job_eval_metric'), {
    'precision[0]': 1,
    'precision[1]': 0.8888888888888888,
    'precision[2]': 1,
    'recall[0]': 0.9607843137254902,
    'recall[1]': 1,
    'recall[2]': 0.9574468085106383,
  });
  assert.equal(values(last, 'sedna_job_compared_metric')['recall[1]'], 0.875);
  const versionOf = (role: string) =>
    last.series.filter(({ labels }) => labels.role === role).map(({ labels }) => [labels.url, labels.model_version]);
  for (const role of ['evaluated', 'deployed']) {
    assert.deepEqual(versionOf(role)[0][1], 'new');
    assert.deepEqual(versionOf(role)[1], ['/models/deploy/model.pkl', 'old']);
  }
  assert.deepEqual(
    issues(last).filter((issue) => issue.startsWith('not_a_number')),
    []
  );
});
