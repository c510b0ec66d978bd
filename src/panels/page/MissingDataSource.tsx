import React from 'react';
import { SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { AppLinkButton } from '../../ui/links/AppLinkButton';
import { isAdministrator } from '../../platform/currentUser';
import type { DataSourceChoice, DataSourceRole } from '../../platform/dataSources';
import { buildPageUrl } from '../../platform/links/links';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { t } from '../../platform/i18n';

interface MissingDataSourceState extends SceneObjectState {
  role: DataSourceRole;
  choice: DataSourceChoice;
}

/** Replaces a page whose data source is missing. */
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
          ? t('missing-data-source.lost.title', '{{name}} data source not found', { name })
          : t('missing-data-source.none.title', 'No {{name}} data source found', { name })
      }
      button={
        isAdministrator() && (
          <AppLinkButton href={lost ? buildPageUrl('configuration') : '/connections/datasources/new'} icon="cog">
            {lost
              ? t('missing-data-source.lost.button', 'Select another')
              : t('missing-data-source.none.button', 'Add data source')}
          </AppLinkButton>
        )
      }
    >
      {lost
        ? t(
            'missing-data-source.lost.text',
            "The configured data source was deleted, or you don't have permission to query it. Select another one in the configuration, or ask an administrator."
          )
        : t(
            'missing-data-source.none.text',
            'This page shows data from {{name}}. Add a {{name}} data source, or ask an administrator for permission to query one. The app then selects it automatically.',
            { name }
          )}
    </EmptyState>
  );
}
