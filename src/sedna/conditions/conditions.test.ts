import fc from 'fast-check';
import { compareRounds, toHistoryFromObject, toHistoryFromSamples, type ConditionHistory } from '.';

const T0 = Date.parse('2026-11-24T01:00:00Z') / 1000;
const at = (seconds: number) => new Date((T0 + seconds) * 1000).toISOString().replace('.000Z', 'Z');

type Step = [second: number, step: string, data?: object | string];

/** Conditions from `[seconds, "Stage/Type", data]`. */
const conditions = (steps: Step[]) =>
  steps.map(([second, step, data]) => {
    const [stage, type] = step.split('/');
    const text = typeof data === 'object' ? JSON.stringify(data) : data;
    return { stage, type, status: 'True', lastHeartbeatTime: at(second), lastTransitionTime: at(second), data: text };
  });

const input = (stage: string, round: number, model?: string) => ({
  input: {
    ...(model ? { models: [{ format: 'pkl', url: model, classes: null }] } : {}),
    dataURL: `/output/data/${stage}/${round}/data.csv`,
    outputDir: `/output/${stage}/${round}`,
  },
});
const output = (url: string, metrics?: object) => ({
  output: { models: [{ format: 'pkl', url, metrics, classes: null }] },
});

/** A normal round of 13 conditions that starts at `second`. */
function round(second: number, number: number, precision = 0.89): Step[] {
  const [trained, evaluated] = [`/output/train/${number}/index.pkl`, `/output/eval/${number}/index.pkl`];
  return [
    [second, 'Train/Waiting'],
    [second + 100, 'Train/Ready', input('train', number)],
    [second + 101, 'Train/Starting'],
    [second + 105, 'Train/Running'],
    [second + 200, 'Train/Completed', output(trained)],
    [second + 200, 'Eval/Waiting'],
    [second + 210, 'Eval/Ready', input('eval', number, trained)],
    [second + 211, 'Eval/Starting'],
    [second + 215, 'Eval/Running'],
    [second + 260, 'Eval/Completed', output(evaluated, { precision_score: precision })],
    [second + 260, 'Deploy/Waiting'],
    [second + 268, 'Deploy/Ready', { input: { models: [{ format: 'pkl', url: evaluated, classes: null }] } }],
    [second + 269, 'Deploy/Completed'],
  ];
}

const outcomes = ({ rounds }: ConditionHistory) =>
  rounds.map(({ stages }) => stages.map(({ stage, outcome }) => `${stage} ${outcome}`).join(', '));

