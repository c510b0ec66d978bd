/** Every URL inside the app is built here. */
import { urlUtil } from '@grafana/data';
import type { KindName } from '../sedna/kinds';
import pluginJson from '../plugin.json';

export const PLUGIN_ID = pluginJson.id;
export const BASE_URL = `/a/${PLUGIN_ID}`;

export const ROUTES = {
  overview: 'overview',
  resources: 'resources',
  logs: 'logs',
  metrics: 'metrics',
  configuration: 'configuration',
} as const;
export type PageId = keyof typeof ROUTES;

export const pageUrl = (page: PageId) => `${BASE_URL}/${ROUTES[page]}`;

const withQuery = (url: string, query: Record<string, string | string[] | undefined>) =>
  urlUtil.renderUrl(url, Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)));

export const resourcesUrl = (query: { kind?: KindName; namespace?: string; text?: string } = {}) =>
  withQuery(pageUrl('resources'), { kind: query.kind, namespace: query.namespace, q: query.text });

export const resourceUrl = (kind: string, namespace: string, name: string) =>
  `${pageUrl('resources')}/${[kind, namespace, name].map(encodeURIComponent).join('/')}`;

export const logsUrl = (query: { namespace?: string; pods?: string[]; job?: string } = {}) =>
  withQuery(pageUrl('logs'), { namespace: query.namespace, pod: query.pods, job: query.job });

export const metricsUrl = (query: { metric?: string; kind?: KindName; namespace?: string; name?: string } = {}) =>
  withQuery(pageUrl('metrics'), {
    metric: query.metric,
    kind: query.kind,
    namespace: query.namespace,
    name: query.name,
  });
