import { toStageChanges } from './stageChangeAnnotations';

const series = (stage: string, condition: string, times: number[], name = 'dog') => ({
  labels: { namespace: 'robots', name, stage, condition },
  points: times.map((time): [number, number] => [time, 1]),
});

describe('stageChangeAnnotations', () => {
  it('finds changes of the stage and failures, but not the unknown start', () => {
    const changes = toStageChanges([
      series('Train', 'Running', [0, 15]),
      series('Train', 'Completed', [30]),
      series('Eval', 'Waiting', [45]),
      series('Eval', 'Failed', [60, 75]),
      series('Train', 'Waiting', [90]),
      series('Deploy', 'Waiting', [0, 90], 'cat'),
    ]);
    expect(changes).toEqual([
      { time: 45_000, object: 'robots/dog', stage: 'Eval', failed: false },
      { time: 60_000, object: 'robots/dog', stage: 'Eval', failed: true },
      { time: 90_000, object: 'robots/dog', stage: 'Train', failed: false },
    ]);
  });

  it('ignores a state that is 0', () =>
    expect(
      toStageChanges([series('Train', 'Running', [0]), { ...series('Eval', 'Failed', []), points: [[15, 0]] }])
    ).toEqual([]));
});
