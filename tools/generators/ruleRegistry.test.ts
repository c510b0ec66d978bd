import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RULE_FILES } from '../../src/sedna/diagnosis/rules/files';
import { findStaleFiles } from './generatedFiles';
import { findRegistries, findRules } from './ruleRegistry';

test('the registries contain every rule and every scenario that has a file', () =>
  assert.deepEqual(findStaleFiles(findRegistries()), []));

test('every rule has the id that its file is named after', () =>
  assert.deepEqual(
    findRules().map(({ id }) => id),
    RULE_FILES.map(({ rule }) => rule.id)
  ));
