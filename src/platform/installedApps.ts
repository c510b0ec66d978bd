import type { NavLinkDTO } from '@grafana/data';
import { config } from '@grafana/runtime';

export const LOGS_DRILLDOWN = 'grafana-lokiexplore-app';

const hasPage = (links: readonly NavLinkDTO[], pluginId: string): boolean =>
  links.some((link) => link.pluginId === pluginId || hasPage(link.children ?? [], pluginId));

/**
 * Returns whether an app is installed, enabled, and accessible to the user. Grafana's menu has only such apps, while
 * `config.apps` also has disabled ones.
 */
export const isAppInstalled = (pluginId: string): boolean => hasPage(config.bootData?.navTree ?? [], pluginId);
