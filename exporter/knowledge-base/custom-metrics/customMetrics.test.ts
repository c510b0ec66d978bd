import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatExposition } from '../../http/exposition';
import { toCustomMetricFamilies, type CustomMetricOptions, type MetricRow, type ValueRow } from './customMetrics';
import type { RowIssue } from '../errors';
import { SeriesCache } from './seriesCache';

const LIMITS = {
  customMetricNaming: 'prefixed',
  maxTextLength: 100,
  maxSeries: 1_000,
  maxTotalLabelLength: 1_000,
} as const;

const metric = (id: string | null, name: string | null, label: string | null = '', note: string | null = null) =>
  ({ id, name, label, note }) satisfies MetricRow;

let nextId = 0;
const value = (
  metricId: string | null,
  labelValue: string | null,
  number: number | null,
  lastTime: string | null = null
) => [String((nextId += 1)), metricId, labelValue, number, lastTime] satisfies ValueRow;

/** Returns the series without comments, and issues as "cause where". */
function run(metrics: MetricRow[], values: ValueRow[], limits: CustomMetricOptions = LIMITS) {
  const issues: RowIssue[] = [];
  const text = formatExposition(toCustomMetricFamilies(metrics, values, limits, (issue) => issues.push(issue)));
  return {
    text,
    series: text.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
    issues: issues.map(({ cause, where }) => `${cause} ${where}`),
  };
}

test('a value becomes a series of the metric with its id, with the note as help', () => {
  const { text, issues } = run(
    [metric('7', 'Recall', 'model_name, task', 'share of positives found')],
    [value('7', 'svm, Autumn_1.0', 0.93)]
  );
  assert.equal(
    text,
    '# HELP sedna_custom_Recall share of positives found\n' +
      '# TYPE sedna_custom_Recall gauge\n' +
      'sedna_custom_Recall{model_name="svm",task="Autumn_1.0"} 0.93\n'
  );
  assert.deepEqual(issues, []);
});

test('metrics without ids are addressed by position, from 0', () => {
  const { series } = run([metric(null, 'first'), metric(null, 'second')], [value('1', '', 2), value('0', null, 1)]);
  assert.deepEqual(series, ['sedna_custom_first 1', 'sedna_custom_second 2']);
});

test('an id takes precedence over a position, and the ambiguous metric is reported', () => {
  const { series, issues } = run(
    [metric(null, 'zero'), metric(null, 'one'), metric('1', 'named')],
    [value('0', '', 10), value('1', '', 11)]
  );
  assert.deepEqual(series, ['sedna_custom_zero 10', 'sedna_custom_named 11']);
  assert.deepEqual(issues, ['ambiguous_metric_id metric position 1']);
});

