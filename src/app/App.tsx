import React from 'react';
import { Navigate, useLocation } from 'react-router-dom';
import type { AppRootProps } from '@grafana/data';
import { SceneApp, useSceneApp } from '@grafana/scenes';
import { ErrorBoundaryAlert } from '@grafana/ui';
import { configurationPage } from '../pages/configuration/configurationPage';
import { logsPage } from '../pages/logs/logsPage';
import { metricsPage } from '../pages/metrics/metricsPage';
import { overviewPage } from '../pages/overview/overviewPage';
import { resourcesPage } from '../pages/resources/resourcesPage';
import { currentSettings, takeSettings } from './currentSettings';
import { chooseDataSource } from './dataSources';
import { BASE_URL, pageUrl, ROUTES } from './links';
import { PluginContext } from './PluginContext';
import type { Settings } from './settings';

const createApp = () =>
  new SceneApp({
    pages: [overviewPage(), resourcesPage(), logsPage(), metricsPage(), configurationPage()],
    urlSyncOptions: { updateUrlOnInit: true, createBrowserHistorySteps: true },
  });

/** Scenes keep the data sources that they were built with: other data sources, other scenes. */
const factories = new Map<string, () => SceneApp>();

function factoryFor(settings: Settings): () => SceneApp {
  const choice = JSON.stringify([chooseDataSource('prometheus', settings), chooseDataSource('loki', settings)]);
  const factory = factories.get(choice) ?? (() => createApp());
  factories.set(choice, factory);
  return factory;
}

/** Pages by their first part of the path; anything else, the bare address of the app too, leads to the overview. */
function PageOrOverview() {
  const { pathname } = useLocation();
  const first = pathname.slice(BASE_URL.length).split('/').find(Boolean);
  const isPage = Object.values<string>(ROUTES).includes(first ?? '');
  return isPage ? <Pages /> : <Navigate replace to={pageUrl('overview')} />;
}

function Pages() {
  const app = useSceneApp(factoryFor(currentSettings()));
  return <app.Component model={app} />;
}

/** Root of the app: settings first, for scenes read them when they are built. */
export default function App({ meta }: AppRootProps) {
  takeSettings(meta.jsonData);
  return (
    <ErrorBoundaryAlert style="page">
      <PluginContext.Provider value={meta}>
        <PageOrOverview />
      </PluginContext.Provider>
    </ErrorBoundaryAlert>
  );
}
