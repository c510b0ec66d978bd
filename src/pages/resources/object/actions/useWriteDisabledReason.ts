import { useContext } from 'react';
import { canWriteObjects } from '../../../../platform/permissions';
import { PluginContext } from '../../../../platform/PluginContext';
import { getCurrentSettings } from '../../../../platform/settings/currentSettings';
import { t } from '../../../../platform/i18n';

/** Returns why the current user can't create, change, or delete objects; undefined if they can. */
export function useWriteDisabledReason(): string | undefined {
  const meta = useContext(PluginContext);
  if (getCurrentSettings().kubernetesUrl === undefined) {
    return t(
      'object.write.not-connected',
      'Not connected to the Kubernetes API. An administrator can set it up on the configuration page.'
    );
  }
  if (!canWriteObjects()) {
    return t(
      'object.write.not-allowed',
      'You need the permission kubeedge-sedna-app.resources:write. Ask a Grafana administrator.'
    );
  }
  if (meta?.secureJsonFields && meta.secureJsonFields.kubernetesWriteToken !== true) {
    return t('object.write.no-token', 'The connection is read-only because no write token is configured');
  }
  return undefined;
}
