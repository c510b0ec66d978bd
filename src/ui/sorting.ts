export interface SortOrder<Column extends string = string> {
  by: Column;
  descending: boolean;
}

const compareText = new Intl.Collator(undefined, { numeric: true }).compare;

/** Sorts numbers by size and text in natural order (`a2` before `a10`). Rows without a value come last in any order. */
export function sortBy<T>(
  rows: readonly T[],
  getValue: (row: T) => string | number | undefined,
  descending: boolean
): readonly T[] {
  const sign = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: getValue(row) }))
    .sort(({ value: a }, { value: b }) => {
      const [noA, noB] = [a === undefined || a === '', b === undefined || b === ''];
      if (noA || noB) {
        return Number(noA) - Number(noB);
      }
      return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b)));
    })
    .map(({ row }) => row);
}
