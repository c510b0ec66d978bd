import React, { useMemo } from 'react';
import { InteractiveTable, Pagination, type Column } from '@grafana/ui';
import type { SortOrder } from '../../ui/sorting';
import type { TableState } from './TableState';

interface Props<Row extends object, By extends string> {
  table: TableState<By>;
  columns: Array<Column<Row>>;
  /** Rows of all pages. */
  rows: readonly Row[];
  sortRows: (rows: readonly Row[], sort: SortOrder<By> | undefined) => readonly Row[];
  rowId: (row: Row) => string;
  pageSize: number;
}

interface SortBy {
  sortBy: Array<{ id: string; desc?: boolean }>;
}

/**
 * Table with pages. Sorts and slices the rows itself: Grafana's table would create an object for each of 10,000 rows, of
 * which 50 are visible, and keep sort order and page out of the URL.
 */
export function PagedTable<Row extends object, By extends string>({
  table,
  columns,
  rows,
  sortRows,
  rowId,
  pageSize,
}: Props<Row, By>) {
  const { sort, page, externalSortCount } = table.useState();
  const sorted = useMemo(() => sortRows(rows, sort), [sortRows, rows, sort]);
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const shownPage = Math.min(page, pages);
  const shown = useMemo(
    () => sorted.slice((shownPage - 1) * pageSize, shownPage * pageSize),
    [sorted, shownPage, pageSize]
  );
  const initialSortBy = useMemo(() => (sort ? [{ id: sort.by, desc: sort.descending }] : []), [sort]);
  const fetchData = useMemo(
    () =>
      ({ sortBy: [first] }: SortBy) =>
        table.sortBy(first && table.isColumn(first.id) ? { by: first.id, descending: first.desc === true } : undefined),
    [table]
  );
  return (
    <>
      <InteractiveTable
        key={externalSortCount}
        columns={columns}
        data={shown}
        getRowId={rowId}
        fetchData={fetchData}
        initialSortBy={initialSortBy}
      />
      <Pagination currentPage={shownPage} numberOfPages={pages} onNavigate={table.turnTo} hideWhenSinglePage />
    </>
  );
}