describe('rounds of an object', () => {
  it('are told with times, durations, models and metrics', () => {
    const { exact, rounds } = toHistoryFromObject(conditions([...round(0, 1), ...round(300, 2)]));
    expect(exact).toBe(true);
    expect(rounds).toHaveLength(2);
    expect(rounds[1]).toMatchObject({
      position: 2,
      number: 2,
      start: T0 + 300,
      end: T0 + 569,
      outcome: 'completed',
      metrics: [{ model: '/output/eval/2/index.pkl', metric: 'precision_score', value: 0.89 }],
    });
    const [train, evaluation, deploy] = rounds[1].stages;
    expect(train).toMatchObject({ outcome: 'completed', start: T0 + 300, end: T0 + 500, duration: 200 });
    expect(train.conditionTimes).toEqual({
      Waiting: T0 + 300,
      Ready: T0 + 400,
      Starting: T0 + 401,
      Running: T0 + 405,
      Completed: T0 + 500,
    });
    expect(train.conditions).toEqual([13, 14, 15, 16, 17]);
    expect(evaluation.input?.models.map(({ url }) => url)).toEqual(['/output/train/2/index.pkl']);
    expect(evaluation.modelsOut.map(({ url }) => url)).toEqual(['/output/eval/2/index.pkl']);
    expect(deploy).toMatchObject({ outcome: 'completed', duration: 9, nothingToDeploy: false });
  });

  it('follow the order of the array where seconds are equal or go back', () => {
    const list = conditions([...round(0, 1), ...round(100, 2)]).map((entry) => ({
      ...entry,
      lastTransitionTime: at(7),
    }));
    expect(toHistoryFromObject(list).rounds.map(({ stages }) => stages.length)).toEqual([3, 3]);
  });

  it('do not need Running, which a short pod never shows', () => {
    const short = round(0, 1).filter(([, step]) => step !== 'Eval/Running');
    expect(outcomes(toHistoryFromObject(conditions(short)))).toEqual([
      'Train completed, Eval completed, Deploy completed',
    ]);
  });

  it('tell the lost report of a worker', () => {
    const lost = toHistoryFromObject(
      conditions([...round(0, 1).slice(0, 4), [200, 'Train/Completed'], [200, 'Eval/Waiting']])
    );
    expect(outcomes(lost)).toEqual(['Train completed-without-data, Eval open']);
    expect(lost.rounds[0].outcome).toBe('open');
  });

  it.each([
    '{"output":{"models":[{"url":null}]}}',
    '{"output":{"loss":NaN}}',
    '{"output":[1]}',
    '{"output":{"models":"x"}}',
  ])('do not call a report lost that has %s', (data) => {
    const odd = toHistoryFromObject(conditions([...round(0, 1).slice(0, 4), [200, 'Train/Completed', data]]));
    expect(outcomes(odd)).toEqual(['Train completed']);
  });

  it.each(['{}', 'null', '{"output":null}', '{"output":{"models":[]}}', '{"output":{"models":[],"ownerInfo":{}}}'])(
    'call a report lost that has only %s',
    (data) => {
      const lost = toHistoryFromObject(conditions([...round(0, 1).slice(0, 4), [200, 'Train/Completed', data]]));
      expect(outcomes(lost)).toEqual(['Train completed-without-data']);
    }
  );

  it('take a late report as part of the round that it belongs to', () => {
    const late = toHistoryFromObject(
      conditions([
        ...round(0, 1).slice(0, 4),
        [200, 'Train/Completed'],
        [200, 'Eval/Waiting'],
        [212, 'Train/Completed', output('/output/train/1/index.pkl')],
        [212, 'Eval/Waiting'],
        ...round(20, 1).slice(6),
        [300, 'Train/Waiting'],
      ])
    );
    expect(outcomes(late)).toEqual(['Train completed, Eval completed, Deploy completed', 'Train open']);
    expect(late.rounds[0].stages[0]).toMatchObject({ reportedLate: true, end: T0 + 200 });
    expect(late.rounds[0].stages[0].modelsOut.map(({ url }) => url)).toEqual(['/output/train/1/index.pkl']);
    expect(late.rounds[0].stages[1].start).toBe(T0 + 200);
  });

  it('end where a stage fails', () => {
    const failing = toHistoryFromObject(
      conditions([
        ...round(0, 1).slice(0, 4),
        [150, 'Train/Failed'],
        [150, 'Train/Waiting'],
        ...round(200, 2).slice(1, 9),
        [450, 'Eval/Failed'],
        [450, 'Train/Waiting'],
      ])
    );
    expect(outcomes(failing)).toEqual(['Train failed', 'Train completed, Eval failed', 'Train open']);
    expect(failing.rounds.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'open']);
  });

  it('are places, not numbers: those start again with the local controller', () => {
    const { rounds } = toHistoryFromObject(conditions([...round(0, 1), ...round(300, 2), ...round(600, 1)]));
    expect(rounds.map(({ position, number }) => [position, number])).toEqual([
      [1, 1],
      [2, 2],
      [3, 1],
    ]);
  });

  it('are not opened by triggers while a pod is pending, and have the number of the trigger with the pod', () => {
    const pending: Step[] = [
      [0, 'Train/Waiting'],
      [100, 'Train/Ready', input('train', 1)],
      [101, 'Train/Starting'],
      [110, 'Train/Ready', input('train', 2)],
      [111, 'Train/Starting'],
      [120, 'Train/Ready', input('train', 3)],
      [121, 'Train/Starting'],
      ...round(0, 1).slice(3),
    ];
    const { rounds } = toHistoryFromObject(conditions(pending));
    expect(rounds.map(({ number, stages }) => [number, stages.length])).toEqual([[1, 3]]);
  });

  it('have the number of the newest trigger while a pod is refused', () => {
    const refused = [1, 2, 3].map((number): Step => [number * 10, 'Train/Ready', input('train', number)]);
    const { rounds } = toHistoryFromObject(conditions([[0, 'Train/Waiting'], ...refused]));
    expect(rounds.map(({ number }) => number)).toEqual([3]);
  });

  it('survive data that is cut, and do not call it missing', () => {
    const cut = conditions([...round(0, 1)]).map((entry) => ({ ...entry, data: entry.data?.slice(0, 20) }));
    const { rounds } = toHistoryFromObject(cut);
    expect(rounds).toHaveLength(1);
    expect(rounds[0].number).toBeUndefined();
    expect(outcomes(toHistoryFromObject(cut))).toEqual(['Train completed, Eval completed, Deploy completed']);
  });

  it('say when a deployment had nothing to deploy', () => {
    const nothing = toHistoryFromObject(conditions([...round(0, 1).slice(0, 11), [262, 'Deploy/Completed', {}]]));
    expect(nothing.rounds[0].stages[2]).toMatchObject({ outcome: 'completed', nothingToDeploy: true });
  });

  it('do not claim an end that an update has lost', () => {
    const lost = toHistoryFromObject(conditions([...round(0, 1).slice(0, 4), ...round(300, 2)]));
    expect(outcomes(lost)[0]).toBe('Train not-recorded');
    expect(lost.rounds[0].outcome).toBe('not-recorded');
  });

  it('leave out what is no condition of a stage, and count it', () => {
    const { conditions: read, unreadable } = toHistoryFromObject([
      null,
      7,
      { type: 'Ready' },
      { stage: 'Train', type: 'Waiting' },
    ]);
    expect(read).toEqual([{ index: 3, stage: 'Train', type: 'Waiting', data: { state: 'absent' } }]);
    expect(unreadable).toBe(3);
  });

  it('are none where there are no conditions', () =>
    expect([undefined, null, 'x', {}, []].map((value) => toHistoryFromObject(value).rounds)).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]));
});

