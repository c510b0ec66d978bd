import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALERTS } from '../collection/alerts';
import { FOUND_AFTER_THE_END, FOUND_IN_CAST, FOUND_IN_TROUBLES } from './alertsFound';

test('every alert has a fault in the simulation that it must find', () => {
  const found = [...FOUND_IN_CAST, ...FOUND_IN_TROUBLES, ...FOUND_AFTER_THE_END].map(([alert]) => alert);
  assert.deepEqual([...new Set(found)].sort(), ALERTS.map(({ name }) => name).sort());
});
