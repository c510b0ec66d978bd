import React from 'react';
import type { Labels, TimeRange } from '@grafana/data';
import type { SceneObject, SceneQueryRunner } from '@grafana/scenes';
import { Stack } from '@grafana/ui';
import { LoadingIndicator } from '../../ui/feedback/LoadingIndicator';
import { getDataSourceName } from '../../panels/page/createPageScene';
import type { TableState } from '../../panels/table/TableState';
import type { CatalogFilter } from './catalog/filter';
import { MetricCatalog } from './catalog/MetricCatalog';
import type { CatalogColumn } from './catalog/rows';
import { MetricsControls } from './controls/MetricsControls';
import { MetricHeader } from './metric/MetricHeader';
import { toSelectionParams, type MetricSelection } from './selection';

interface Props {
  selection: MetricSelection;
  filter: CatalogFilter;
  table: TableState<CatalogColumn>;
  timeRange: TimeRange;
  summary?: SceneQueryRunner;
  detail?: SceneObject;
  getShownLabels: () => Labels[];
  /** Must be stable. */
  onSelect: (change: Partial<MetricSelection>) => void;
  onChangeFilter: (change: Partial<CatalogFilter>) => void;
}

/** Shows the catalog, or the selected metric. */
export function MetricsView({
  selection,
  filter,
  table,
  timeRange,
  summary,
  detail,
  getShownLabels,
  onSelect,
  onChangeFilter,
}: Props) {
  return (
    <Stack direction="column" gap={2} width="100%">
      <MetricsControls selection={selection} timeRange={timeRange} onSelect={onSelect} />
      {selection.metric === '' ? (
        <MetricCatalog
          filter={filter}
          target={selection.target}
          table={table}
          timeRange={timeRange}
          onChangeFilter={onChangeFilter}
          onSelect={onSelect}
        />
      ) : (
        <>
          {summary && (
            <MetricHeader
              selection={selection}
              summary={summary}
              timeRange={timeRange}
              getShownLabels={getShownLabels}
              onShowCatalog={() => onSelect({ metric: '' })}
            />
          )}
          {detail ? (
            // Remount for another selection, so that no data of the previous one stays visible.
            <detail.Component key={JSON.stringify(toSelectionParams(selection))} model={detail} />
          ) : (
            <LoadingIndicator source={getDataSourceName('prometheus')} />
          )}
        </>
      )}
    </Stack>
  );
}
