import React from 'react';
import { t } from '@grafana/i18n';
import { LinkButton } from '@grafana/ui';
import { buildPageUrl } from '../../../platform/links/links';
import { isAdministrator } from '../../../platform/currentUser';
import { ConnectionSteps } from '../../../ui/ConnectionSteps';
import { EmptyState } from '../../../ui/feedback/EmptyState';

/** There is no connection: what it would be good for, and how to make it. */
export function NotConnected() {
  return (
    <div>
      <EmptyState
        variant="call-to-action"
        title={t('object.not-connected.title', 'Not connected to the Kubernetes API')}
        button={
          isAdministrator() ? (
            <LinkButton href={buildPageUrl('configuration')} icon="cog">
              {t('object.not-connected.configure', 'Configuration')}
            </LinkButton>
          ) : undefined
        }
      >
        {t(
          'object.not-connected.text',
          'With this optional connection, the object is shown here as it is now and can be deleted, restarted, changed and created. Everything else in this app works without it. An administrator can make it:'
        )}
      </EmptyState>
      <ConnectionSteps />
    </div>
  );
}

/** There is one, but not for this person. */
export function NotAllowed() {
  return (
    <EmptyState title={t('object.not-allowed.title', 'You may not read live objects')}>
      {t(
        'object.not-allowed.text',
        'They can carry credentials, so only administrators read them by default. An administrator of Grafana can grant you the permission kubeedge-sedna-app.resources:read.'
      )}
    </EmptyState>
  );
}
