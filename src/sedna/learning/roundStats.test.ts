import { toHistoryFromSamples, type ConditionSample } from '../conditions';
import { compareStats, computeRoundStats, type Series } from './roundStats';

const STEP = 10;
/** Conditions that hold from a second on, sampled every ten seconds until `end`. */
function sampled(conditions: Array<[number, string, string]>, end: number): ConditionSample[] {
  const samples: ConditionSample[] = [];
  for (let time = conditions[0][0]; time <= end; time += STEP) {
    const [, stage, condition] = conditions.filter(([from]) => from <= time).at(-1)!;
    samples.push({ time, stage, condition });
  }
  return samples;
}

const series = (name: string, labels: Record<string, string>, ...points: Array<[number, number]>): Series => ({
  labels: { __name__: name, ...labels },
  points,
});

/** A round from 1000 on and one from 2000 on, as the newest condition shows them. */
const round = (start: number): Array<[number, string, string]> => [
  [start, 'Train', 'Waiting'],
  [start + 100, 'Train', 'Running'],
  [start + 300, 'Eval', 'Running'],
  [start + 500, 'Deploy', 'Waiting'],
];
const history = toHistoryFromSamples(sampled([...round(1000), ...round(2000)], 2900));
const figures = (known: Series[], rangeStart = 0) => computeRoundStats(history, known, rangeStart, STEP);

it('tells durations as Sedna wrote them, each in the round in which its stage ended', () => {
  const [first, second] = figures([
    series('sedna_job_stage_duration_seconds', { stage: 'Train' }, [1310, 295], [2310, 180], [2890, 180]),
  ]);
  expect(first.durations.Train).toEqual({ seconds: 295, isApproximate: false });
  expect(second.durations.Train).toEqual({ seconds: 180, isApproximate: false });
});

it('says of a duration that nobody recorded that it was only seen', () => {
  const [first] = figures([]);
  expect(first.durations.Train).toEqual({ seconds: 300, isApproximate: true });
});

it('does not tell how long a stage took that began before the range', () => {
  const [first] = figures([], 995);
  expect(first.isTruncated).toBe(true);
  expect(first.durations.Train).toBeUndefined();
  expect(first.durations.Eval).toEqual({ seconds: 200, isApproximate: true });
});

it('tells nothing of a stage that is not over', () => {
  const open = toHistoryFromSamples(sampled(round(1000).slice(0, 2), 1200));
  const [only] = computeRoundStats(
    open,
    [
      series('sedna_job_stage_duration_seconds', { stage: 'Train' }, [1000, 99], [1200, 99]),
      series('sedna_job_model_info', { role: 'trained', url: 'old' }, [1200, 1]),
    ],
    0,
    STEP
  );
  expect(only.durations.Train).toBeUndefined();
  expect(only.round.stages[0].modelsOut).toEqual([]);
});

it('leaves the number of the last round to it while the next one only waits', () => {
  const [first, second] = figures([series('sedna_job_round', {}, [1110, 4], [1990, 4], [2090, 4], [2110, 5])]);
  expect([first.round.number, second.round.number]).toEqual([4, 5]);
  const waiting = toHistoryFromSamples(sampled([...round(1000), [2000, 'Train', 'Waiting']], 2080));
  const known = [series('sedna_job_round', {}, [1110, 4], [2070, 4])];
  expect(computeRoundStats(waiting, known, 0, STEP).map(({ round: { number } }) => number)).toEqual([4, undefined]);
});

it('takes models, metrics and samples of the round in which they were current', () => {
  const [first, second] = figures([
    series('sedna_job_model_info', { role: 'trained', url: 'm1' }, [1310, 1], [2290, 1]),
    series('sedna_job_model_info', { role: 'trained', url: 'm2' }, [2310, 1], [2890, 1]),
    series('sedna_job_model_info', { role: 'deployed', url: 'd1' }, [1510, 1], [2450, 1]),
    series('sedna_job_eval_metric', { metric: 'accuracy' }, [1510, 0.8], [2290, 0.8], [2510, 0.9]),
    series('sedna:stage_samples', { stage: 'train', origin: 'log' }, [1200, 500], [2200, 640]),
    series('sedna:stage_samples', { stage: 'eval', origin: 'estimate' }, [1400, 120]),
  ]);
  expect(first.round.stages[0].modelsOut).toEqual([{ url: 'm1', metrics: {} }]);
  expect(second.round.stages[0].modelsOut).toEqual([{ url: 'm2', metrics: {} }]);
  expect(first.deployed).toEqual([{ url: 'd1', metrics: {} }]);
  expect(first.round.metrics).toEqual([{ model: '', metric: 'accuracy', value: 0.8 }]);
  expect(second.round.metrics).toEqual([{ model: '', metric: 'accuracy', value: 0.9 }]);
  expect(first.samples).toEqual({
    train: { samples: 500, isEstimate: false },
    eval: { samples: 120, isEstimate: true },
  });
  expect(second.samples.eval).toBeUndefined();
});

it('tells the model in use after a round whose deployment was too short to be seen', () => {
  const withoutDeploy = (start: number) => round(start).slice(0, 3);
  const rounds = toHistoryFromSamples(
    sampled([...withoutDeploy(1000), ...withoutDeploy(2000), ...withoutDeploy(3000)], 3400)
  );
  const known = [
    series('sedna_job_model_info', { role: 'deployed', url: 'd0' }, [900, 1], [1700, 1]),
    series('sedna_job_model_info', { role: 'deployed', url: 'd1' }, [1510, 1], [2400, 1], [3390, 1]),
  ];
  const all = computeRoundStats(rounds, known, 0, STEP);
  // Nothing new was deployed in the second one; the third is not over.
  expect(all.map(({ deployed }) => deployed.map(({ url }) => url))).toEqual([['d1'], ['d1'], []]);
});

