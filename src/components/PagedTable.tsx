import React, { useMemo } from 'react';
import { InteractiveTable, Pagination, type Column } from '@grafana/ui';
import type { Sort } from './sorting';

interface Props<Row extends object, By extends string> {
  columns: Array<Column<Row>>;
  /** All that were found, sorted. */
  rows: readonly Row[];
  rowId: (row: Row) => string;
  pageSize: number;
  /** Read when the table is made: give it another key when the sort comes from elsewhere than its headers. */
  sort: Sort<By> | undefined;
  isSortColumn: (name: string) => name is By;
  onSort: (sort: Sort<By> | undefined) => void;
  /** From 1; one that is too high is the last. */
  page: number;
  onPage: (page: number) => void;
}

interface SortBy {
  sortBy: Array<{ id: string; desc?: boolean }>;
}

/**
 * Rows, page by page. Sorted and cut by whoever has them and not by the table: it would make an object of its own for
 * each of 10,000 rows, of which 50 are seen, and keep sort and page out of the URL.
 */
export function PagedTable<Row extends object, By extends string>({
  columns,
  rows,
  rowId,
  pageSize,
  sort,
  isSortColumn,
  onSort,
  page,
  onPage,
}: Props<Row, By>) {
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const shownPage = Math.min(page, pages);
  const shown = useMemo(
    () => rows.slice((shownPage - 1) * pageSize, shownPage * pageSize),
    [rows, shownPage, pageSize]
  );
  const initialSortBy = useMemo(() => (sort ? [{ id: sort.by, desc: sort.descending }] : []), [sort]);
  const fetchData = useMemo(
    () =>
      ({ sortBy: [first] }: SortBy) =>
        onSort(first && isSortColumn(first.id) ? { by: first.id, descending: first.desc === true } : undefined),
    [onSort, isSortColumn]
  );
  return (
    <>
      <InteractiveTable
        columns={columns}
        data={shown}
        getRowId={rowId}
        fetchData={fetchData}
        initialSortBy={initialSortBy}
      />
      <Pagination currentPage={shownPage} numberOfPages={pages} onNavigate={onPage} hideWhenSinglePage />
    </>
  );
}
