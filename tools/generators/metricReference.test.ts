import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findStaleFiles } from './generatedFiles';
import { METRICS } from '../../src/sedna/catalog';
import { FILES } from './metricReference';

test('the metric reference is up to date: if this fails, run "npm run generate:collection"', () => {
  assert.deepEqual(findStaleFiles(FILES), []);
});

test('the metric reference contains every metric', () => {
  const [{ content }] = FILES;
  assert.deepEqual(
    METRICS.filter(({ name }) => !new RegExp(`\`${name}[{\`]`).test(content)).map(({ name }) => name),
    []
  );
});
