import assert from 'node:assert/strict';
import { test } from 'node:test';
import { staleFiles } from '../collection/generated';
import { METRICS } from '../src/sedna/catalogue';
import { FILES } from './metricReference';

test('the reference that is committed is what the catalogue asks for', () => {
  assert.deepEqual(staleFiles(FILES), []);
});

test('the reference names every metric', () => {
  const [{ content }] = FILES;
  assert.deepEqual(
    METRICS.filter(({ name }) => !new RegExp(`\`${name}[{\`]`).test(content)).map(({ name }) => name),
    []
  );
});
