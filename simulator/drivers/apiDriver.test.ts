import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMergePatch } from './apiDriver';

test('a merge patch contains only changes, removes keys by null, and replaces whole lists', () => {
  const before = {
    metadata: { name: 'a', labels: { kept: '1', gone: '2' } },
    spec: { list: [1, 2], same: [{ a: 1 }] },
  };
  const after = { metadata: { name: 'a', labels: { kept: '1', added: '3' } }, spec: { list: [1], same: [{ a: 1 }] } };
  assert.deepEqual(createMergePatch(before, after), {
    metadata: { labels: { gone: null, added: '3' } },
    spec: { list: [1] },
  });
  assert.equal(createMergePatch(after, structuredClone(after)), undefined);
  assert.deepEqual(createMergePatch({ spec: {} }, { spec: {}, status: { phase: 'Running' } }), {
    status: { phase: 'Running' },
  });
});
