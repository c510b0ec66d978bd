import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findStaleFiles } from './generatedFiles';
import { findRecordedRules } from './recordedRules';

test('lists know every rule that Prometheus records for objects', () =>
  assert.deepEqual(findStaleFiles(findRecordedRules()), []));
