/** Other apps of the user's Grafana. */
import type { NavLinkDTO } from '@grafana/data';
import { config } from '@grafana/runtime';

export const LOGS_DRILLDOWN = 'grafana-lokiexplore-app';

const hasPage = (links: readonly NavLinkDTO[], pluginId: string): boolean =>
  links.some((link) => link.pluginId === pluginId || hasPage(link.children ?? [], pluginId));

/**
 * Whether an app is installed, enabled and open to the person: only then it stands in Grafana's menu. `config.apps` has
 * those that are off, too.
 */
export const isAppInstalled = (pluginId: string): boolean => hasPage(config.bootData?.navTree ?? [], pluginId);
