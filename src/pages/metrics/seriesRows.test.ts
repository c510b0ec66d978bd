import { infoRows, labelsOf, numberRows, stateRows } from './seriesRows';

const ASKED = { from: 0, to: 300, step: 15 };
const points = (from: number, to: number, value = 1) =>
  Array.from({ length: (to - from) / 15 + 1 }, (_, index): [number, number] => [from + index * 15, value]);

describe('numbers', () => {
  it('have statistics over what is drawn, and the count of samples of their own', () => {
    const rows = numberRows(
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

  it('leave out a series without any', () =>
    expect(
      numberRows(
        [
          { labels: {}, points: [[0, NaN]] },
          { labels: {}, points: [] },
        ],
        []
      )
    ).toEqual([]));
});

describe('states', () => {
  const state = (condition: string, stage: string, from: number, to: number) => ({
    labels: { __name__: 'c', namespace: 'robots', name: 'dog', condition, stage },
    points: points(from, to),
  });

  it('tell the newest one, since when, and how often it changed', () =>
    expect(
      stateRows(
        [state('Waiting', 'Train', 0, 60), state('Running', 'Train', 75, 150), state('Waiting', 'Eval', 165, 300)],
        'condition',
        ASKED
      )
    ).toEqual([
      { key: expect.anything(), name: 'robots/dog', state: 'Eval Waiting', since: 165, isNow: true, changes: 2 },
    ]));

  it('do not tell a beginning that was before what was looked at', () =>
    expect(stateRows([state('Waiting', 'Train', 0, 300)], 'condition', ASKED)[0]).toMatchObject({
      since: undefined,
      changes: 0,
    }));

  it('tell that an object is gone', () =>
    expect(stateRows([state('Waiting', 'Train', 0, 200)], 'condition', ASKED)[0].isNow).toBe(false));
});

describe('infos', () => {
  it('tell from when until when, also of what came back, the newest first', () => {
    const rows = infoRows(
      [
        { labels: { url: '/1' }, points: points(0, 90) },
        { labels: { url: '/2' }, points: [...points(105, 150), ...points(240, 300)] },
      ],
      ASKED
    );
    expect(rows.map(({ labels: { url }, from, to }) => [url, from, to])).toEqual([
      ['/2', 240, undefined],
      ['/2', 105, 150],
      ['/1', undefined, 90],
    ]);
  });

  it('have the labels that tell something', () =>
    expect(labelsOf([{ key: '', labels: { __name__: 'x', instance: 'i', job: 'j', url: 'u', role: 'r' } }])).toEqual([
      'url',
      'role',
    ]));
});
