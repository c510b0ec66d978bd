import { findKind, KIND_NAMES, KINDS, WATCHED_KINDS } from '.';

describe('KINDS', () => {
  it('has one definition for each name, in their order', () =>
    expect(KINDS.map(({ kind }) => kind)).toEqual(KIND_NAMES));

  it.each(['plural', 'shortName', 'noun'] as const)('gives no two kinds the same %s', (field) => {
    const values = KINDS.flatMap((kind) => kind[field] ?? []);
    expect(new Set(values).size).toBe(values.length);
  });

  it('has jobs that learn in rounds first, because lists show them in this order', () => {
    const staged = KINDS.map((kind) => kind.staged);
    expect(staged.lastIndexOf(true)).toBe(staged.filter(Boolean).length - 1);
  });
});

describe('findKind', () => {
  it.each(['Job', 'toString', ''])('does not find %j', (name) => expect(findKind(name)).toBeUndefined());
});

describe('WATCHED_KINDS', () => {
  it('are the kinds whose status has more than kube-state-metrics can read', () =>
    expect(WATCHED_KINDS).toEqual([
      'LifelongLearningJob',
      'IncrementalLearningJob',
      'JointInferenceService',
      'FeatureExtractionService',
      'Model',
    ]));
});
