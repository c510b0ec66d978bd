import React, { lazy, Suspense, useCallback, useDeferredValue, useMemo } from 'react';
import type { PanelData } from '@grafana/data';
import { Stack, Text } from '@grafana/ui';
import { QueryState } from '../../../ui/feedback/QueryState';
import { chooseDataSource } from '../../../platform/dataSources';
import { getCurrentSettings } from '../../../platform/settings/currentSettings';
import { useStoredObjects } from '../../../platform/storage/useStoredObjects';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import type { TableState } from '../../../panels/table/TableState';
import { isEmptySearch, parseSearch } from '../../../sedna/search';
import { EmptyResourceList, NoResourcesMatch } from './EmptyResourceList';
import { QuickLinks } from './QuickLinks';
import { ResourceFilters, type ResourceFiltersProps } from './ResourceFilters';
import { ResourceListAlerts } from './ResourceListAlerts';
import { ResourceTable } from './ResourceTable';
import { allStaleSince, filterRows, resourceRows, type ResourceRow, type SortColumn } from './rows';
import { getObjectKey } from '../../../sedna/objectRef';
import { t } from '../../../platform/i18n';

// Loaded once somebody searches.
const DeletedResources = lazy(async () => ({
  default: (await import('./deleted/DeletedResources')).DeletedResources,
}));

const hasLoki = () => chooseDataSource('loki', getCurrentSettings()).state === 'chosen';

interface Props extends Omit<ResourceFiltersProps, 'namespaces'> {
  data: PanelData | undefined;
  table: TableState<SortColumn>;
}

/** Shows filters, links to starred and recent objects, and the table of resources. */
export function ResourceList({ data, table, ...filters }: Props) {
  const { kind, namespace, text } = filters;
  const request = useQueryRequest(data, { essential: 'objects', subject: kind });
  const shown = request.value;
  const all = useMemo(() => resourceRows(shown), [shown]);

  const [starredList, changeStarred] = useStoredObjects('starred');
  const [opened] = useStoredObjects('opened');
  const starred = useMemo(() => new Set(starredList.map(getObjectKey)), [starredList]);
  const onStar = useCallback(
    ({ key, kind, namespace, name }: ResourceRow) =>
      changeStarred((list) =>
        list.some((each) => getObjectKey(each) === key)
          ? list.filter((each) => getObjectKey(each) !== key)
          : [{ kind, namespace, name }, ...list]
      ),
    [changeStarred]
  );

  // Filtering 10,000 rows on every key would delay the text in the field.
  const deferredText = useDeferredValue(text);
  const search = useMemo(() => parseSearch(deferredText), [deferredText]);
  const rows = useMemo(() => filterRows(all, { namespace, search, starred }), [all, namespace, search, starred]);
  const errors = shown?.optionalErrors;
  const loaded = useMemo(() => ({ states: !errors?.states, details: !errors?.details }), [errors]);
  const existing = useMemo(() => new Set(all.map(({ key }) => key)), [all]);
  const namespaces = useMemo(() => [...new Set(all.map((row) => row.namespace))], [all]);

  return (
    <Stack direction="column" gap={2} width="100%">
      <ResourceFilters {...filters} namespaces={namespaces} />
      {isEmptySearch(search) && (
        <QuickLinks
          starred={starredList}
          opened={opened}
          exists={shown && kind === '' ? (key) => existing.has(key) : undefined}
        />
      )}
      <QueryState
        request={request}
        source={getDataSourceName('prometheus')}
        isEmpty={rows.length === 0}
        empty={all.length === 0 ? <EmptyResourceList kind={kind} /> : <NoResourcesMatch total={all.length} />}
      >
        <ResourceListAlerts errors={errors} staleSince={allStaleSince(all)} />
        <Text variant="bodySmall" color="secondary">
          <span role="status">
            {t('resources.count', '{{found}} of {{total}} resources', {
              found: rows.length,
              total: all.length,
              count: all.length,
              defaultValue_one: '{{found}} of {{total}} resource',
              defaultValue_other: '{{found}} of {{total}} resources',
            })}
          </span>
        </Text>
        <ResourceTable
          key={kind}
          table={table}
          kind={kind}
          rows={rows}
          starred={starred}
          onStar={onStar}
          loaded={loaded}
        />
      </QueryState>
      {search.texts.length > 0 && hasLoki() && (
        <Suspense fallback={null}>
          <DeletedResources
            key={`${kind} ${namespace} ${deferredText}`}
            text={search.texts.join(' ')}
            kind={kind}
            namespace={namespace}
          />
        </Suspense>
      )}
    </Stack>
  );
}