it('tells which tasks were dropped, with their scores, and not what an earlier pod said', () => {
  const [first, second] = figures([
    series('sedna:task_deployable', { task: 'cold', pod: 'e1' }, [1400, 0], [2390, 0]),
    series('sedna:task_deployable', { task: 'warm', pod: 'e1' }, [1400, 1], [2390, 1]),
    series('sedna:task_score', { task: 'cold', pod: 'e1', metric: 'f1' }, [1400, 0.4], [2390, 0.4]),
  ]);
  expect(first.tasks).toEqual({
    passed: [{ task: 'warm', scores: {} }],
    dropped: [{ task: 'cold', scores: { f1: 0.4 } }],
  });
  expect(second.tasks).toBeUndefined();
});

it('tells which tasks were dropped when their lines arrive after the next round has begun', () => {
  const rounds = toHistoryFromSamples(sampled([...round(1000), [2000, 'Train', 'Waiting']], 2900));
  const known = [series('sedna:task_deployable', { task: 'cold', pod: 'e1' }, [2100, 0], [2890, 0])];
  const all = computeRoundStats(rounds, known, 0, STEP);
  expect(all.map(({ tasks }) => tasks?.dropped.map(({ task }) => task))).toEqual([['cold'], undefined]);
});

it('compares two rounds', () => {
  const [first, second] = figures([
    series('sedna_job_stage_duration_seconds', { stage: 'Train' }, [1310, 295], [2310, 180], [2890, 180]),
    series('sedna:stage_samples', { stage: 'train' }, [1200, 500], [2200, 640]),
    series('sedna:task_deployable', { task: 'cold', pod: 'e1' }, [1400, 0], [2290, 0]),
    series('sedna:task_deployable', { task: 'cold', pod: 'e2' }, [2400, 1]),
  ]);
  expect(compareStats(first, second)).toEqual(
    expect.arrayContaining([
      { what: 'duration', stage: 'Train', from: 295, to: 180 },
      { what: 'samples', stage: 'train', from: 500, to: 640 },
      { what: 'dropped', from: ['cold'], to: [] },
    ])
  );
  expect(compareStats(first, first)).toEqual([]);
});

it('takes the model that came within the stage, though the one before still has samples', () => {
  const [, second] = figures([
    series('sedna_job_model_info', { role: 'trained', url: 'm1' }, [1310, 1], [2400, 1]),
    series('sedna_job_model_info', { role: 'trained', url: 'm2' }, [2310, 1], [2400, 1]),
  ]);
  expect(second.round.stages[0].modelsOut).toEqual([{ url: 'm2', metrics: {} }]);
});

it('gives a round nothing of a later one whose stage was not seen', () => {
  const gap = toHistoryFromSamples(
    sampled([...round(1000), [2000, 'Train', 'Waiting'], [2100, 'Train', 'Running'], ...round(3000)], 3900)
  );
  const [first, second] = computeRoundStats(
    gap,
    [
      series('sedna_job_model_info', { role: 'evaluated', url: 'm1' }, [1510, 1], [1990, 1]),
      series('sedna_job_model_info', { role: 'evaluated', url: 'm2' }, [2600, 1], [2990, 1]),
    ],
    0,
    STEP
  );
  expect(first.round.stages[1].modelsOut).toEqual([{ url: 'm1', metrics: {} }]);
  expect(second.round.stages.map(({ stage }) => stage)).toEqual(['Train']);
});

describe('a job that compares two models', () => {
  const ofRound = (role: string, url: string, version: string, ...points: Array<[number, number]>) =>
    series('sedna_job_model_info', { role, url, model_version: version }, ...points);
  const [first, second] = figures([
    ofRound('evaluated', 'z1', 'new', [1510, 1], [1990, 1]),
    ofRound('evaluated', 'z2', 'new', [2510, 1], [2890, 1]),
    ofRound('evaluated', 'deploy', 'old', [1510, 1], [1990, 1], [2510, 1], [2890, 1]),
    ofRound('deployed', 'z1', 'new', [1600, 1], [2590, 1]),
    ofRound('deployed', 'deploy', 'old', [1600, 1], [2590, 1]),
    series('sedna_job_eval_metric', { metric: 'precision[0]' }, [1510, 0.8], [2500, 0.8], [2510, 0.9]),
    series('sedna_job_compared_metric', { metric: 'precision[0]' }, [1510, 0.7], [2500, 0.7], [2510, 0.75]),
  ]);

  it('has its new model before the old one, though the old one is the same in every round', () => {
    const evaluated = [first, second].map(({ round: { stages } }) =>
      stages[1].modelsOut.map(({ url, version }) => [version, url])
    );
    expect(evaluated).toEqual([
      [
        ['new', 'z1'],
        ['old', 'deploy'],
      ],
      [
        ['new', 'z2'],
        ['old', 'deploy'],
      ],
    ]);
    expect(first.deployed.map(({ url, version }) => [version, url])).toEqual([
      ['new', 'z1'],
      ['old', 'deploy'],
    ]);
  });

  it('tells the figures of both, and how each changed', () => {
    expect(first.round.metrics).toEqual([
      { model: 'z1', version: 'new', metric: 'precision[0]', value: 0.8 },
      { model: 'deploy', version: 'old', metric: 'precision[0]', value: 0.7 },
    ]);
    expect(compareStats(first, second).filter(({ what }) => what === 'metric')).toEqual([
      { what: 'metric', model: 0, version: 'new', metric: 'precision[0]', from: 0.8, to: 0.9 },
      { what: 'metric', model: 1, version: 'old', metric: 'precision[0]', from: 0.7, to: 0.75 },
    ]);
  });
});
