import React, { useMemo, useState } from 'react';
import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Stack, Text } from '@grafana/ui';
import { getCurrentSettings } from '../../../platform/settings/currentSettings';
import { PLUGIN_ID } from '../../../platform/links/links';
import { canReadObjects } from '../../../platform/permissions';
import { KubernetesErrorAlert } from '../../../ui/feedback/KubernetesErrorAlert';
import { LoadingIndicator } from '../../../ui/feedback/LoadingIndicator';
import { maskSecrets, type KubernetesObjectRef } from '../../../kubernetes';
import { grafanaClient } from '../../../kubernetes/grafanaClient';
import { Actions } from './Actions';
import { Conditions } from './Conditions';
import { CreateResource, DoneNotice } from './CreateResource';
import type { Done } from './done';
import { Manifest, type Format } from './Manifest';
import { NotAllowed, NotConnected } from './NotReadable';
import { useLive } from './useLive';

export interface ObjectTabProps {
  address: KubernetesObjectRef;
  format: Format;
  find: string;
  onFormat: (format: Format) => void;
  onFind: (find: string) => void;
}

const client = grafanaClient(PLUGIN_ID);

/** The object as Kubernetes has it now, and what can be done to it. */
export function ObjectTab(props: ObjectTabProps) {
  if (getCurrentSettings().kubernetesUrl === undefined) {
    return <NotConnected />;
  }
  return canReadObjects() ? <LiveObject {...props} /> : <NotAllowed />;
}

function LiveObject({ address, ...view }: ObjectTabProps) {
  const [live, refresh] = useLive(client, address);
  const [done, setDone] = useState<Done>();
  const masked = useMemo(() => (live.state === 'read' ? maskSecrets(live.object) : undefined), [live]);
  if (live.state === 'loading') {
    return <LoadingIndicator source="Kubernetes" />;
  }
  return (
    <Stack direction="column" gap={2}>
      {done && <DoneNotice done={done} />}
      <Stack direction="row" gap={1} wrap="wrap" alignItems="center" justifyContent="space-between">
        <Stack direction="row" gap={1} alignItems="center">
          <Button variant="secondary" icon="sync" onClick={refresh}>
            {t('object.refresh', 'Refresh')}
          </Button>
          {live.state === 'read' && (
            <Text color="secondary">
              {t('object.read-at', 'As it was at {{time}}', {
                time: dateTimeFormat(live.readAt),
                interpolation: { escapeValue: false },
              })}
            </Text>
          )}
        </Stack>
        {live.state === 'read' && (
          <Actions
            client={client}
            address={address}
            object={live.object}
            onLeft={refresh}
            onDone={(result) => {
              setDone(result);
              refresh();
            }}
          />
        )}
        <CreateResource />
      </Stack>
      {live.state === 'failed' && <KubernetesErrorAlert problem={live.problem} />}
      {masked && (
        <>
          <Manifest object={masked.object} {...view} />
          {masked.secrets.size > 0 && (
            <Text variant="bodySmall" color="secondary">
              {t('object.masked', 'Values that are secret are masked: {{count}}', { count: masked.secrets.size })}
            </Text>
          )}
          <Conditions status={masked.object.status} />
        </>
      )}
    </Stack>
  );
}
