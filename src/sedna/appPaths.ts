/** Paths of the app, for links inside it and for alerts and dashboards that link to it. */
import pluginJson from '../plugin.json';

export const PLUGIN_ID = pluginJson.id;
export const BASE_URL = `/a/${PLUGIN_ID}`;

export const ROUTES = {
  overview: 'overview',
  resources: 'resources',
  logs: 'logs',
  metrics: 'metrics',
  'knowledge-base': 'knowledge-base',
  configuration: 'configuration',
} as const;
export type PageId = keyof typeof ROUTES;

export const buildPageUrl = (page: PageId) => `${BASE_URL}/${ROUTES[page]}`;

/** Tabs of an object page: the last segment of the path. */
export const RESOURCE_TABS = ['status', 'diagnosis', 'workers', 'logs', 'metrics', 'relations', 'object'] as const;
export type ResourceTab = (typeof RESOURCE_TABS)[number];

/** Builds the path of an object page. Encode the parts first. */
export const buildResourceTabPath = (kind: string, namespace: string, name: string, tab?: ResourceTab) =>
  [buildPageUrl('resources'), kind, namespace, name, ...(tab ? [tab] : [])].join('/');
