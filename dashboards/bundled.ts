/**
 * The same dashboards as the plugin brings them along: Grafana imports them when the app is enabled, deletes them when
 * it is disabled, and must not take them for the provisioned ones, beside which they may live.
 */
const PROVISIONED = { uid: 'sedna-ops-', tag: 'sedna' };
const BUNDLED = { uid: 'sedna-app-', tag: 'sedna-app' };

/** Where they are in the plugin. */
export const BUNDLED_FOLDER = 'dashboards';

/** Grafana imports a dashboard of a newer plugin again where this number is another one. */
function revisionOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = (hash * 31 + text.charCodeAt(index)) % 2_147_483_647;
  }
  return hash + 1;
}

interface DashboardJson {
  uid: string;
  title: string;
  description: string;
  tags: string[];
  links: Array<{ tags: string[] }>;
  revision?: number;
}

/** Makes the bundled dashboard of a provisioned one; both are the text of a file. */
export function bundledDashboard(provisioned: string): string {
  const dashboard = JSON.parse(provisioned.replaceAll(PROVISIONED.uid, BUNDLED.uid)) as DashboardJson;
  const retagged = (tags: string[]) => tags.map((tag) => (tag === PROVISIONED.tag ? BUNDLED.tag : tag));
  dashboard.title = `${dashboard.title} (from the app)`;
  dashboard.description +=
    ' It came with the app Sedna Ops, which replaces it when it is updated: save a copy to change it.';
  dashboard.tags = retagged(dashboard.tags);
  dashboard.links = dashboard.links.map((link) => ({ ...link, tags: retagged(link.tags) }));
  dashboard.revision = revisionOf(JSON.stringify(dashboard));
  return `${JSON.stringify(dashboard)}\n`;
}
