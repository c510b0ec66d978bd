import { buildLineFilter } from './logKeywords';
import { buildPatternRegex } from './logPatterns';

/** RE2's flags within a group are those of JavaScript; `^` and `$` are the ends of the entry in both. */
const fits = (pattern: string, entry: string) =>
  new RegExp(buildPatternRegex(pattern).replace('(?s-i:', '(?:'), 's').test(entry);

it.each([
  ['MTL Train start <_> : <_>', 'MTL Train start 0 : Autumn_1.0', true],
  ['MTL Train start <_> : <_>', 'MTL Train start  : ', false],
  ['MTL Train start <_> : <_>', 'mtl train start 0 : Autumn_1.0', false],
  ['MTL Train start <_> : <_>', 'x MTL Train start 0 : Autumn_1.0', false],
  ['a.b (<_>) [c] $x', 'a.b (1) [c] $x', true],
  ['a.b (<_>) [c] $x', 'aXb (1) [c] $x', false],
  ['Traceback:\n  File <_>\nKeyError: <_>', 'Traceback:\n  File "a.py"\nKeyError: 34', true],
  ['Traceback: <_>', 'Traceback: a\nb', true],
])('%j: %j', (pattern, entry, expected) => expect(fits(pattern, entry)).toBe(expected));

it('stays one text within the query', () =>
  expect(buildLineFilter({ text: buildPatternRegex('say "<_>" \\ $x'), isPattern: true })).toBe(
    ' |~ "(?i)(?s-i:^say \\".+\\" \\\\\\\\ \\\\\\u0024x\\u0024)"'
  ));
