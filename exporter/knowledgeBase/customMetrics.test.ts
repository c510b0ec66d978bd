import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exposition } from '../exposition';
import { customMetrics, type CustomMetricOptions, type MetricRow, type ValueRow } from './customMetrics';
import type { Problem } from './problems';
import { SeriesMemory } from './seriesMemory';

const LIMITS = { customMetricNames: 'prefixed', maxText: 100, maxSeries: 1_000, maxLabelText: 1_000 } as const;

const metric = (id: string | null, name: string | null, label: string | null = '', note: string | null = null) =>
  ({ id, name, label, note }) satisfies MetricRow;

let nextId = 0;
const value = (
  metricId: string | null,
  labelValue: string | null,
  number: number | null,
  lastTime: string | null = null
) => [String((nextId += 1)), metricId, labelValue, number, lastTime] satisfies ValueRow;

/** The series that come out, without comments, and what was reported as "cause where". */
function run(metrics: MetricRow[], values: ValueRow[], limits: CustomMetricOptions = LIMITS) {
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

test('of two metrics with one id the first stays', () => {
  const { series, problems } = run([metric('1', 'm'), metric('1', 'n')], [value('1', '', 1)]);
  assert.deepEqual(series, ['sedna_custom_m 1']);
  assert.deepEqual(problems, ['ambiguous_metric_id metric id 1']);
});

test("upstream's names are kept as they are, made valid", () => {
  const { series, problems } = run(
    [metric('1', 'Recall', 'model_name'), metric('2', '1st hit-rate'), metric('3', 'job:recall:avg')],
    [value('1', 'svm', 0.5), value('2', '', 1), value('3', '', 2)],
    { ...LIMITS, customMetricNames: 'upstream' }
  );
  assert.deepEqual(series, ['Recall{model_name="svm"} 0.5', '_1st_hit_rate 1', 'job:recall:avg 2']);
  assert.deepEqual(problems, []);
});

test('a name of ours, of the process or of Prometheus is refused', () => {
  const names = ['sedna_knowledge_base_known_tasks', 'sedna:workers:active', 'process_cpu_seconds_total'];
  names.push('nodejs_heap_size_total_bytes', 'up', 'scrape_duration_seconds', 'ALERTS', 'sedna-exporter-errors-total');
  const { series, problems } = run(
    [...names, 'upload'].map((name, index) => metric(String(index), name)),
    [...names, 'upload'].map((_, index) => value(String(index), '', index)),
    { ...LIMITS, customMetricNames: 'upstream' }
  );
  assert.deepEqual(series, ['upload 8']);
  assert.deepEqual(
    problems.slice(0, 8),
    names.map((_, index) => `reserved_name metric id ${index}`)
  );
  const prefixed = run([metric('1', 'up')], [value('1', '', 1)]);
  assert.deepEqual(prefixed, { ...prefixed, series: ['sedna_custom_up 1'], problems: [] });
});

test('a note that is too long is reported, the metric stays', () => {
  const { text, problems } = run([metric('1', 'm', '', 'n'.repeat(101))], [value('1', '', 1)]);
  assert.match(text, /^# HELP sedna_custom_m m\n/);
  assert.match(text, /^sedna_custom_m 1$/m);
  assert.deepEqual(problems, ['too_long metric id 1']);
});

test('labels take no more room than allowed', () => {
  const { series, problems } = run(
    [metric('1', 'm', 'a')],
    [value('1', 'x'.repeat(50), 1), value('1', 'y'.repeat(50), 2), value('1', 'z', 3)],
    { ...LIMITS, maxLabelText: 70 }
  );
  assert.deepEqual(series, [`sedna_custom_m{a="${'x'.repeat(50)}"} 1`, 'sedna_custom_m{a="z"} 3']);
  assert.match(problems.join(), /^too_many_series metric_value id \d+$/);
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

test('a later read sees what has changed, and nothing that is gone', () => {
  const memory = new SeriesMemory();
  const again = (metrics: MetricRow[], values: ValueRow[], limits: CustomMetricOptions = LIMITS) => {
    const problems: Problem[] = [];
    const text = exposition(customMetrics(metrics, values, limits, (problem) => problems.push(problem), memory));
    return [
      ...text.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
      ...problems.map((p) => p.cause),
    ];
  };
  const metrics = [metric('1', 'm', 'a,b')];
  assert.deepEqual(again(metrics, [value('1', 'x,y', 1, '2026-11-24'), value('1', 'x, z', 2)]), [
    'sedna_custom_m{a="x",b="y"} 1',
    'sedna_custom_m{a="x",b="z"} 2',
  ]);
  // A value with an older time than that of the read before is still this read's only one.
  assert.deepEqual(again(metrics, [value('1', 'x,y', 3, '2025-01-01'), value('1', 'p,q', null)]), [
    'sedna_custom_m{a="x",b="y"} 3',
    'not_a_number',
  ]);
  // Two ways to write the same labels are one series, in this read as in the one before.
  assert.deepEqual(again(metrics, [value('1', 'x,z', 4), value('1', 'x, z', 5)]), ['sedna_custom_m{a="x",b="z"} 5']);
  assert.deepEqual(again([metric('1', 'm', 'b,a')], [value('1', 'x,y', 6)]), ['sedna_custom_m{a="y",b="x"} 6']);
  assert.deepEqual(again([metric('1', 'n', 'a,b')], [value('1', 'x,y', 7)]), ['sedna_custom_n{a="x",b="y"} 7']);
  assert.deepEqual(again(metrics, [value('1', 'x,y', 8), value('1', 'x,z', 9)], { ...LIMITS, maxSeries: 1 }), [
    'sedna_custom_m{a="x",b="y"} 8',
    'too_many_series',
  ]);
  assert.deepEqual(again([], []), []);
});

test('what is gone is forgotten, also by reads that never end', () => {
  const memory = new SeriesMemory();
  const m = memory.family('m');
  memory.begin();
  m.byLabels.set('a="x"', { labels: 'a="x"', value: 1, lastTime: null, read: 1 });
  memory.end(new Map([['m', 1]]));
  assert.equal(memory.family('m'), m);
  memory.end(new Map());
  assert.notEqual(memory.family('m'), m);
  const later = memory.family('m');
  for (let i = 0; i < 11; i++) {
    assert.equal(memory.family('m'), later);
    memory.begin();
  }
  assert.notEqual(memory.family('m'), later);
});
