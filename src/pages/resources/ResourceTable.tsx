import React, { memo, useMemo } from 'react';
import { PagedTable } from '../../components/PagedTable';
import type { Sort } from '../../components/sorting';
import { columnsOf, type ColumnOptions } from './columns';
import { isSortColumn, type ResourceRow, type SortColumn } from './rows';

export const PAGE_SIZE = 50;

interface Props extends ColumnOptions {
  /** All that were found, sorted. */
  rows: readonly ResourceRow[];
  sort: Sort<SortColumn> | undefined;
  onSort: (sort: Sort<SortColumn> | undefined) => void;
  page: number;
  onPage: (page: number) => void;
}

const keyOf = ({ key }: ResourceRow) => key;

/** Objects, page by page, in the columns that fit their kind. */
export const ResourceTable = memo(function ResourceTable({ kind, starred, onStar, known, ...table }: Props) {
  const columns = useMemo(() => columnsOf({ kind, starred, onStar, known }), [kind, starred, onStar, known]);
  return (
    <div data-testid="resource-table">
      <PagedTable columns={columns} rowId={keyOf} pageSize={PAGE_SIZE} isSortColumn={isSortColumn} {...table} />
    </div>
  );
});
