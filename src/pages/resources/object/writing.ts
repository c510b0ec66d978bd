import { useContext } from 'react';
import { t } from '@grafana/i18n';
import { canWriteObjects } from '../../../platform/permissions';
import { PluginContext } from '../../../platform/PluginContext';
import { getCurrentSettings } from '../../../platform/settings/currentSettings';

/** Why this person cannot create, change or delete objects here; undefined where they can. */
export function useWhyNotWrite(): string | undefined {
  const meta = useContext(PluginContext);
  if (getCurrentSettings().kubernetesUrl === undefined) {
    return t('object.write.not-connected', 'There is no connection to the Kubernetes API; see the configuration page.');
  }
  if (!canWriteObjects()) {
    return t(
      'object.write.not-allowed',
      'You lack the permission kubeedge-sedna-app.resources:write. An administrator of Grafana can grant it.'
    );
  }
  if (meta?.secureJsonFields && meta.secureJsonFields.kubernetesWriteToken !== true) {
    return t('object.write.no-token', 'No token for writing is configured: the connection can only read.');
  }
  return undefined;
}
