import type { PluginMeta } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import type { Settings, TokenName } from './settings';

/** Loads the whole page anew. */
export const reloadPage = (): void => window.location.reload();

/**
 * Saves the app's settings for everyone; needs an administrator.
 * @param tokens those that change; Grafana keeps the others
 * @throws Grafana's answer, when it refuses
 */
export async function updateSettings(
  meta: PluginMeta,
  settings: Settings,
  tokens: Partial<Record<TokenName, string>> = {}
): Promise<void> {
  const { id, enabled, pinned } = meta;
  await lastValueFrom(
    getBackendSrv().fetch({
      url: `/api/plugins/${id}/settings`,
      method: 'POST',
      data: {
        enabled,
        pinned,
        // The name of 0.1 is written too, for a server that goes back to it.
        jsonData: { ...meta.jsonData, ...settings, logsAskAboveGb: settings.largeSearchGb },
        ...(Object.keys(tokens).length > 0 && { secureJsonData: tokens }),
      },
      showErrorAlert: false,
    })
  );
}
