import React from 'react';
import { LinkButton } from '@grafana/ui';
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
        <LinkButton href={buildResourcesUrl()}>{t('resource.unknown-kind.button', 'View all resources')}</LinkButton>
      }
    >
      {t('resource.unknown-kind.text', 'Check that the URL spells the kind as Kubernetes does')}
    </EmptyState>
  );
}
