import React, { useDeferredValue, useMemo } from 'react';
import type { TimeRange } from '@grafana/data';
import { Text } from '@grafana/ui';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { PagedTable } from '../../../panels/table/PagedTable';
import type { TableState } from '../../../panels/table/TableState';
import type { MetricTarget } from '../../../sedna/catalog/metricTarget';
import { formatCount } from '../format';
import { useMetricHelps } from '../useMetricHelp';
import { createCatalogColumns } from './columns';
import type { CatalogFilter } from './filter';
import { filterRows, sortRows, toCatalogRows, type CatalogColumn, type CatalogRow } from './rows';
import { useNewestSamples } from './useNewestSamples';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

const PAGE_SIZE = 25;
const getRowId = ({ name }: CatalogRow) => name;
const keepOrder = (rows: readonly CatalogRow[]) => rows;

export interface CatalogTableProps {
  /** Metrics that have data for the target within the time range. */
  names: readonly string[];
  filter: CatalogFilter;
  target: MetricTarget;
  table: TableState<CatalogColumn>;
  timeRange: TimeRange;
  /** Must be stable: another callback makes new columns. */
  onSelectMetric: (name: string) => void;
}

export function CatalogTable({ names, filter, target, table, timeRange, onSelectMetric }: CatalogTableProps) {
  const { text, category, onlyWithData } = filter;
  const { sort, page } = table.useState();
  const all = useMemo(() => toCatalogRows(names, target), [names, target]);
  const helps = useMetricHelps(useMemo(() => all.some(({ metric }) => metric === undefined), [all]));
  // Filtering thousands of rows at each keystroke would block typing.
  const deferredText = useDeferredValue(text);
  const rows = useMemo(
    () => filterRows(all, { text: deferredText, category, onlyWithData }, helps),
    [all, deferredText, category, onlyWithData, helps]
  );
  // Sorted and paged here and not in the table, because only the rows of the page get a query for their newest sample.
  const sorted = useMemo(() => sortRows(rows, sort), [rows, sort]);
  const pageRows = useMemo(() => {
    const lastPage = Math.max(1, Math.ceil(sorted.length / PAGE_SIZE));
    const start = (Math.min(page, lastPage) - 1) * PAGE_SIZE;
    return sorted.slice(start, start + PAGE_SIZE);
  }, [sorted, page]);
  const newestSamples = useNewestSamples(pageRows, target, timeRange);
  const columns = useMemo(
    () => createCatalogColumns({ helps, newestSamples, onSelectMetric }),
    [helps, newestSamples, onSelectMetric]
  );
  const withDataCount = useMemo(() => rows.filter(({ hasData }) => hasData).length, [rows]);
  return (
    <div data-testid={TEST_IDS.metrics.catalog}>
      <Text variant="bodySmall" color="secondary">
        <span role="status">
          {t('metrics.count', '{{found}} of {{total}} metrics, {{withData}} with data in this time range', {
            count: all.length,
            found: formatCount(rows.length),
            total: formatCount(all.length),
            withData: formatCount(withDataCount),
            defaultValue_one: '{{found}} of {{total}} metric, {{withData}} with data in this time range',
          })}
        </span>
      </Text>
      {rows.length === 0 ? (
        <EmptyState title={t('metrics.no-match.title', 'No metrics found')}>
          {t('metrics.no-match.text', 'Clear filters or show all metrics of the data source')}
        </EmptyState>
      ) : (
        <PagedTable
          table={table}
          columns={columns}
          rows={sorted}
          sortRows={keepOrder}
          rowId={getRowId}
          pageSize={PAGE_SIZE}
        />
      )}
    </div>
  );
}
