import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FINDING } from './groups/findings';
import { GROUPS } from './rules';

const recorded = new Set(GROUPS.flatMap((group) => group.rules.map(({ record }) => record)));

/** Recorded metrics that findings read. */
const read = GROUPS.flatMap((group) => group.rules)
  .filter(({ record }) => record === FINDING)
  .flatMap(({ expr }) => expr.match(/sedna:[a-z_]+(?::[a-z_]+)?/g) ?? []);

test('findings read only recorded metrics that exist, and no other findings', () => {
  assert.ok(read.length > 20);
  assert.deepEqual(
    read.filter((name) => !recorded.has(name) || name === FINDING),
    []
  );
});

test('the groups of findings come last, so that a history can record them once all else is complete', () => {
  const first = GROUPS.findIndex(({ name }) => name === 'sedna-findings');
  assert.deepEqual(
    GROUPS.map((group) => group.rules.every(({ record }) => record === FINDING)),
    GROUPS.map((_, index) => index >= first)
  );
});
