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
        jsonData: { ...meta.jsonData, ...settings },
        ...(Object.keys(tokens).length > 0 && { secureJsonData: tokens }),
      },
      showErrorAlert: false,
    })
  );
}