describe('rounds from samples of the newest condition', () => {
  const sampled = (steps: Array<[number, string]>) =>
    toHistoryFromSamples(
      steps.map(([second, step]) => ({ time: T0 + second, stage: step.split('/')[0], condition: step.split('/')[1] }))
    );

  it('are transitions with the time at which they were first seen, in whatever order samples come', () => {
    const { exact, conditions: seen } = sampled([
      [30, 'Train/Waiting'],
      [0, 'Train/Waiting'],
      [60, 'Train/Running'],
      [90, 'Train/Running'],
    ]);
    expect(exact).toBe(false);
    expect(seen.map(({ type, time }) => [type, time! - T0])).toEqual([
      ['Waiting', 0],
      ['Running', 60],
    ]);
  });

  it('infer the end of a stage from the next one', () => {
    const history = sampled([
      [0, 'Train/Waiting'],
      [30, 'Train/Running'],
      [120, 'Eval/Running'],
      [180, 'Deploy/Waiting'],
      [210, 'Train/Waiting'],
    ]);
    expect(outcomes(history)).toEqual(['Train completed, Eval completed, Deploy completed', 'Train open']);
    expect(history.rounds[0].stages.map(({ duration }) => duration)).toEqual([120, 60, 30]);
  });

  it('do not infer success where training begins anew', () => {
    const history = sampled([
      [0, 'Train/Running'],
      [60, 'Train/Waiting'],
      [90, 'Train/Running'],
      [120, 'Eval/Running'],
      [150, 'Train/Waiting'],
    ]);
    expect(outcomes(history)).toEqual(['Train not-recorded', 'Train completed, Eval not-recorded', 'Train open']);
  });

  it('are one while a pod is pending, and two if a run is followed by a trigger', () => {
    const pending = sampled([
      [0, 'Train/Starting'],
      [30, 'Train/Ready'],
      [60, 'Train/Starting'],
    ]);
    expect(pending.rounds).toHaveLength(1);
    const failed = sampled([
      [0, 'Train/Running'],
      [30, 'Train/Ready'],
      [60, 'Train/Starting'],
    ]);
    expect(failed.rounds).toHaveLength(2);
  });

  it('never say that data is missing, which samples cannot know', () =>
    expect(
      outcomes(
        sampled([
          [0, 'Train/Completed'],
          [30, 'Eval/Waiting'],
        ])
      )
    ).toEqual(['Train completed, Eval open']));
});

