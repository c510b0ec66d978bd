// Grafana loads this file at its own start, on every page: keep imports here to the bare entry.
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

// Grafana compares title and target with plugin.json; a link of the command palette knows nothing of what is typed.
const [findResource, openFromPanel, openFromExplore, openLogs, openMetric] = pluginJson.extensions.addedLinks;
const path = `/a/${pluginJson.id}/resources`;
const [jobStatus] = pluginJson.extensions.exposedComponents;

/** What Explore hands over, as far as it matters here. */
type ExploreContext = Pick<PluginExtensionPanelContext, 'data' | 'timeRange'>;

/** Shown only where there is a place for what is looked at: one object, lines of one namespace, one metric. */
const linkBy = (find: typeof buildResourcePath) => (context: ExploreContext | undefined) => {
  const found = find(context?.data?.series, context?.timeRange);
  return found === undefined ? undefined : { path: found };
};

export const plugin = new AppPlugin()
  .setRootPage(App)
  // The palette of Grafana 12.4 shows the path but follows it only where onClick does.
  .addLink({ ...findResource, path, onClick: () => locationService.push(path) })
  .addLink<PluginExtensionPanelContext>({ ...openFromPanel, path, configure: linkBy(buildResourcePath) })
  .addLink<ExploreContext>({ ...openFromExplore, path, configure: linkBy(buildResourcePath) })
  .addLink<ExploreContext>({ ...openLogs, path, configure: linkBy(buildLogsPath) })
  .addLink<ExploreContext>({ ...openMetric, path, configure: linkBy(buildMetricsPath) })
  .exposeComponent({ ...jobStatus, component: JobStatus });
