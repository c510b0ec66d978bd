import React, { lazy, Suspense } from 'react';
import type { SceneObject } from '@grafana/scenes';
import { Stack } from '@grafana/ui';
import { LoadingIndicator } from '../../ui/feedback/LoadingIndicator';
import type { LogEntry } from '../../data/logs/logEntries';
import { getDataSourceName } from '../../panels/page/createPageScene';
import type { TableState } from '../../panels/table/TableState';
import { LogsControls, type LogsControlsProps } from './controls/LogsControls';
import { NamespacePicker } from './controls/NamespacePicker';
import type { SearchBlocker } from './preflight/preflight';
import { isSearchable } from './selection';
import { Toolbar, type ToolbarProps } from './toolbar/Toolbar';

// Not needed by a search that only shows lines.
const ContextDrawer = lazy(async () => ({ default: (await import('./context/ContextDrawer')).ContextDrawer }));
const SearchBlockerAlert = lazy(async () => ({
  default: (await import('./preflight/SearchBlockerAlert')).SearchBlockerAlert,
}));
const AlternativeView = lazy(async () => ({ default: (await import('./AlternativeView')).AlternativeView }));

interface Props extends LogsControlsProps, Omit<ToolbarProps, 'isLive'> {
  table: TableState<string>;
  blocker?: SearchBlocker | { kind: 'checking' };
  results?: SceneObject;
  live?: SceneObject;
  contextLine?: LogEntry;
  onSearchAnyway: () => void;
  onShowContext: (line: LogEntry) => void;
  onCloseContext: () => void;
}

export function LogsSceneView({ table, blocker, results, live, contextLine, ...props }: Props) {
  const { selection, timeRange, onSelect, onSetTimeRange, onSearchAnyway, onShowContext, onCloseContext } = props;
  const { view } = selection;
  const canSearch = isSearchable(selection);
  const isSearching = canSearch && blocker === undefined;
  const lines = live ?? results;
  return (
    <Stack direction="column" gap={2} width="100%">
      <LogsControls {...props} />
      {blocker?.kind === 'checking' && <LoadingIndicator source={getDataSourceName('loki')} />}
      {blocker && blocker.kind !== 'checking' && (
        <Suspense fallback={null}>
          <SearchBlockerAlert {...{ blocker, selection, onSelect, onSearchAnyway }} />
        </Suspense>
      )}
      {!canSearch && (
        <NamespacePicker range={timeRange.value} onSelectNamespace={(namespace) => onSelect({ namespace })} />
      )}
      {isSearching && <Toolbar {...props} isLive={live !== undefined} />}
      {isSearching && view !== 'lines' && (
        <Suspense fallback={<LoadingIndicator source={getDataSourceName('loki')} />}>
          <AlternativeView {...{ view, selection, timeRange, table, onSelect, onSetTimeRange, onShowContext }} />
        </Suspense>
      )}
      {isSearching && view === 'lines' && results && lines && <lines.Component model={lines} />}
      {contextLine && (
        <Suspense fallback={null}>
          <ContextDrawer line={contextLine} timeZone={timeRange.timeZone} onClose={onCloseContext} />
        </Suspense>
      )}
    </Stack>
  );
}
