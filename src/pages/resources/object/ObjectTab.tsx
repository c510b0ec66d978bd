import React, { useMemo, useState } from 'react';
import { Button, Stack, Text } from '@grafana/ui';
import { formatTime } from '../../../ui/format/formatTime';
import { getCurrentSettings } from '../../../platform/settings/currentSettings';
import { PLUGIN_ID } from '../../../platform/links/links';
import { canReadObjects } from '../../../platform/permissions';
import { KubernetesErrorAlert } from '../../../ui/feedback/KubernetesErrorAlert';
import { LoadingIndicator } from '../../../ui/feedback/LoadingIndicator';
import { maskSecrets } from '../../../kubernetes';
import { grafanaClient } from '../../../kubernetes/grafanaClient';
import { ActionResultAlert } from './actions/ActionResultAlert';
import type { ActionResult } from './actions/actionResult';
import { CreateResourceButton } from './actions/create/CreateResourceButton';
import { ObjectActions } from './actions/ObjectActions';
import { conditionRows } from './conditions/conditionRows';
import { ConditionTable } from './conditions/ConditionTable';
import { LiveObjectUnavailable } from './LiveObjectUnavailable';
import { ManifestViewer, type ManifestFormat } from './manifest/ManifestViewer';
import { useLiveObject } from './useLiveObject';
import type { ObjectRef } from '../../../sedna/objectRef';
import { t } from '../../../platform/i18n';

interface ObjectTabProps {
  address: ObjectRef;
  format: ManifestFormat;
  /** Search text of the manifest. */
  find: string;
  onFormatChange: (format: ManifestFormat) => void;
  onFindChange: (find: string) => void;
}

const client = grafanaClient(PLUGIN_ID);

/** Shows the live object and its actions, or why the current user can't see it. */
export function ObjectTab(props: ObjectTabProps) {
  if (getCurrentSettings().kubernetesUrl === undefined) {
    return <LiveObjectUnavailable reason="not-connected" />;
  }
  return canReadObjects() ? <LiveObject {...props} /> : <LiveObjectUnavailable reason="not-allowed" />;
}

function LiveObject({ address, ...view }: ObjectTabProps) {
  const [live, refresh] = useLiveObject(client, address);
  const [result, setResult] = useState<ActionResult>();
  const masked = useMemo(() => (live.state === 'loaded' ? maskSecrets(live.object) : undefined), [live]);
  if (live.state === 'loading') {
    return <LoadingIndicator source="Kubernetes" />;
  }
  return (
    <Stack direction="column" gap={2}>
      {result && <ActionResultAlert result={result} />}
      <Stack direction="row" gap={1} wrap="wrap" alignItems="center" justifyContent="space-between">
        <Stack direction="row" gap={1} alignItems="center">
          <Button variant="secondary" icon="sync" onClick={refresh}>
            {t('object.refresh', 'Refresh')}
          </Button>
          {live.state === 'loaded' && (
            <Text color="secondary">
              {t('object.read-at', 'Loaded at {{time}}', {
                time: formatTime(live.loadedAt),
              })}
            </Text>
          )}
        </Stack>
        {live.state === 'loaded' && (
          <ObjectActions
            client={client}
            address={address}
            object={live.object}
            onCancel={refresh}
            onDone={(next) => {
              setResult(next);
              refresh();
            }}
          />
        )}
        <CreateResourceButton />
      </Stack>
      {live.state === 'failed' && <KubernetesErrorAlert problem={live.problem} />}
      {masked && (
        <>
          <ManifestViewer object={masked.object} {...view} />
          {masked.secrets.size > 0 && (
            <Text variant="bodySmall" color="secondary">
              {t('object.masked', '{{count}} secret values are masked', {
                count: masked.secrets.size,
                defaultValue_one: '{{count}} secret value is masked',
              })}
            </Text>
          )}
          <ConditionTable kind={address.kind} rows={conditionRows(masked.object.status)} />
        </>
      )}
    </Stack>
  );
}
