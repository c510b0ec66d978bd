/** Builds every URL of the app. */
import { locationUtil, urlUtil, type DateTime, type RawTimeRange } from '@grafana/data';
import type { KindName } from '../../sedna/kinds/kindNames';
import { buildPageUrl, buildResourceTabPath, type ResourceTab } from '../../sedna/appPaths';

export {
  BASE_URL,
  buildPageUrl,
  PLUGIN_ID,
  RESOURCE_TABS,
  ROUTES,
  type PageId,
  type ResourceTab,
} from '../../sedna/appPaths';

const withQuery = (url: string, query: Record<string, string | string[] | undefined>) =>
  urlUtil.renderUrl(url, Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)));

/**
 * Adds the sub-path that Grafana is served from. Links of the router (`AppLink`) have it without; in any other `href`, a
 * middle click, a copied link, and a new tab would miss it.
 */
export const toHref = (url: string): string => locationUtil.assureBaseUrl(url);

export const buildResourcesUrl = (query: { kind?: KindName; namespace?: string; text?: string } = {}) =>
  withQuery(buildPageUrl('resources'), { kind: query.kind, namespace: query.namespace, q: query.text });

/** A time range in milliseconds of Unix time. */
export interface AbsoluteTimeRange {
  from: number;
  to: number;
}

/** Time range of a link; a relative one of Grafana stays relative. */
export type LinkRange = AbsoluteTimeRange | RawTimeRange;

const formatTime = (time: number | string | DateTime) =>
  typeof time === 'string' ? time : String(Math.round(Number(time)));

const rangeQuery = (range: LinkRange | undefined) =>
  range && { from: formatTime(range.from), to: formatTime(range.to) };

export const buildResourceUrl = (
  kind: string,
  namespace: string,
  name: string,
  tab?: ResourceTab,
  query: { stage?: string; uid?: string; span?: LinkRange } = {}
) =>
  withQuery(
    buildResourceTabPath(encodeURIComponent(kind), encodeURIComponent(namespace), encodeURIComponent(name), tab),
    {
      stage: query.stage,
      uid: query.uid,
      ...rangeQuery(query.span),
    }
  );

/** Path segment in place of a kind. No kind has this name. */
export const POD_ROUTE = 'pod';

/** Returns the URL that redirects to the owner of a pod, or to the pod's logs. */
export const buildPodUrl = (namespace: string, pod: string, span?: LinkRange) =>
  buildResourceUrl(POD_ROUTE, namespace, pod, undefined, { span });

export const buildLogsUrl = (query: { namespace?: string; pods?: string[]; job?: string; span?: LinkRange } = {}) =>
  withQuery(buildPageUrl('logs'), {
    namespace: query.namespace,
    pod: query.pods,
    job: query.job,
    ...rangeQuery(query.span),
  });

export const buildMetricsUrl = (
  query: { metric?: string; kind?: KindName; namespace?: string; name?: string | string[]; span?: LinkRange } = {}
) =>
  withQuery(buildPageUrl('metrics'), {
    metric: query.metric,
    kind: query.kind,
    namespace: query.namespace,
    name: query.name,
    ...rangeQuery(query.span),
  });

/** Tabs of the knowledge base page. */
export const KNOWLEDGE_BASE_TABS = ['tasks', 'history', 'dropped', 'relations'] as const;
export type KnowledgeBaseTab = (typeof KNOWLEDGE_BASE_TABS)[number];

export const buildKnowledgeBaseUrl = (
  query: { tab?: KnowledgeBaseTab; text?: string; group?: string; span?: LinkRange } = {}
) =>
  withQuery(buildPageUrl('knowledge-base'), {
    tab: query.tab,
    q: query.text,
    group: query.group,
    ...rangeQuery(query.span),
  });
