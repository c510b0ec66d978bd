import React, { memo, useMemo } from 'react';
import { PagedTable } from '../../../panels/table/PagedTable';
import type { TableState } from '../../../panels/table/TableState';
import { buildResourceColumns, type ResourceColumnOptions } from './columns';
import { sortRows, type ResourceRow, type SortColumn } from './rows';
import { TEST_IDS } from '../../../ui/testIds';

const PAGE_SIZE = 50;

interface Props extends ResourceColumnOptions {
  table: TableState<SortColumn>;
  rows: readonly ResourceRow[];
}

const getRowId = ({ key }: ResourceRow) => key;

/** Shows objects page by page, with the columns of their kind. */
export const ResourceTable = memo(function ResourceTable({ kind, starred, onStar, loaded, table, rows }: Props) {
  const columns = useMemo(
    () => buildResourceColumns({ kind, starred, onStar, loaded }),
    [kind, starred, onStar, loaded]
  );
  return (
    <div data-testid={TEST_IDS.resourceList.table}>
      <PagedTable {...{ table, columns, rows, sortRows }} rowId={getRowId} pageSize={PAGE_SIZE} />
    </div>
  );
});
