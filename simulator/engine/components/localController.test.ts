import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInWindow } from './localController';

const at = (clock: string) => Date.parse(`2026-11-24T${clock}:00Z`);

test('isInWindow includes the start and the end of a window', () => {
  assert.equal(isInWindow(at('01:59'), '02:00', '24:00'), false);
  assert.equal(isInWindow(at('02:00'), '02:00', '24:00'), true);
  assert.equal(isInWindow(at('23:59'), '02:00', '24:00'), true);
});

test('isInWindow wraps around midnight if the start is after the end', () => {
  assert.equal(isInWindow(at('23:30'), '22:00', '04:00'), true);
  assert.equal(isInWindow(at('03:30'), '22:00', '04:00'), true);
  assert.equal(isInWindow(at('12:00'), '22:00', '04:00'), false);
});
