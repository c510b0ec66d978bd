/** Which lines differ between two texts. */

export interface DiffLine {
  change: 'same' | 'removed' | 'added';
  text: string;
}

/** Beyond this many pairs of lines, what lies between the common beginning and end counts as replaced. */
const MAX_PAIRS = 4_000_000;

const lines = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
const marked = (change: DiffLine['change'], texts: readonly string[]): DiffLine[] =>
  texts.map((text) => ({ change, text }));

/** The fewest removed and added lines that lead from one text to the other, in order. */
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
    ...marked('same', from.slice(0, start)),
    ...diffMiddle(from.slice(start, from.length - end), to.slice(start, to.length - end)),
    ...marked('same', from.slice(from.length - end)),
  ];
}

function diffMiddle(from: readonly string[], to: readonly string[]): DiffLine[] {
  if (from.length * to.length > MAX_PAIRS) {
    return [...marked('removed', from), ...marked('added', to)];
  }
  const common = longestCommon(from, to);
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

/** Length of the longest common subsequence of `from` from i on and `to` from j on. */
function longestCommon(from: readonly string[], to: readonly string[]): (i: number, j: number) => number {
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
