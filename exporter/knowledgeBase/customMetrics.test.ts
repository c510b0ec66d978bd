import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exposition } from '../exposition';
import { customMetrics, type MetricRow, type ValueRow } from './customMetrics';
import type { Problem } from './problems';

const LIMITS = { maxText: 100, maxSeries: 1_000 };

const metric = (id: string | null, name: string | null, label: string | null = '', note: string | null = null) =>
  ({ id, name, label, note }) satisfies MetricRow;

let nextId = 0;
const value = (
  metricId: string | null,
  labelValue: string | null,
  number: number | null,
  lastTime: string | null = null
) => ({ id: String((nextId += 1)), metricId, labelValue, value: number, lastTime }) satisfies ValueRow;

/** The series that come out, without comments, and what was reported as "cause where". */
function run(metrics: MetricRow[], values: ValueRow[], limits = LIMITS) {
  const problems: Problem[] = [];
  const text = exposition(customMetrics(metrics, values, limits, (problem) => problems.push(problem)));
  return {
    text,
    series: text.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
    problems: problems.map(({ cause, where }) => `${cause} ${where}`),
  };
}

test('a value becomes a series of the metric with its id, with the note as help', () => {
  const { text, problems } = run(
    [metric('7', 'Recall', 'model_name, task', 'share of positives found')],
    [value('7', 'svm, Autumn_1.0', 0.93)]
  );
  assert.equal(
    text,
    '# HELP sedna_custom_Recall share of positives found\n' +
      '# TYPE sedna_custom_Recall gauge\n' +
      'sedna_custom_Recall{model_name="svm",task="Autumn_1.0"} 0.93\n'
  );
  assert.deepEqual(problems, []);
});

test('without ids a metric is named by its position, from 0', () => {
  const { series } = run([metric(null, 'first'), metric(null, 'second')], [value('1', '', 2), value('0', null, 1)]);
  assert.deepEqual(series, ['sedna_custom_first 1', 'sedna_custom_second 2']);
});

test('where only some have ids, an id counts before a position, and the other is reported', () => {
  const { series, problems } = run(
    [metric(null, 'zero'), metric(null, 'one'), metric('1', 'named')],
    [value('0', '', 10), value('1', '', 11)]
  );
  assert.deepEqual(series, ['sedna_custom_zero 10', 'sedna_custom_named 11']);
  assert.deepEqual(problems, ['ambiguous_metric_id metric position 1']);
});

test('the newest value wins: by time where both have one, else by order', () => {
  const metrics = [metric('1', 'm', 'a')];
  const byTime = [
    value('1', 'x', 1, '2026-11-24 10:00:00'),
    value('1', 'x', 2, '2026-11-24T09:00:00Z'),
    value('1', 'x', 3, '2026-11-24 12:30:00.123456789+08:00'),
  ];
  assert.deepEqual(run(metrics, byTime).series, ['sedna_custom_m{a="x"} 1']);
  assert.deepEqual(run(metrics, [value('1', 'x', 1, '1795491481'), value('1', 'x', 2, '2026-01-01')]).series, [
    'sedna_custom_m{a="x"} 1',
  ]);
  assert.deepEqual(run(metrics, [value('1', 'x', 1), value('1', 'x', 2)]).series, ['sedna_custom_m{a="x"} 2']);
  assert.deepEqual(run(metrics, [value('1', 'x', 1, '2026-11-24'), value('1', 'x', 2, 'noon')]).series, [
    'sedna_custom_m{a="x"} 2',
  ]);
});

test('names and labels are made valid, and values keep every character', () => {
  const { series, problems } = run(
    [metric('1', 'hit rate (%)', '1st,__name__,model-name,äh')],
    [value('1', '"quoted",back\\slash,line\nbreak,{a="b"}', 1)]
  );
  assert.deepEqual(series, [
    'sedna_custom_hit_rate____{_1st="\\"quoted\\"",_h="{a=\\"b\\"}",_name__="back\\\\slash",model_name="line\\nbreak"} 1',
  ]);
  assert.deepEqual(problems, []);
});

test('two names that become one are reported, the first stays; the same name may have two sets of labels', () => {
  const collision = run([metric('1', 'a-b'), metric('2', 'a.b')], [value('1', '', 1), value('2', '', 2)]);
  assert.deepEqual(collision.series, ['sedna_custom_a_b 1']);
  assert.deepEqual(collision.problems.slice(0, 1), ['name_collision metric id 2']);

  const twoSets = run([metric('1', 'm', 'a'), metric('2', 'm', 'b')], [value('1', 'x', 1), value('2', 'x', 2)]);
  assert.deepEqual(twoSets.series, ['sedna_custom_m{a="x"} 1', 'sedna_custom_m{b="x"} 2']);
});

test('series that Prometheus holds for equal are one', () => {
  const { series } = run(
    [metric('1', 'm', 'a,b'), metric('2', 'm', 'b,a'), metric('3', 'm', 'a')],
    [value('1', 'x,y', 1), value('2', 'y,x', 2), value('1', 'z,', 3), value('3', 'z', 4)]
  );
  assert.deepEqual(series, ['sedna_custom_m{a="x",b="y"} 2', 'sedna_custom_m{a="z"} 4']);
});

test('what does not fit is left out and reported with its row', () => {
  nextId = 100;
  const { series, problems } = run(
    [metric('1', 'm', 'a,b'), metric('2', '  '), metric('3', 'n', 'x-y,x.y'), metric('4', 'o', 'a,,b')],
    [
      value('1', 'only one', 1),
      value('1', null, 1),
      value('1', 'x,y', null),
      value('1', 'x,y', Infinity),
      value('9', 'x,y', 1),
      value(null, 'x,y', 1),
      value('1', 'x'.repeat(101), 1),
      value('1', 'fits,well', 5),
    ]
  );
  assert.deepEqual(series, ['sedna_custom_m{a="fits",b="well"} 5']);
  assert.deepEqual(problems, [
    'invalid_name metric id 2',
    'label_collision metric id 3',
    'invalid_name metric id 4',
    'label_count metric_value id 101',
    'label_count metric_value id 102',
    'not_a_number metric_value id 103',
    'not_a_number metric_value id 104',
    'unknown_metric metric_value id 105',
    'unknown_metric metric_value id 106',
    'too_long metric_value id 107',
  ]);
});

test('more series than allowed: the first are kept and go on being updated', () => {
  const { series, problems } = run(
    [metric('1', 'm', 'a')],
    [value('1', 'x', 1), value('1', 'y', 2), value('1', 'x', 3)],
    { ...LIMITS, maxSeries: 1 }
  );
  assert.deepEqual(series, ['sedna_custom_m{a="x"} 3']);
  assert.equal(problems.length, 1);
  assert.match(problems[0], /^too_many_series metric_value id/);
});
