import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findStaleFiles } from './generatedFiles';
import { METRICS } from '../../src/sedna/catalog';
import { FILES } from './metricReference';

test('the reference that is committed is what the catalogue asks for', () => {
  assert.deepEqual(findStaleFiles(FILES), []);
});

test('the reference names every metric', () => {
  const [{ content }] = FILES;
  assert.deepEqual(
    METRICS.filter(({ name }) => !new RegExp(`\`${name}[{\`]`).test(content)).map(({ name }) => name),
    []
  );
});
