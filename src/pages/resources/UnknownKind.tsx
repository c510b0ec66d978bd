import React from 'react';
import { AppLinkButton } from '../../ui/links/AppLinkButton';
import { buildResourcesUrl } from '../../platform/links/links';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { t } from '../../platform/i18n';

export function UnknownKind({ kindName }: { kindName: string }) {
  return (
    <EmptyState
      title={t('resource.unknown-kind.title', 'Sedna has no kind named {{kindName}}', {
        kindName,
      })}
      button={
        <AppLinkButton href={buildResourcesUrl()}>
          {t('resource.unknown-kind.button', 'View all resources')}
        </AppLinkButton>
      }
    >
      {t('resource.unknown-kind.text', 'Check that the URL spells the kind as Kubernetes does')}
    </EmptyState>
  );
}
