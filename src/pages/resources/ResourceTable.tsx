import React, { memo, useMemo } from 'react';
import { PagedTable } from '../../panels/table/PagedTable';
import type { TableState } from '../../panels/table/TableState';
import { columnsOf, type ColumnOptions } from './columns';
import { sortRows, type ResourceRow, type SortColumn } from './rows';

export const PAGE_SIZE = 50;

interface Props extends ColumnOptions {
  table: TableState<SortColumn>;
  /** All that were found. */
  rows: readonly ResourceRow[];
}

const keyOf = ({ key }: ResourceRow) => key;

/** Objects, page by page, in the columns that fit their kind. */
export const ResourceTable = memo(function ResourceTable({ kind, starred, onStar, known, table, rows }: Props) {
  const columns = useMemo(() => columnsOf({ kind, starred, onStar, known }), [kind, starred, onStar, known]);
  return (
    <div data-testid="resource-table">
      <PagedTable {...{ table, columns, rows, sortRows }} rowId={keyOf} pageSize={PAGE_SIZE} />
    </div>
  );
});
