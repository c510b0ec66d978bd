import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { FINDING } from './groups/findings';
import { GROUPS } from './rules';

const rules = GROUPS.flatMap((group) => group.rules).filter(({ record }) => record !== FINDING);
const recorded = new Set(rules.map(({ record }) => record));

/** Returns the other recorded metrics that a rule reads. */
const getReferencedRecords = (record: string) =>
  rules
    .filter((rule) => rule.record === record)
    .flatMap(({ expr }) => expr.match(/sedna:[a-z_]+(?::[a-z_]+)?/g) ?? [])
    .filter((name) => name !== record);

const getDepth = (record: string): number => 1 + Math.max(0, ...getReferencedRecords(record).map(getDepth));

test('rules read only recorded metrics that exist', () => {
  const unknown = rules.flatMap(({ record }) => getReferencedRecords(record)).filter((name) => !recorded.has(name));
  assert.deepEqual(unknown, []);
});

test('within a group, a rule reads only what earlier rules record', () => {
  for (const group of GROUPS) {
    const order = group.rules.map(({ record }) => record);
    for (const [index, record] of order.entries()) {
      const later = getReferencedRecords(record).filter((name) => order.indexOf(name) > index);
      assert.deepEqual(later, [], record);
    }
  }
});

test('the history of the demo is backfilled with one pass for each level of dependent rules', () => {
  const deepest = Math.max(...rules.map(({ record }) => getDepth(record)));
  for (const file of [path.join('demo', 'backfillHistory.ts'), path.join('compose', 'history-blocks.sh')]) {
    const text = readFileSync(path.join(__dirname, '..', '..', 'simulator', file), 'utf8');
    assert.equal(Number(/RULE_PASSES ?= ?(\d+)/.exec(text)?.[1]), deepest, file);
  }
});
