// Grafana loads this file at its own start, on every page: keep imports here to the bare entry.
import React, { lazy, Suspense } from 'react';
import { AppPlugin, type AppRootProps, type PluginExtensionPanelContext } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { LoadingPlaceholder } from '@grafana/ui';
import pluginJson from 'plugin.json';
import { logsPathOfFrames, metricsPathOfFrames, pathOfFrames } from './app/extensionLinks';
import { loadLogsPage } from './app/logsCode';
import type { JobStatusProps } from './app/JobStatus';

await initPluginTranslations(pluginJson.id);

const LazyApp = lazy(() => {
  if (window.location.pathname.endsWith(`/a/${pluginJson.id}/logs`)) {
    void loadLogsPage();
  }
  return import('./app/App');
});
const LazyJobStatus = lazy(() => import('./app/JobStatus'));

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
const linkBy = (find: typeof pathOfFrames) => (context: ExploreContext | undefined) => {
  const found = find(context?.data?.series, context?.timeRange);
  return found === undefined ? undefined : { path: found };
};

export const plugin = new AppPlugin()
  .setRootPage(App)
  // The palette of Grafana 12.4 shows the path but follows it only where onClick does.
  .addLink({ ...findResource, path, onClick: () => locationService.push(path) })
  .addLink<PluginExtensionPanelContext>({ ...openFromPanel, path, configure: linkBy(pathOfFrames) })
  .addLink<ExploreContext>({ ...openFromExplore, path, configure: linkBy(pathOfFrames) })
  .addLink<ExploreContext>({ ...openLogs, path, configure: linkBy(logsPathOfFrames) })
  .addLink<ExploreContext>({ ...openMetric, path, configure: linkBy(metricsPathOfFrames) })
  .exposeComponent({ ...jobStatus, component: JobStatus });
