import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ALERTS } from '../../collection/alerts';
import { RULE_FILES } from '../../src/sedna/diagnosis/rules/files';
import { findScenario, SCENARIOS } from '.';
import { EXPECTED_AFTER_THE_END, EXPECTED_IN_SCENARIOS, EXPECTED_IN_FAULTS } from './expectedAlerts';

test('every alert has a scenario in which it must fire', () => {
  const found = [...EXPECTED_IN_SCENARIOS, ...EXPECTED_IN_FAULTS, ...EXPECTED_AFTER_THE_END].map(([alert]) => alert);
  assert.deepEqual([...new Set(found)].sort(), ALERTS.map(({ name }) => name).sort());
});

test('scenarios have unique ids', () => {
  const ids = SCENARIOS.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

describe('scenarios of the rules', () => {
  for (const { rule, scenarios } of RULE_FILES) {
    test(`${rule.id} names existing scenarios, at least one that shows it and one near miss`, () => {
      const { shows, nearMisses } = scenarios;
      assert.ok(shows.length > 0, 'it has no scenario that shows it');
      assert.ok(nearMisses.length > 0, 'it has no near miss');
      const unknown = [...shows, ...nearMisses].filter((id) => !findScenario(id));
      assert.deepEqual(unknown, [], `${rule.id} names scenarios that simulator/scenarios does not have`);
    });
  }
});