test('the newest value wins by time, or by order if a time is missing', () => {
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

test('names and labels are sanitized, and label values keep every character', () => {
  const { series, issues } = run(
    [metric('1', 'hit rate (%)', '1st,__name__,model-name,äh')],
    [value('1', '"quoted",back\\slash,line\nbreak,{a="b"}', 1)]
  );
  assert.deepEqual(series, [
    'sedna_custom_hit_rate____{_1st="\\"quoted\\"",_h="{a=\\"b\\"}",_name__="back\\\\slash",model_name="line\\nbreak"} 1',
  ]);
  assert.deepEqual(issues, []);
});

test('of two metrics with the same id, the first wins', () => {
  const { series, issues } = run([metric('1', 'm'), metric('1', 'n')], [value('1', '', 1)]);
  assert.deepEqual(series, ['sedna_custom_m 1']);
  assert.deepEqual(issues, ['ambiguous_metric_id metric id 1']);
});

test('upstream naming keeps valid names unchanged and sanitizes others', () => {
  const { series, issues } = run(
    [metric('1', 'Recall', 'model_name'), metric('2', '1st hit-rate'), metric('3', 'job:recall:avg')],
    [value('1', 'svm', 0.5), value('2', '', 1), value('3', '', 2)],
    { ...LIMITS, customMetricNaming: 'upstream' }
  );
  assert.deepEqual(series, ['Recall{model_name="svm"} 0.5', '_1st_hit_rate 1', 'job:recall:avg 2']);
  assert.deepEqual(issues, []);
});

test('names reserved by the exporter, its process, or Prometheus are rejected', () => {
  const names = ['sedna_knowledge_base_known_tasks', 'sedna:workers:active', 'process_cpu_seconds_total'];
  names.push('nodejs_heap_size_total_bytes', 'up', 'scrape_duration_seconds', 'ALERTS', 'sedna-exporter-errors-total');
  const { series, issues } = run(
    [...names, 'upload'].map((name, index) => metric(String(index), name)),
    [...names, 'upload'].map((_, index) => value(String(index), '', index)),
    { ...LIMITS, customMetricNaming: 'upstream' }
  );
  assert.deepEqual(series, ['upload 8']);
  assert.deepEqual(
    issues.slice(0, 8),
    names.map((_, index) => `reserved_name metric id ${index}`)
  );
  const prefixed = run([metric('1', 'up')], [value('1', '', 1)]);
  assert.deepEqual(prefixed, { ...prefixed, series: ['sedna_custom_up 1'], issues: [] });
});

test('a note that is too long is reported and its metric kept', () => {
  const { text, issues } = run([metric('1', 'm', '', 'n'.repeat(101))], [value('1', '', 1)]);
  assert.match(text, /^# HELP sedna_custom_m m\n/);
  assert.match(text, /^sedna_custom_m 1$/m);
  assert.deepEqual(issues, ['too_long metric id 1']);
});

test('the total length of labels is limited', () => {
  const { series, issues } = run(
    [metric('1', 'm', 'a')],
    [value('1', 'x'.repeat(50), 1), value('1', 'y'.repeat(50), 2), value('1', 'z', 3)],
    { ...LIMITS, maxTotalLabelLength: 70 }
  );
  assert.deepEqual(series, [`sedna_custom_m{a="${'x'.repeat(50)}"} 1`, 'sedna_custom_m{a="z"} 3']);
  assert.match(issues.join(), /^too_many_series metric_value id \d+$/);
});

test('two names that become equal are reported and the first is kept, while one name may have two label sets', () => {
  const collision = run([metric('1', 'a-b'), metric('2', 'a.b')], [value('1', '', 1), value('2', '', 2)]);
  assert.deepEqual(collision.series, ['sedna_custom_a_b 1']);
  assert.deepEqual(collision.issues.slice(0, 1), ['name_collision metric id 2']);

  const twoSets = run([metric('1', 'm', 'a'), metric('2', 'm', 'b')], [value('1', 'x', 1), value('2', 'x', 2)]);
  assert.deepEqual(twoSets.series, ['sedna_custom_m{a="x"} 1', 'sedna_custom_m{b="x"} 2']);
});

test('label sets that Prometheus considers equal are one series', () => {
  const { series } = run(
    [metric('1', 'm', 'a,b'), metric('2', 'm', 'b,a'), metric('3', 'm', 'a')],
    [value('1', 'x,y', 1), value('2', 'y,x', 2), value('1', 'z,', 3), value('3', 'z', 4)]
  );
  assert.deepEqual(series, ['sedna_custom_m{a="x",b="y"} 2', 'sedna_custom_m{a="z"} 4']);
});

test('rows that are not valid are skipped and reported', () => {
  nextId = 100;
  const { series, issues } = run(
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
  assert.deepEqual(issues, [
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

test('above the limit, the first series are kept and still updated', () => {
  const { series, issues } = run(
    [metric('1', 'm', 'a')],
    [value('1', 'x', 1), value('1', 'y', 2), value('1', 'x', 3)],
    { ...LIMITS, maxSeries: 1 }
  );
  assert.deepEqual(series, ['sedna_custom_m{a="x"} 3']);
  assert.equal(issues.length, 1);
  assert.match(issues[0], /^too_many_series metric_value id/);
});

test('a later read shows changed values and drops removed ones', () => {
  const cache = new SeriesCache();
  const again = (metrics: MetricRow[], values: ValueRow[], limits: CustomMetricOptions = LIMITS) => {
    const issues: RowIssue[] = [];
    const text = formatExposition(
      toCustomMetricFamilies(metrics, values, limits, (issue) => issues.push(issue), cache)
    );
    return [...text.split('\n').filter((line) => line !== '' && !line.startsWith('#')), ...issues.map((p) => p.cause)];
  };
  const metrics = [metric('1', 'm', 'a,b')];
  assert.deepEqual(again(metrics, [value('1', 'x,y', 1, '2026-11-24'), value('1', 'x, z', 2)]), [
    'sedna_custom_m{a="x",b="y"} 1',
    'sedna_custom_m{a="x",b="z"} 2',
  ]);
  // A value older than that of the previous read is still the only one of this read.
  assert.deepEqual(again(metrics, [value('1', 'x,y', 3, '2025-01-01'), value('1', 'p,q', null)]), [
    'sedna_custom_m{a="x",b="y"} 3',
    'not_a_number',
  ]);
  // Two spellings of the same labels are one series, within a read and across reads.
  assert.deepEqual(again(metrics, [value('1', 'x,z', 4), value('1', 'x, z', 5)]), ['sedna_custom_m{a="x",b="z"} 5']);
  assert.deepEqual(again([metric('1', 'm', 'b,a')], [value('1', 'x,y', 6)]), ['sedna_custom_m{a="y",b="x"} 6']);
  assert.deepEqual(again([metric('1', 'n', 'a,b')], [value('1', 'x,y', 7)]), ['sedna_custom_n{a="x",b="y"} 7']);
  assert.deepEqual(again(metrics, [value('1', 'x,y', 8), value('1', 'x,z', 9)], { ...LIMITS, maxSeries: 1 }), [
    'sedna_custom_m{a="x",b="y"} 8',
    'too_many_series',
  ]);
  assert.deepEqual(again([], []), []);
});

test('unused series are evicted, even if reads never finish', () => {
  const cache = new SeriesCache();
  const m = cache.family('m');
  cache.beginRead();
  m.byLabels.set('a="x"', { labels: 'a="x"', value: 1, lastTime: null, lastRead: 1 });
  cache.endRead(new Map([['m', 1]]));
  assert.equal(cache.family('m'), m);
  cache.endRead(new Map());
  assert.notEqual(cache.family('m'), m);
  const later = cache.family('m');
  for (let i = 0; i < 11; i++) {
    assert.equal(cache.family('m'), later);
    cache.beginRead();
  }
  assert.notEqual(cache.family('m'), later);
});
