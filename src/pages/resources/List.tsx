import React, { useCallback, useDeferredValue, useMemo } from 'react';
import { t } from '@grafana/i18n';
import { sceneGraph, type SceneComponentProps } from '@grafana/scenes';
import { Stack, Text } from '@grafana/ui';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { QueryState } from '../../ui/feedback/QueryState';
import { allowPartialData } from '../../data/requests/allowPartialData';
import { useLastGoodData } from '../../data/requests/useLastGoodData';
import { getObjectKey, useStoredObjects } from '../../platform/storage/useStoredObjects';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { isEmptySearch, parseSearch } from '../../sedna/search';
import { ListControls } from './ListControls';
import { ListNotices } from './ListNotices';
import type { ListScene } from './ListScene';
import { Personal } from './Personal';
import { ResourceTable } from './ResourceTable';
import { allLateSince, narrow, resourceRows, type ResourceRow } from './rows';

/** Controls, what the person marked, and the table; or why there is none. */
export function List({ model }: SceneComponentProps<ListScene>) {
  const { kind, namespace, text, table } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const answer = useMemo(() => allowPartialData(data, 'objects'), [data]);
  const shown = useLastGoodData(answer, kind);
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

  // Typing comes first: the rows follow when there is time.
  const calmText = useDeferredValue(text);
  const search = useMemo(() => parseSearch(calmText), [calmText]);
  const rows = useMemo(() => narrow(all, { namespace, search, starred }), [all, namespace, search, starred]);
  const missing = shown?.optionalErrors;
  const known = useMemo(() => ({ states: !missing?.states, details: !missing?.details }), [missing]);
  const existing = useMemo(() => new Set(all.map(({ key }) => key)), [all]);
  const namespaces = useMemo(() => [...new Set(all.map((row) => row.namespace))], [all]);

  return (
    <Stack direction="column" gap={2} width="100%">
      <ListControls model={model} kind={kind} namespace={namespace} text={text} namespaces={namespaces} />
      {isEmptySearch(search) && (
        <Personal
          starred={starredList}
          opened={opened}
          exists={shown && kind === '' ? (key) => existing.has(key) : undefined}
        />
      )}
      <QueryState
        data={answer}
        shown={shown}
        source={getDataSourceName('prometheus')}
        isEmpty={rows.length === 0}
        empty={
          all.length === 0 ? (
            <None kind={kind} />
          ) : (
            <EmptyState title={t('resources.no-match.title', 'Nothing matches')}>
              {t(
                'resources.no-match.text',
                'There are {{total}} here: shorten what you typed, or choose all kinds and namespaces.',
                { total: all.length }
              )}
            </EmptyState>
          )
        }
      >
        <ListNotices missing={missing} lateSince={allLateSince(all)} />
        <Text variant="bodySmall" color="secondary">
          <span role="status">
            {t('resources.count', '{{found}} of {{total}}', { found: rows.length, total: all.length })}
          </span>
        </Text>
        <ResourceTable
          key={kind}
          table={table}
          kind={kind}
          rows={rows}
          starred={starred}
          onStar={onStar}
          known={known}
        />
      </QueryState>
    </Stack>
  );
}

function None({ kind }: { kind: string }) {
  return (
    <EmptyState
      title={
        kind === ''
          ? t('resources.none.any-title', 'No Sedna resource here')
          : t('resources.none.title', 'No {{kind}} here', { kind })
      }
    >
      {kind === ''
        ? t(
            'resources.none.any-text',
            'Prometheus has no series of any kind: none exists in the cluster, kube-state-metrics does not run with the custom resource configuration, or Prometheus cannot reach it.'
          )
        : t(
            'resources.none.text',
            'Prometheus has no series of this kind: none exists in the cluster, or kube-state-metrics does not run with the custom resource configuration.'
          )}
    </EmptyState>
  );
}
