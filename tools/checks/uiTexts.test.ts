import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findReplacedTexts } from './uiTexts';

describe('findReplacedTexts', () => {
  it('refuses a replaced phrase in any case and at any depth, with its key and what to write', () => {
    assert.deepEqual(
      findReplacedTexts('en.json', {
        overview: { title: '3 of 5 need you', empty: { text: 'Please wait' } },
        logs: 'Invalid expression',
      }),
      [
        'en.json: overview.title: "need you" was replaced by: needs attention',
        'en.json: overview.empty.text: "Please" was replaced by: nothing: give the step',
        'en.json: logs: "Invalid" was replaced by: not valid',
      ]
    );
  });

  it('accepts words that only contain a replaced one', () => {
    assert.deepEqual(findReplacedTexts('en.json', { a: 'Pleased', b: 'You need your own token' }), []);
  });
});
