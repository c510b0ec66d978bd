/** Line diff of two texts. */

export interface DiffLine {
  change: 'same' | 'removed' | 'added';
  text: string;
}

/** Maximum number of line pairs to compare. Above it, everything between the common start and end counts as replaced. */
const MAX_PAIRS = 4_000_000;

const lines = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
const toDiffLines = (change: DiffLine['change'], texts: readonly string[]): DiffLine[] =>
  texts.map((text) => ({ change, text }));

/** Returns the smallest diff of two texts, in order. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [from, to] = [lines(before), lines(after)];
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) {
    start++;
  }
  let end = 0;
  while (
    end < from.length - start &&
    end < to.length - start &&
    from[from.length - 1 - end] === to[to.length - 1 - end]
  ) {
    end++;
  }
  return [
    ...toDiffLines('same', from.slice(0, start)),
    ...diffMiddle(from.slice(start, from.length - end), to.slice(start, to.length - end)),
    ...toDiffLines('same', from.slice(from.length - end)),
  ];
}

function diffMiddle(from: readonly string[], to: readonly string[]): DiffLine[] {
  if (from.length * to.length > MAX_PAIRS) {
    return [...toDiffLines('removed', from), ...toDiffLines('added', to)];
  }
  const common = computeCommonLengths(from, to);
  const result: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      result.push({ change: 'same', text: from[i] });
      i++;
      j++;
    } else if (j >= to.length || (i < from.length && common(i + 1, j) >= common(i, j + 1))) {
      result.push({ change: 'removed', text: from[i++] });
    } else {
      result.push({ change: 'added', text: to[j++] });
    }
  }
  return result;
}

/** Returns a function for the length of the longest common subsequence of `from` after i and `to` after j. */
function computeCommonLengths(from: readonly string[], to: readonly string[]): (i: number, j: number) => number {
  const width = to.length + 1;
  const table = new Uint32Array((from.length + 1) * width);
  for (let i = from.length - 1; i >= 0; i--) {
    for (let j = to.length - 1; j >= 0; j--) {
      table[i * width + j] =
        from[i] === to[j]
          ? table[(i + 1) * width + j + 1] + 1
          : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
    }
  }
  return (i, j) => table[i * width + j];
}
