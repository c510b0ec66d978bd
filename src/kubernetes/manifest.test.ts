import fc from 'fast-check';
import {
  checkManifest,
  isLabelValue,
  isMetadataName,
  isReserved,
  buildMetadataPatch,
  toRestartManifest,
} from './manifest';
import { MASK } from './maskManifest';

const live = {
  apiVersion: 'sedna.io/v1alpha1',
  kind: 'LifelongLearningJob',
  metadata: {
    name: 'dog',
    namespace: 'robots',
    uid: 'u1',
    resourceVersion: '7',
    generation: 2,
    creationTimestamp: '2026-11-24T08:00:00Z',
    managedFields: [{}],
    labels: { team: 'a' },
    annotations: {
      'sedna.io/Train': 'edge-node',
      'sedna.io/Eval': 'edge-node',
      'sedna.io/credential': 'abc',
      note: 'kept',
    },
  },
  spec: { dataset: { name: 'd' } },
  status: { conditions: [{}] },
};

describe('the manifest of a restart', () => {
  it('keeps spec, labels and annotations, and nothing of the life of the old one', () =>
    expect(toRestartManifest(live)).toEqual({
      apiVersion: 'sedna.io/v1alpha1',
      kind: 'LifelongLearningJob',
      metadata: { name: 'dog', namespace: 'robots', labels: { team: 'a' }, annotations: { note: 'kept' } },
      spec: { dataset: { name: 'd' } },
    }));

  it('has no annotations where none are left', () =>
    expect(
      toRestartManifest({ ...live, metadata: { ...live.metadata, annotations: { 'sedna.io/Train': 'n' } } }).metadata
    ).not.toHaveProperty('annotations'));

  it('keeps secrets as they are: it is sent, not shown', () => {
    const spec = { env: [{ name: 'TOKEN', value: 'abc' }] };
    expect(toRestartManifest({ ...live, spec }).spec).toEqual(spec);
  });
});

describe('reserved names', () => {
  it.each([
    'sedna.io/Train',
    'lifelonglearningjob.sedna.io/name',
    'kubernetes.io/x',
    'app.kubernetes.io/name',
    'my-token',
  ])('%s', (name) => expect(isReserved(name)).toBe(true));
  it.each(['team', 'example.org/team', 'notsedna.io/x'])('not %s', (name) => expect(isReserved(name)).toBe(false));
});

describe('the patch of an edit', () => {
  const none = { labels: {}, annotations: {} };

  it('holds what changed, and null for what is gone', () =>
    expect(
      buildMetadataPatch(
        { labels: { a: '1', b: '2', c: '3' }, annotations: { note: 'x' } },
        { labels: { a: '1', b: '9', d: '4' }, annotations: { note: 'x' } }
      )
    ).toEqual({ labels: { b: '9', c: null, d: '4' } }));

  it('is empty where nothing changed', () =>
    expect(buildMetadataPatch({ ...none, labels: { a: '1' } }, { ...none, labels: { a: '1' } })).toEqual({}));

  it('never writes a masked value, nor a reserved name', () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.constant(MASK), fc.constant(`a${MASK}`))),
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.constant(MASK))),
        (annotations, before) => {
          const patch = buildMetadataPatch(
            { ...none, annotations: { ...before, 'sedna.io/credential': 'abc' } },
            { ...none, annotations }
          );
          expect(JSON.stringify(patch)).not.toContain(MASK);
          expect(patch.annotations ?? {}).not.toHaveProperty(['sedna.io/credential']);
        }
      )
    ));
});

it.each(['team', 'a.b_c-d', 'example.org/team', 'x'.repeat(63)])('%s is a name of a label', (name) =>
  expect(isMetadataName(name)).toBe(true)
);
it.each(['', '/a', 'a/', 'a/b/c', '-a', 'a b', 'x'.repeat(64), 'Ex.org/a', 'ä'])('%j is none', (name) =>
  expect(isMetadataName(name)).toBe(false)
);
it.each(['', 'a', 'A.b-c_d', '1'.repeat(63)])('%j is a value of a label', (value) =>
  expect(isLabelValue(value)).toBe(true)
);
it.each(['a b', '-a', 'a-', '1'.repeat(64), 'a\n'])('%j is none', (value) => expect(isLabelValue(value)).toBe(false));

describe('a manifest that is handed in', () => {
  it('is cleaned of what only the server gives', () =>
    expect(checkManifest([live, null])).toEqual({
      state: 'ok',
      ref: { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' },
      manifest: toRestartManifest(live),
    }));

  it.each([
    ['nothing', [], 'no-object'],
    ['a text', ['x'], 'no-object'],
    ['a list', [[live]], 'no-object'],
    ['two documents', [live, live], 'several-objects'],
    ['another kind', [{ ...live, kind: 'Pod', apiVersion: 'v1' }], 'not-sedna'],
    ['another group', [{ ...live, apiVersion: 'example.org/v1' }], 'not-sedna'],
    ['a kind of the language', [{ ...live, kind: 'constructor' }], 'not-sedna'],
    ['no metadata', [{ ...live, metadata: undefined }], 'name'],
    ['no namespace', [{ ...live, metadata: { name: 'a' } }], 'name'],
    ['a name that leads elsewhere', [{ ...live, metadata: { name: '..', namespace: 'a' } }], 'name'],
  ])('%s is refused', (_, documents, fault) =>
    expect(checkManifest(documents as unknown[])).toMatchObject({ state: 'faulty', fault })
  );

  it('with masked values is refused, and told where', () =>
    expect(checkManifest([{ ...live, spec: { env: [{ name: 'TOKEN', value: MASK }] } }])).toEqual({
      state: 'faulty',
      fault: 'masked',
      paths: ['spec.env.0.value'],
    }));
});
