import { panelData, sample, tableFrame, tables } from '../test/grafana';
import { objectKey, rowsByKey, rowsOf } from './rows';

const labels = { namespace: 'robots', name: 'dog' };

it('reads the table of a single query, whose value has no name of its own', () => {
  const data = panelData({ series: tables({ info: [sample(labels, 7)] }) });
  expect(rowsOf(data, 'info')).toEqual([{ labels, value: 7 }]);
});

it('keeps the tables of several queries apart', () => {
  const series = tables({ info: [sample(labels)], since: [sample(labels, 1000), sample({ name: 'cat' }, 2000)] });
  const data = panelData({ series });
  expect(rowsOf(data, 'info')).toEqual([{ labels, value: 1 }]);
  expect(rowsOf(data, 'since')).toEqual([
    { labels, value: 1000 },
    { labels: { namespace: '', name: 'cat' }, value: 2000 },
  ]);
});

it('takes a label that is called like a number for a label', () => {
  const data = panelData({ series: [tableFrame('a', [sample({ Value: '5', le: '0.5' }, 9)], 'Value #a')] });
  expect(rowsOf(data, 'a')).toEqual([{ labels: { Value: '5', le: '0.5' }, value: 9 }]);
});

it.each([
  ['there is no answer', undefined],
  ['the answer has no frame', panelData({ series: [] })],
  ['the frame has no field', panelData({ series: [{ refId: 'info', fields: [], length: 0 }] })],
  ['the answer is to another query', panelData({ series: tables({ other: [sample(labels)] }) })],
])('has no rows where %s', (_, data) => expect(rowsOf(data, 'info')).toEqual([]));

it('keeps NaN, which is a value of Prometheus', () =>
  expect(rowsOf(panelData({ series: tables({ info: [sample(labels, NaN)] }) }), 'info')).toEqual([
    { labels, value: NaN },
  ]));

it('finds rows by namespace and name', () => {
  const rows = [sample({ namespace: 'a', name: 'x' }, 1), sample({ namespace: 'b', name: 'x' }, 2)];
  const found = rowsByKey(rows, objectKey);
  expect([found.get('a/x')?.value, found.get('b/x')?.value, found.get('c/x')]).toEqual([1, 2, undefined]);
});
