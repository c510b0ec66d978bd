import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseMoment } from './frozenDemo';

const FROM = Date.parse('2026-01-02T03:04:05Z');
const recording = { from: FROM, to: FROM + 60_000 };

describe('parseMoment', () => {
  test('takes the end, and any time within the recording', () => {
    assert.equal(parseMoment('end', recording), recording.to);
    assert.equal(parseMoment('2026-01-02T04:04:35+01:00', recording), FROM + 30_000);
  });

  for (const text of ['2026-01-02T03:04:04Z', '2026-01-02T03:05:06Z', 'yesterday', '']) {
    test(`names the span instead of "${text}"`, () =>
      assert.throws(() => parseMoment(text, recording), {
        message: `AT must be "end", or a time from 2026-01-02T03:04:05.000Z to 2026-01-02T03:05:05.000Z, not "${text}".`,
      }));
  }
});
