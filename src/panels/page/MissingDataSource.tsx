import React from 'react';
import { SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { LinkButton } from '@grafana/ui';
import { t } from '@grafana/i18n';
import { isAdministrator } from '../../platform/currentUser';
import type { DataSourceChoice, DataSourceRole } from '../../platform/dataSources';
import { buildPageUrl } from '../../platform/links/links';
import { EmptyState } from '../../ui/feedback/EmptyState';

interface MissingDataSourceState extends SceneObjectState {
  role: DataSourceRole;
  choice: DataSourceChoice;
}

/** Stands in for a page whose data source is not there. */
export class MissingDataSource extends SceneObjectBase<MissingDataSourceState> {
  static Component = Missing;
}

function Missing({ model }: SceneComponentProps<MissingDataSource>) {
  const { role, choice } = model.useState();
  const name = role === 'prometheus' ? 'Prometheus' : 'Loki';
  const lost = choice.state === 'lost';
  return (
    <EmptyState
      variant="call-to-action"
      title={
        lost
          ? t('missing-data-source.lost.title', 'The {{name}} data source of this app is gone', { name })
          : t('missing-data-source.none.title', 'No {{name}} data source for you', { name })
      }
      button={
        isAdministrator() && (
          <LinkButton href={lost ? buildPageUrl('configuration') : '/connections/datasources/new'} icon="cog">
            {lost
              ? t('missing-data-source.lost.button', 'Choose another')
              : t('missing-data-source.none.button', 'Add a data source')}
          </LinkButton>
        )
      }
    >
      {lost
        ? t(
            'missing-data-source.lost.text',
            'It was deleted, or you may not query it. Choose another one in the configuration, or ask an administrator.'
          )
        : t(
            'missing-data-source.none.text',
            'This page shows what {{name}} has. There is none, or you may not query any. Once one is added that you may query, the app takes it by itself.',
            { name }
          )}
    </EmptyState>
  );
}
