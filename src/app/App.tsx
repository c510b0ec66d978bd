import React, { lazy, Suspense } from 'react';
import { Navigate, useLocation } from 'react-router-dom';
import type { AppRootProps } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { SceneApp, useSceneApp, type SceneAppPageLike } from '@grafana/scenes';
import { ErrorBoundaryAlert, LoadingPlaceholder } from '@grafana/ui';
import { overviewPage } from '../pages/overview/overviewPage';
import { resourcesPage } from '../pages/resources/resourcesPage';
import { chooseDataSource } from '../platform/dataSources';
import { BASE_URL, ROUTES, type PageId } from '../platform/links/links';
import { PluginContext } from '../platform/PluginContext';
import type { Settings } from '../platform/settings/settings';
import { useSettings } from '../platform/settings/useSettings';
import { getNotFoundTitle, NotFound } from '../ui/feedback/NotFound';
import { preloadLogsPage } from './preloadLogsPage';
import { findRedirect } from './redirects';

/** Overview and resources share most of their code and load with the app; the other pages load on demand. */
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

/** A scene keeps the data sources and log labels that it was built with, so a change of these needs a new scene. */
const factories = new Map<string, () => SceneApp>();

function getFactory(page: PageId, build: () => SceneAppPageLike, settings: Settings): () => SceneApp {
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

interface PageProps {
  settings: Settings;
}

const lazyPage = (page: PageId) =>
  lazy(async () => {
    const build = await PAGES[page]();
    const Page = ({ settings }: PageProps) => {
      const app = useSceneApp(getFactory(page, build, settings));
      return <app.Component model={app} />;
    };
    return { default: Page };
  });

const pageIds = Object.keys(PAGES) as PageId[];
const LAZY_PAGES = Object.fromEntries(pageIds.map((page) => [page, lazyPage(page)]));

/** Renders the page of the first path segment. */
function AppPage({ settings }: PageProps) {
  const { pathname, search } = useLocation();
  const redirect = findRedirect(pathname, search);
  if (redirect !== undefined) {
    return <Navigate replace to={redirect} />;
  }
  const [first, ...below] = pathname.slice(BASE_URL.length).split('/').filter(Boolean);
  const id = pageIds.find((page) => ROUTES[page] === first);
  // The other pages have no routes below.
  if (!id || (below.length > 0 && id !== 'resources')) {
    return (
      <PluginPage pageNav={{ text: getNotFoundTitle() }}>
        <NotFound />
      </PluginPage>
    );
  }
  const Page = LAZY_PAGES[id];
  return (
    <Suspense fallback={<LoadingPlaceholder text="" />}>
      <Page key={id} settings={settings} />
    </Suspense>
  );
}

/** Renders the app, once its settings are current. */
export default function App({ meta }: AppRootProps) {
  const settings = useSettings(meta.jsonData);
  return (
    <ErrorBoundaryAlert style="page">
      <PluginContext.Provider value={meta}>{settings && <AppPage settings={settings} />}</PluginContext.Provider>
    </ErrorBoundaryAlert>
  );
}
