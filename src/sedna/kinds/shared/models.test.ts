import { getModelRole, getModelVersions } from './models';

describe('getModelVersions', () => {
  it.each(['Eval', 'Deploy'])('tells the new from the old model in %s of an incremental learning job', (stage) =>
    expect(getModelVersions('IncrementalLearningJob', stage, 2)).toEqual(['new', 'old'])
  );

  it.each([
    ['two files of one trained model', 'IncrementalLearningJob', 'Train', 2],
    ['a single model', 'IncrementalLearningJob', 'Eval', 1],
    ['more than two models', 'IncrementalLearningJob', 'Eval', 3],
    ['a kind that compares none', 'LifelongLearningJob', 'Eval', 2],
    ['a condition without a stage', 'IncrementalLearningJob', undefined, 2],
  ] as const)('does not tell versions of %s', (_, kind, stage, count) =>
    expect(getModelVersions(kind, stage, count)).toBeUndefined()
  );
});

describe('getModelRole', () => {
  it.each([
    ['Train', 'input', undefined, 'base'],
    ['Train', 'output', undefined, 'trained'],
    ['Eval', 'input', 'new', 'evaluated'],
    ['Eval', 'output', 'old', 'compared'],
    ['Deploy', 'input', undefined, 'deployed'],
    ['Deploy', 'input', 'old', 'replaced'],
    ['Tune', 'input', undefined, undefined],
  ] as const)('of %s %s, version %s, is %s', (stage, side, version, role) =>
    expect(getModelRole(stage, side, version)).toBe(role)
  );
});
