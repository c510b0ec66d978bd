/** Where things are in the app, for its own links and for those that lead into it from outside. */
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

/** Tabs of one object, as the last part of the path. */
export const RESOURCE_TABS = ['status', 'diagnosis', 'workers', 'logs', 'metrics', 'relations', 'object'] as const;
export type ResourceTab = (typeof RESOURCE_TABS)[number];

/** Path of one object; its parts must be fit for a URL. */
export const buildResourceTabPath = (kind: string, namespace: string, name: string, tab?: ResourceTab) =>
  [buildPageUrl('resources'), kind, namespace, name, ...(tab ? [tab] : [])].join('/');
