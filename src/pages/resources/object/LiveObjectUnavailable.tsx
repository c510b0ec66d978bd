import React from 'react';
import { AppLinkButton } from '../../../ui/links/AppLinkButton';
import { buildPageUrl } from '../../../platform/links/links';
import { isAdministrator } from '../../../platform/currentUser';
import { ConnectionSteps } from '../../../ui/ConnectionSteps';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { t } from '../../../platform/i18n';

/** Explains how to connect the Kubernetes API, or which permission the current user needs. */
export function LiveObjectUnavailable({ reason }: { reason: 'not-connected' | 'not-allowed' }) {
  return reason === 'not-connected' ? (
    <div>
      <EmptyState
        variant="call-to-action"
        title={t('object.not-connected.title', 'Not connected to the Kubernetes API')}
        button={
          isAdministrator() ? (
            <AppLinkButton href={buildPageUrl('configuration')} icon="cog">
              {t('object.not-connected.configure', 'Open configuration')}
            </AppLinkButton>
          ) : undefined
        }
      >
        {t(
          'object.not-connected.text',
          'With this optional connection, you can view live objects here, and delete, restart, change, and create them. Everything else in the app works without it. An administrator can set it up:'
        )}
      </EmptyState>
      <ConnectionSteps />
    </div>
  ) : (
    <EmptyState title={t('object.not-allowed.title', "You don't have permission to view live objects")}>
      {t(
        'object.not-allowed.text',
        'Objects can contain credentials, so only administrators can view them by default. Ask a Grafana administrator for the permission kubeedge-sedna-app.resources:read.'
      )}
    </EmptyState>
  );
}
