import React, { useCallback, useState } from 'react';
import { Button, Stack, Text } from '@grafana/ui';
import { fetchDeletedObjects } from '../../../../data/history/deletedObjects';
import { useRequest } from '../../../../data/requests/useRequest';
import { getDataSourceName } from '../../../../panels/page/createPageScene';
import { t } from '../../../../platform/i18n';
import { QueryState } from '../../../../ui/feedback/QueryState';
import { DeletedTable } from './DeletedTable';

interface Props {
  /** Words in the name. */
  text: string;
  /** Empty for all kinds. */
  kind: string;
  /** Empty for all namespaces. */
  namespace: string;
}

/** Searches the journal for deleted resources on demand, because a search reads much. */
export function DeletedResources(props: Props) {
  const [searches, setSearches] = useState<readonly number[]>([]);
  const search = (to: number) => setSearches([...searches, to]);
  if (searches.length === 0) {
    return (
      <div>
        <Button variant="secondary" fill="text" icon="history" onClick={() => search(Date.now())}>
          {t('resources.deleted.search', 'Search deleted resources')}
        </Button>
      </div>
    );
  }
  return (
    <Stack direction="column" gap={1}>
      <Text element="h2" variant="h4">
        {t('resources.deleted.title', 'Deleted resources')}
      </Text>
      {searches.map((to, index) => (
        <DeletedBefore
          key={to}
          {...props}
          to={to}
          onSearchEarlier={index === searches.length - 1 ? search : undefined}
        />
      ))}
    </Stack>
  );
}

interface DeletedBeforeProps extends Props {
  /** Unix time in ms. */
  to: number;
  /** Absent if that has already happened. */
  onSearchEarlier?: (to: number) => void;
}

/** Shows resources that were deleted in the days before a time. */
function DeletedBefore({ text, kind, namespace, to, onSearchEarlier }: DeletedBeforeProps) {
  const request = useRequest(
    useCallback((signal) => fetchDeletedObjects(text, namespace, kind, to, signal), [text, namespace, kind, to])
  );
  const found = request.value;
  return (
    <QueryState request={request} source={getDataSourceName('loki')}>
      {found && (
        <>
          <DeletedTable found={found} to={to} />
          {onSearchEarlier && (
            <div>
              <Button variant="secondary" size="sm" onClick={() => onSearchEarlier(found.from)}>
                {t('resources.deleted.earlier', 'Search earlier')}
              </Button>
            </div>
          )}
        </>
      )}
    </QueryState>
  );
}