describe('two rounds compared', () => {
  const { rounds } = toHistoryFromObject(
    conditions([...round(0, 1), ...round(300, 2, 0.91).map(([s, step, d]): Step => [s + (s > 400 ? 40 : 0), step, d])])
  );

  it('differ in number, durations, models and metrics', () =>
    expect(compareRounds(rounds[0], rounds[1])).toEqual([
      { what: 'number', from: 1, to: 2 },
      { what: 'duration', stage: 'Train', from: 200, to: 240 },
      {
        what: 'models',
        stage: 'Train',
        direction: 'out',
        from: ['/output/train/1/index.pkl'],
        to: ['/output/train/2/index.pkl'],
      },
      {
        what: 'models',
        stage: 'Eval',
        direction: 'in',
        from: ['/output/train/1/index.pkl'],
        to: ['/output/train/2/index.pkl'],
      },
      {
        what: 'models',
        stage: 'Eval',
        direction: 'out',
        from: ['/output/eval/1/index.pkl'],
        to: ['/output/eval/2/index.pkl'],
      },
      {
        what: 'models',
        stage: 'Deploy',
        direction: 'in',
        from: ['/output/eval/1/index.pkl'],
        to: ['/output/eval/2/index.pkl'],
      },
      { what: 'metric', model: 0, metric: 'precision_score', from: 0.89, to: 0.91 },
    ]));

  it('do not differ from themselves', () => expect(compareRounds(rounds[0], rounds[0])).toEqual([]));

  it('differ where one has no such stage', () => {
    const failed = toHistoryFromObject(conditions([...round(0, 1).slice(0, 4), [150, 'Train/Failed']])).rounds[0];
    expect(compareRounds(rounds[0], failed)).toEqual(
      expect.arrayContaining([
        { what: 'outcome', stage: 'Train', from: 'completed', to: 'failed' },
        { what: 'outcome', stage: 'Deploy', from: 'completed', to: undefined },
        { what: 'metric', model: 0, metric: 'precision_score', from: 0.89, to: undefined },
      ])
    );
  });
});

describe('whatever the object holds', () => {
  const step = fc.record(
    {
      stage: fc.oneof(fc.constantFrom('Train', 'Eval', 'Deploy'), fc.anything()),
      type: fc.oneof(fc.constantFrom('Waiting', 'Ready', 'Running', 'Completed', 'Failed'), fc.anything()),
      lastTransitionTime: fc.oneof(fc.constant(at(0)), fc.anything()),
      data: fc.oneof(fc.json(), fc.constant('{"output":{"models":[{"url":"m"}]}}'), fc.anything()),
    },
    { requiredKeys: [] }
  );

  it('reading never throws, and no condition is in two rounds or in none', () =>
    fc.assert(
      fc.property(fc.oneof(fc.array(step), fc.anything()), (value) => {
        const { conditions: read, rounds } = toHistoryFromObject(value);
        expect(rounds.flatMap(({ stages }) => stages.flatMap((run) => run.conditions)).sort((a, b) => a - b)).toEqual(
          read.map(({ index }) => index)
        );
        rounds.slice(1).forEach((later, place) => compareRounds(rounds[place], later));
      })
    ));
});
