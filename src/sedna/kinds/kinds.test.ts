import { findKind, findKindByAnyName, KIND_NAMES, KINDS, WATCHED_KINDS } from '.';

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

describe('findKindByAnyName', () => {
  const NAMES = KINDS.flatMap(({ kind, plural, shortName }) =>
    [kind, kind.toLowerCase(), plural, ...(shortName ? [shortName] : [])].map((name) => [name, kind] as const)
  );
  it.each(NAMES)('finds %s as kubectl does', (name, kind) => {
    for (const written of [name, name.toUpperCase(), `${name}.sedna.io`, `${name}.v1alpha1.sedna.io`]) {
      expect(findKindByAnyName(written)?.kind).toBe(kind);
    }
  });

  it.each(['', 'pods', 'job', 'toString', '.sedna.io', 'll.', 'll.apps', 'll.v1.sedna.io', 'llsedna.io'])(
    'does not find %j',
    (name) => expect(findKindByAnyName(name)).toBeUndefined()
  );
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
