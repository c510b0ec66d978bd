import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALERTS } from '../../collection/alerts';
import { EXPECTED_AFTER_THE_END, EXPECTED_IN_SCENARIOS, EXPECTED_IN_FAULTS } from './expectedAlerts';

test('every alert has a fault in the simulation that it must find', () => {
  const found = [...EXPECTED_IN_SCENARIOS, ...EXPECTED_IN_FAULTS, ...EXPECTED_AFTER_THE_END].map(([alert]) => alert);
  assert.deepEqual([...new Set(found)].sort(), ALERTS.map(({ name }) => name).sort());
});
