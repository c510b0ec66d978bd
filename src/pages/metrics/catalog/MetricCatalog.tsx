import React, { useCallback } from 'react';
import type { TimeRange } from '@grafana/data';
import { Stack } from '@grafana/ui';
import { QueryErrorAlert } from '../../../ui/feedback/QueryErrorAlert';
import { useRequest } from '../../../data/requests/useRequest';
import { LoadingIndicator } from '../../../ui/feedback/LoadingIndicator';
import { buildMetricNamesQuery } from '../../../query/metrics';
import { fetchLabelValues } from '../../../data/labelValues';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { BookmarkList } from '../bookmarks/BookmarkList';
import type { MetricSelection } from '../selection';
import { CatalogControls } from './CatalogControls';
import { CatalogTable, type CatalogTableProps } from './CatalogTable';
import type { CatalogFilter } from './filter';

interface Props extends Omit<CatalogTableProps, 'names' | 'onSelectMetric'> {
  timeRange: TimeRange;
  onChangeFilter: (change: Partial<CatalogFilter>) => void;
  /** Must be stable. */
  onSelect: (change: Partial<MetricSelection>) => void;
}

/** Lists the metrics of the catalog and those that the data source has. */
export function MetricCatalog({ filter, target, table, timeRange, onChangeFilter, onSelect }: Props) {
  const { includeForeign } = filter;
  const response = useRequest(
    useCallback(
      (signal) => fetchLabelValues('prometheus', buildMetricNamesQuery(target, includeForeign), timeRange, signal),
      [target, includeForeign, timeRange]
    )
  );
  const selectMetric = useCallback((metric: string) => onSelect({ metric }), [onSelect]);
  const source = getDataSourceName('prometheus');
  return (
    <Stack direction="column" gap={2}>
      <CatalogControls filter={filter} onChange={onChangeFilter} />
      <BookmarkList onSelect={onSelect} />
      {response.state === 'failed' && <QueryErrorAlert error={response.error} source={source} />}
      {response.state === 'loading' && <LoadingIndicator source={source} />}
      {response.state === 'done' && (
        <CatalogTable
          names={response.value}
          filter={filter}
          target={target}
          table={table}
          timeRange={timeRange}
          onSelectMetric={selectMetric}
        />
      )}
    </Stack>
  );
}
