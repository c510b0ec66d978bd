import fc from 'fast-check';
import { diffLines } from './lineDiff';

const shown = (before: string, after: string) =>
  diffLines(before, after).map(({ change, text }) => `${{ same: ' ', removed: '-', added: '+' }[change]}${text}`);

it('shows the lines that differ, in order', () =>
  expect(shown('a\nb\nc\nd\n', 'a\nx\nc\nd\ne\n')).toEqual([' a', '-b', '+x', ' c', ' d', '+e']));
it('of nothing and something is all of it', () => expect(shown('', 'a\nb')).toEqual(['+a', '+b']));
it('of two equal texts has no change', () => expect(shown('a\nb', 'a\nb\n')).toEqual([' a', ' b']));

it('leads from one text to the other, with the fewest changes', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before.join('\n'), after.join('\n'));
      const side = (without: string) => lines.filter(({ change }) => change !== without).map((line) => line.text);
      expect(side('added')).toEqual(before);
      expect(side('removed')).toEqual(after);
      expect(lines.filter(({ change }) => change === 'same')).toHaveLength(commonLength(before, after));
    })
  );
});

/** Longest common subsequence by trying everything. */
function commonLength([a, ...from]: string[], to: string[]): number {
  if (a === undefined || to.length === 0) {
    return 0;
  }
  const at = to.indexOf(a);
  return Math.max(commonLength(from, to), at < 0 ? 0 : 1 + commonLength(from, to.slice(at + 1)));
}

it('of two long texts that have nothing in common ends soon', () => {
  const long = (word: string) => Array.from({ length: 5000 }, (_, i) => `${word}${i}`).join('\n');
  expect(diffLines(long('a'), long('b'))).toHaveLength(10_000);
});
