import React, { lazy, Suspense } from 'react';
import { Navigate, useLocation } from 'react-router-dom';
import type { AppRootProps } from '@grafana/data';
import { SceneApp, useSceneApp, type SceneAppPageLike } from '@grafana/scenes';
import { ErrorBoundaryAlert, LoadingPlaceholder } from '@grafana/ui';
import { overviewPage } from '../pages/overview/overviewPage';
import { resourcesPage } from '../pages/resources/resourcesPage';
import { getCurrentSettings, setCurrentSettings } from '../platform/settings/currentSettings';
import { chooseDataSource } from '../platform/dataSources';
import { BASE_URL, buildPageUrl, ROUTES, type PageId } from '../platform/links/links';
import { preloadLogsPage } from './preloadLogsPage';
import { PluginContext } from '../platform/PluginContext';
import type { Settings } from '../platform/settings/settings';

/** These two share most of their code, and are loaded together; the others have much of their own. */
const PAGES: Record<PageId, () => Promise<() => SceneAppPageLike>> = {
  overview: async () => overviewPage,
  resources: async () => resourcesPage,
  logs: async () => (await preloadLogsPage()).logsPage,
  metrics: async () =>
    (await import(/* webpackChunkName: "page-metrics" */ '../pages/metrics/metricsPage')).metricsPage,
  'knowledge-base': async () =>
    (await import(/* webpackChunkName: "page-knowledge-base" */ '../pages/knowledge-base/knowledgeBasePage'))
      .knowledgeBasePage,
  configuration: async () =>
    (await import(/* webpackChunkName: "page-configuration" */ '../pages/configuration/configurationPage'))
      .configurationPage,
};

/** Scenes keep the data sources that they were built with: other data sources, other scenes. */
const factories = new Map<string, () => SceneApp>();

function factoryFor(page: PageId, build: () => SceneAppPageLike, settings: Settings): () => SceneApp {
  const key = JSON.stringify([
    page,
    chooseDataSource('prometheus', settings),
    chooseDataSource('loki', settings),
    settings.logLabels,
  ]);
  const factory =
    factories.get(key) ??
    (() =>
      new SceneApp({
        pages: [build()],
        urlSyncOptions: { updateUrlOnInit: true, createBrowserHistorySteps: true },
      }));
  factories.set(key, factory);
  return factory;
}

const lazyPage = (page: PageId) =>
  lazy(async () => {
    const build = await PAGES[page]();
    const Page = () => {
      const app = useSceneApp(factoryFor(page, build, getCurrentSettings()));
      return <app.Component model={app} />;
    };
    return { default: Page };
  });

const pageIds = Object.keys(PAGES) as PageId[];
const LAZY_PAGES = Object.fromEntries(pageIds.map((page) => [page, lazyPage(page)]));

/** Pages by their first part of the path; anything else, the bare address of the app too, leads to the overview. */
function PageOrOverview() {
  const { pathname } = useLocation();
  const first = pathname.slice(BASE_URL.length).split('/').find(Boolean);
  const id = pageIds.find((page) => ROUTES[page] === first);
  if (!id) {
    return <Navigate replace to={buildPageUrl('overview')} />;
  }
  const Page = LAZY_PAGES[id];
  return (
    <Suspense fallback={<LoadingPlaceholder text="" />}>
      <Page key={id} />
    </Suspense>
  );
}

/** Root of the app: settings first, for scenes read them when they are built. */
export default function App({ meta }: AppRootProps) {
  setCurrentSettings(meta.jsonData);
  return (
    <ErrorBoundaryAlert style="page">
      <PluginContext.Provider value={meta}>
        <PageOrOverview />
      </PluginContext.Provider>
    </ErrorBoundaryAlert>
  );
}
