import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findReplacedNames } from './declarations';

describe('findReplacedNames', () => {
  it('refuses a replaced name of a variable, function, type, parameter, or member, with its line and the new name', () => {
    const text = [
      'export const yieldsTo = [];',
      'function troubleOf(tolerate: boolean) {}',
      'interface Deed { told: string }',
      'class Untold { isAt() {} }',
      'const { endangered } = model;',
    ].join('\n');
    assert.deepEqual(findReplacedNames('a.ts', text), [
      'a.ts:1: the name "yieldsTo" was replaced by "suppressedBy"',
      'a.ts:2: the name "troubleOf" was replaced by "classifyQueryError"',
      'a.ts:2: the name "tolerate" was replaced by "allowPartialData"',
      'a.ts:3: the name "Deed" was replaced by "ObjectAction"',
      'a.ts:3: the name "told" was replaced by "value"',
      'a.ts:4: the name "Untold" was replaced by "InconclusiveReason"',
      'a.ts:4: the name "isAt" was replaced by "hasCondition"',
      'a.ts:5: the name "endangered" was replaced by "atRisk"',
    ]);
  });

  it('refuses ordinary words only at the top of a file', () => {
    assert.deepEqual(findReplacedNames('a.ts', 'const here = 1;\nfunction f() { const part = here; return part; }'), [
      'a.ts:1: the name "here" was replaced by "buildCurrentUrl"',
    ]);
  });

  it('accepts uses of names that a library declares', () => {
    assert.deepEqual(findReplacedNames('a.ts', "describe('unit', () => it('works', () => library.tolerate()));"), []);
  });
});
