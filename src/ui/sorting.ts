/** How a table is sorted. */

export interface SortOrder<Column extends string = string> {
  by: Column;
  descending: boolean;
}

const toSortableText = new Intl.Collator(undefined, { numeric: true }).compare;

/** Sorts: numbers by size, text as people read it; rows that have no value come last either way. */
export function sortBy<T>(
  rows: readonly T[],
  valueOf: (row: T) => string | number | undefined,
  descending: boolean
): readonly T[] {
  const sign = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: valueOf(row) }))
    .sort(({ value: a }, { value: b }) => {
      const [noA, noB] = [a === undefined || a === '', b === undefined || b === ''];
      if (noA || noB) {
        return Number(noA) - Number(noB);
      }
      return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : toSortableText(String(a), String(b)));
    })
    .map(({ row }) => row);
}
