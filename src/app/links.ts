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

/** Tabs of one object, as the last part of the path. */
export const RESOURCE_TABS = ['status', 'diagnosis', 'workers', 'logs', 'metrics', 'relations', 'object'] as const;
export type ResourceTab = (typeof RESOURCE_TABS)[number];

/** A time range in milliseconds of Unix time. */
export interface Span {
  from: number;
  to: number;
}

const spanQuery = (span: Span | undefined) => ({
  from: span && String(Math.round(span.from)),
  to: span && String(Math.round(span.to)),
});

export const resourceUrl = (
  kind: string,
  namespace: string,
  name: string,
  tab?: ResourceTab,
  query: { stage?: string; span?: Span } = {}
) =>
  withQuery(
    `${pageUrl('resources')}/${[kind, namespace, name, ...(tab ? [tab] : [])].map(encodeURIComponent).join('/')}`,
    { stage: query.stage, ...spanQuery(query.span) }
  );

export const logsUrl = (query: { namespace?: string; pods?: string[]; job?: string; span?: Span } = {}) =>
  withQuery(pageUrl('logs'), {
    namespace: query.namespace,
    pod: query.pods,
    job: query.job,
    ...spanQuery(query.span),
  });

export const metricsUrl = (query: { metric?: string; kind?: KindName; namespace?: string; name?: string } = {}) =>
  withQuery(pageUrl('metrics'), {
    metric: query.metric,
    kind: query.kind,
    namespace: query.namespace,
    name: query.name,
  });
