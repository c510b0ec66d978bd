/**
 * Dashboards bundled with the plugin: Grafana imports them when the app is enabled and deletes them when it is
 * disabled. Their uids and tags differ from the provisioned dashboards because both sets may coexist.
 */
const PROVISIONED = { uid: 'sedna-ops-', tag: 'sedna' };
const BUNDLED = { uid: 'sedna-app-', tag: 'sedna-app' };

/** Folder within the plugin. */
export const BUNDLED_FOLDER = 'dashboards';

/** Returns a hash of the content. Grafana imports a bundled dashboard again if its revision differs. */
function getRevision(text: string): number {
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

/** Converts the JSON of a provisioned dashboard to that of the bundled one. */
export function toBundledDashboard(provisioned: string): string {
  const dashboard = JSON.parse(provisioned.replaceAll(PROVISIONED.uid, BUNDLED.uid)) as DashboardJson;
  const replaceTag = (tags: string[]) => tags.map((tag) => (tag === PROVISIONED.tag ? BUNDLED.tag : tag));
  dashboard.title = `${dashboard.title} (bundled)`;
  dashboard.description += ' Bundled with the Sedna Ops app, which overwrites it on updates. Save a copy to change it.';
  dashboard.tags = replaceTag(dashboard.tags);
  dashboard.links = dashboard.links.map((link) => ({ ...link, tags: replaceTag(link.tags) }));
  dashboard.revision = getRevision(JSON.stringify(dashboard));
  return `${JSON.stringify(dashboard)}\n`;
}
