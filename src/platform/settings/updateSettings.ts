import type { PluginMeta } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import type { Settings, TokenName } from './settings';

/** Reloads the browser page. */
export const reloadPage = (): void => window.location.reload();

/**
 * Saves the settings for the organization, which only an administrator may.
 * @param tokens changed tokens; Grafana keeps the others
 * @throws FetchError
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
        // Version 0.1 reads logsAskAboveGb: save it for a downgrade.
        jsonData: { ...meta.jsonData, ...settings, logsAskAboveGb: settings.largeSearchGb },
        ...(Object.keys(tokens).length > 0 && { secureJsonData: tokens }),
      },
      showErrorAlert: false,
    })
  );
}
