import React, { memo, useMemo } from 'react';
import { InteractiveTable, Pagination } from '@grafana/ui';
import { columnsOf, type ColumnOptions } from './columns';
import { isSortColumn, type ResourceRow, type Sort } from './rows';

export const PAGE_SIZE = 50;

interface Props extends ColumnOptions {
  /** All that were found, sorted. */
  rows: readonly ResourceRow[];
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
  /** From 1; one that is too high is the last. */
  page: number;
  onPage: (page: number) => void;
}

interface SortBy {
  sortBy: Array<{ id: string; desc?: boolean }>;
}

/**
 * Objects, page by page. Sorted and cut here and not by the table: it would make an object of its own for each of the
 * 10,000 rows, of which 50 are seen.
 */
export const ResourceTable = memo(function ResourceTable({
  kind,
  starred,
  onStar,
  known,
  rows,
  sort,
  onSort,
  page,
  onPage,
}: Props) {
  const columns = useMemo(() => columnsOf({ kind, starred, onStar, known }), [kind, starred, onStar, known]);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_SIZE));
  const shownPage = Math.min(page, pages);
  const shown = useMemo(() => rows.slice((shownPage - 1) * PAGE_SIZE, shownPage * PAGE_SIZE), [rows, shownPage]);
  const initialSortBy = useMemo(() => (sort ? [{ id: sort.by, desc: sort.descending }] : []), [sort]);
  const fetchData = useMemo(
    () =>
      ({ sortBy: [first] }: SortBy) =>
        onSort(first && isSortColumn(first.id) ? { by: first.id, descending: first.desc === true } : undefined),
    [onSort]
  );
  return (
    <div data-testid="resource-table">
      <InteractiveTable
        columns={columns}
        data={shown}
        getRowId={({ key }) => key}
        fetchData={fetchData}
        initialSortBy={initialSortBy}
      />
      <Pagination currentPage={shownPage} numberOfPages={pages} onNavigate={onPage} hideWhenSinglePage />
    </div>
  );
});
