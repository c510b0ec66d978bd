import { panelData, createSample, tableFrame, toTableFrames } from '../test/mockGrafana';
import { getNamespacedKey, indexRows, toRows } from './rows';

const labels = { namespace: 'robots', name: 'dog' };

describe('rows', () => {
  it('finds the value of a single query, which has no refId in its name', () => {
    const data = panelData({ series: toTableFrames({ info: [createSample(labels, 7)] }) });
    expect(toRows(data, 'info')).toEqual([{ labels, value: 7 }]);
  });

  it('returns only the rows of the query', () => {
    const series = toTableFrames({
      info: [createSample(labels)],
      since: [createSample(labels, 1000), createSample({ name: 'cat' }, 2000)],
    });
    const data = panelData({ series });
    expect(toRows(data, 'info')).toEqual([{ labels, value: 1 }]);
    expect(toRows(data, 'since')).toEqual([
      { labels, value: 1000 },
      { labels: { namespace: '', name: 'cat' }, value: 2000 },
    ]);
  });

  it('treats a label named Value as a label', () => {
    const data = panelData({ series: [tableFrame('a', [createSample({ Value: '5', le: '0.5' }, 9)], 'Value #a')] });
    expect(toRows(data, 'a')).toEqual([{ labels: { Value: '5', le: '0.5' }, value: 9 }]);
  });

  it.each([
    ['there is no response', undefined],
    ['the answer has no frame', panelData({ series: [] })],
    ['the frame has no field', panelData({ series: [{ refId: 'info', fields: [], length: 0 }] })],
    ['the answer is to another query', panelData({ series: toTableFrames({ other: [createSample(labels)] }) })],
  ])('returns no rows if %s', (_, data) => expect(toRows(data, 'info')).toEqual([]));

  it('keeps NaN, a valid value of Prometheus', () =>
    expect(toRows(panelData({ series: toTableFrames({ info: [createSample(labels, NaN)] }) }), 'info')).toEqual([
      { labels, value: NaN },
    ]));

  it('indexes rows by namespace and name', () => {
    const rows = [createSample({ namespace: 'a', name: 'x' }, 1), createSample({ namespace: 'b', name: 'x' }, 2)];
    const found = indexRows(rows, getNamespacedKey);
    expect([found.get('a/x')?.value, found.get('b/x')?.value, found.get('c/x')]).toEqual([1, 2, undefined]);
  });
});
