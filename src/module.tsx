// Grafana loads this file when it starts, on every page: import only what the entry needs.
import React, { lazy, Suspense } from 'react';
import { AppPlugin, type AppRootProps, type PluginExtensionPanelContext } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { LoadingPlaceholder } from '@grafana/ui';
import pluginJson from 'plugin.json';
import { buildLogsPath, buildMetricsPath, buildResourcePath } from './extensions/extensionLinks';
import { preloadLogsPage } from './app/preloadLogsPage';
import type { JobStatusProps } from './extensions/JobStatus';

await initPluginTranslations(pluginJson.id);

const LazyApp = lazy(() => {
  if (window.location.pathname.endsWith(`/a/${pluginJson.id}/logs`)) {
    void preloadLogsPage();
  }
  return import('./app/App');
});
const LazyJobStatus = lazy(() => import('./extensions/JobStatus'));

const App = (props: AppRootProps) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyApp {...props} />
  </Suspense>
);

const JobStatus = (props: JobStatusProps) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyJobStatus {...props} />
  </Suspense>
);

// Grafana rejects links whose title or target differs from plugin.json.
const [findResource, openFromPanel, openFromExplore, openLogs, openMetric] = pluginJson.extensions.addedLinks;
const resourcesPath = `/a/${pluginJson.id}/resources`;
const [jobStatus] = pluginJson.extensions.exposedComponents;

/** Part of the context that Explore passes to links. */
type ExploreContext = Pick<PluginExtensionPanelContext, 'data' | 'timeRange'>;

/** Creates the `configure` callback of a link. Grafana hides the link if the data has no page in the app. */
const configureLink = (buildPath: typeof buildResourcePath) => (context: ExploreContext | undefined) => {
  const path = buildPath(context?.data?.series, context?.timeRange);
  return path === undefined ? undefined : { path };
};

export const plugin = new AppPlugin()
  .setRootPage(App)
  // The command palette of Grafana 12.4 shows the path but doesn't open it: onClick does.
  .addLink({ ...findResource, path: resourcesPath, onClick: () => locationService.push(resourcesPath) })
  .addLink<PluginExtensionPanelContext>({
    ...openFromPanel,
    path: resourcesPath,
    configure: configureLink(buildResourcePath),
  })
  .addLink<ExploreContext>({ ...openFromExplore, path: resourcesPath, configure: configureLink(buildResourcePath) })
  .addLink<ExploreContext>({ ...openLogs, path: resourcesPath, configure: configureLink(buildLogsPath) })
  .addLink<ExploreContext>({ ...openMetric, path: resourcesPath, configure: configureLink(buildMetricsPath) })
  .exposeComponent({ ...jobStatus, component: JobStatus });
