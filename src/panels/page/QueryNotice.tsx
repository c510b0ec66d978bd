import React from 'react';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import type { DataSourceRole } from '../../platform/dataSources';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { QueryState } from '../../ui/feedback/QueryState';
import { useQueryRequest } from '../../data/requests/useQueryRequest';
import { getDataSourceName } from './createPageScene';
import { t } from '../../platform/i18n';

interface QueryNoticeState extends SceneObjectState {
  role: DataSourceRole;
}

/** Shows errors and empty results of the queries as text; a panel has only an icon for them. */
export class QueryNotice extends SceneObjectBase<QueryNoticeState> {
  static Component = Notice;
}

function Notice({ model }: SceneComponentProps<QueryNotice>) {
  const { role } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const request = useQueryRequest(data);
  const shown = request.value;
  const found = (shown?.series ?? []).some(({ length }) => length > 0);
  return (
    <QueryState
      request={request}
      source={getDataSourceName(role)}
      isEmpty={!found}
      empty={
        <EmptyState title={t('query-notice.nothing.title', 'No results found')}>
          {t('query-notice.nothing.text', 'Select a longer time range or remove filters')}
        </EmptyState>
      }
    >
      {null}
    </QueryState>
  );
}
