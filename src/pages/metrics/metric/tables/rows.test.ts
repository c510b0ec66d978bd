import { getLabelNames, toInfoRows, toNumberRows, toStateRows } from './rows';

const RANGE = { from: 0, to: 300, step: 15 };
const points = (from: number, to: number, value = 1) =>
  Array.from({ length: (to - from) / 15 + 1 }, (_, index): [number, number] => [from + index * 15, value]);

describe('toNumberRows', () => {
  it('calculates statistics over the points and takes the number of samples from the counts', () => {
    const rows = toNumberRows(
      [
        {
          labels: { __name__: 'x', name: 'dog' },
          points: [
            [0, 1],
            [15, NaN],
            [30, 4],
            [45, 1],
          ],
        },
        { labels: { __name__: 'x', name: 'cat' }, points: [[0, 7]] },
      ],
      [{ labels: { name: 'dog' }, value: 99 }]
    );
    expect(rows).toEqual([
      { key: expect.anything(), name: 'dog', last: 1, min: 1, mean: 2, max: 4, samples: 99 },
      { key: expect.anything(), name: 'cat', last: 7, min: 7, mean: 7, max: 7, samples: undefined },
    ]);
  });

  it('leaves out series without values', () =>
    expect(
      toNumberRows(
        [
          { labels: {}, points: [[0, NaN]] },
          { labels: {}, points: [] },
        ],
        []
      )
    ).toEqual([]));
});

describe('toStateRows', () => {
  const state = (condition: string, stage: string, from: number, to: number) => ({
    labels: { __name__: 'c', namespace: 'robots', name: 'dog', condition, stage },
    points: points(from, to),
  });

  it('returns the newest state, its start, and the number of changes', () =>
    expect(
      toStateRows(
        [state('Waiting', 'Train', 0, 60), state('Running', 'Train', 75, 150), state('Waiting', 'Eval', 165, 300)],
        'condition',
        RANGE
      )
    ).toEqual([
      { key: expect.anything(), name: 'robots/dog', state: 'Eval Waiting', since: 165, isCurrent: true, changes: 2 },
    ]));

  it('leaves the start undefined when the state began before the time range', () =>
    expect(toStateRows([state('Waiting', 'Train', 0, 300)], 'condition', RANGE)[0]).toMatchObject({
      since: undefined,
      changes: 0,
    }));

  it('marks an object without samples at the end of the time range', () =>
    expect(toStateRows([state('Waiting', 'Train', 0, 200)], 'condition', RANGE)[0].isCurrent).toBe(false));
});

describe('toInfoRows', () => {
  it('returns a row for each period, newest first, when a series comes back', () => {
    const rows = toInfoRows(
      [
        { labels: { url: '/1' }, points: points(0, 90) },
        { labels: { url: '/2' }, points: [...points(105, 150), ...points(240, 300)] },
      ],
      RANGE
    );
    expect(rows.map(({ labels: { url }, from, to }) => [url, from, to])).toEqual([
      ['/2', 240, undefined],
      ['/2', 105, 150],
      ['/1', undefined, 90],
    ]);
  });
});

describe('getLabelNames', () => {
  it('returns the labels without those of the scrape', () =>
    expect(
      getLabelNames([{ key: '', labels: { __name__: 'x', instance: 'i', job: 'j', url: 'u', role: 'r' } }])
    ).toEqual(['url', 'role']));
});
