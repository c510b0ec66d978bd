import { toRoundSeries } from './rounds';

const JOB = { namespace: 'robots', name: 'dog' };
const ROUNDS = [
  {
    labels: { __name__: 'sedna_job_round', ...JOB },
    points: [0, 10, 20, 30, 40, 50].map((time, index): [number, number] => [time, Math.floor(index / 2) + 1]),
  },
];
const series = (points: Array<[number, number]>, labels: Record<string, string> = {}) => ({
  labels: { ...JOB, ...labels },
  points,
});

describe('toRoundSeries', () => {
  it('returns the last value in each round', () =>
    expect(
      toRoundSeries(
        [
          series([
            [0, 5],
            [10, 6],
            [20, 7],
            [30, 8],
            [50, 9],
          ]),
        ],
        ROUNDS
      ).map(({ points }) => points)
    ).toEqual([
      [
        [1, 6],
        [2, 8],
        [3, 9],
      ],
    ]));

  it('joins the pods of successive rounds into one series', () =>
    expect(
      toRoundSeries(
        [
          series(
            [
              [20, 0.8],
              [30, 0.8],
              [40, 0.8],
            ],
            { pod: 'b', task: 't' }
          ),
          series([[50, 0.9]], { pod: 'c', task: 't' }),
          series([[10, 0.7]], { pod: 'a', task: 't' }),
        ],
        ROUNDS
      )
    ).toEqual([
      {
        labels: { ...JOB, task: 't' },
        points: [
          [1, 0.7],
          [2, 0.8],
          [3, 0.9],
        ],
      },
    ]));

  it('drops the rounds before the last restart of the local controller', () => {
    const restarted = [
      {
        ...ROUNDS[0],
        points: [
          [0, 7],
          [10, 8],
          [20, 1],
          [30, 2],
        ] as Array<[number, number]>,
      },
    ];
    expect(
      toRoundSeries(
        [
          series([
            [0, 1],
            [10, 2],
            [20, 3],
            [30, 4],
          ]),
        ],
        restarted
      )[0].points
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it('leaves out values before the first round and jobs without rounds', () => {
    const lateRounds = [{ ...ROUNDS[0], points: [[20, 1]] as Array<[number, number]> }];
    expect(
      toRoundSeries(
        [
          series([
            [0, 1],
            [20, 2],
          ]),
        ],
        lateRounds
      )[0].points
    ).toEqual([[1, 2]]);
    expect(toRoundSeries([series([[0, 1]], { name: 'cat' })], ROUNDS)).toEqual([]);
  });
});
