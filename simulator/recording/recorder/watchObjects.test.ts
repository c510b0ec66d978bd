import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../../engine/types';
import { maskObject } from './watchObjects';

const withValue = (value: unknown) =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'dog-train-abcde', namespace: 'robots', uid: 'u-1' },
    spec: { env: value },
  }) as unknown as KubeObject;

test('maskObject never throws and never shows a secret, whatever characters are around it', () => {
  for (const value of [
    "--token 'hunter2",
    'PASSWORD="hunter2\\',
    "password='hunter2",
    'token=hunter2\\',
    '{"password": "hunter2\\"b',
    { password: 12345 },
  ]) {
    const masked = maskObject(withValue(value));
    assert.equal(masked.metadata.name, 'dog-train-abcde');
    assert.doesNotMatch(JSON.stringify(masked), /hunter2|12345/, JSON.stringify(value));
  }
});

test('maskObject keeps what is no secret', () =>
  assert.deepEqual(maskObject(withValue([{ name: 'EPOCHS', value: '3' }])).spec, {
    env: [{ name: 'EPOCHS', value: '3' }],
  }));
