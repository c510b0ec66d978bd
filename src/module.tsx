// Grafana loads this file at its own start, on every page: keep imports here to the bare entry.
import React, { lazy, Suspense } from 'react';
import { AppPlugin, type AppRootProps } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { LoadingPlaceholder } from '@grafana/ui';
import pluginJson from 'plugin.json';

await initPluginTranslations(pluginJson.id);

const LazyApp = lazy(() => import('./app/App'));

const App = (props: AppRootProps) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyApp {...props} />
  </Suspense>
);

// Grafana compares title and target with plugin.json; a link of the command palette knows nothing of what is typed.
const [findResource] = pluginJson.extensions.addedLinks;

export const plugin = new AppPlugin()
  .setRootPage(App)
  .addLink({ ...findResource, path: `/a/${pluginJson.id}/resources` });
