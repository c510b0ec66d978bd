import React from 'react';
import { t } from '@grafana/i18n';
import { SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { LinkButton } from '@grafana/ui';
import { buildResourcesUrl } from '../../platform/links/links';
import { EmptyState } from '../../ui/feedback/EmptyState';

interface UnknownKindState extends SceneObjectState {
  kindName: string;
}

/** For an address that names no kind of Sedna's. */
export class UnknownKindScene extends SceneObjectBase<UnknownKindState> {
  static Component = UnknownKind;
}

function UnknownKind({ model }: SceneComponentProps<UnknownKindScene>) {
  const { kindName } = model.useState();
  return (
    <EmptyState
      title={t('resource.unknown-kind.title', 'Sedna has no kind called {{kindName}}', { kindName })}
      button={
        <LinkButton href={buildResourcesUrl()}>{t('resource.unknown-kind.button', 'To all resources')}</LinkButton>
      }
    >
      {t('resource.unknown-kind.text', 'See whether the address is spelled as Kubernetes spells the kind.')}
    </EmptyState>
  );
}
