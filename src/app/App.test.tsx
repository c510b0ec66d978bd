import React from 'react';
import { render, screen } from '@testing-library/react';
import { PluginContextProvider, type AppRootProps } from '@grafana/data';
import { locationService, LocationServiceProvider } from '@grafana/runtime';
import { MemoryRouter, Route, Routes, useLocation } from 'react-router-dom';
import { fakePrometheus, mockGrafana } from '../test/mockGrafana';
import App from './App';

const APP = '/a/kubeedge-sedna-app';

const Location = () => {
  const { pathname, search } = useLocation();
  return <output>{pathname + search}</output>;
};

function open(path: string) {
  mockGrafana({ dataSources: [fakePrometheus()] });
  const props = { meta: { id: 'kubeedge-sedna-app', jsonData: {} } } as AppRootProps;
  const future = { v7_startTransition: true, v7_relativeSplatPath: true };
  return render(
    <LocationServiceProvider service={locationService}>
      <MemoryRouter future={future} initialEntries={[path]}>
        <Routes>
          <Route
            path={`${APP}/*`}
            element={
              <PluginContextProvider meta={props.meta}>
                <App {...props} />
              </PluginContextProvider>
            }
          />
        </Routes>
        <Location />
      </MemoryRouter>
    </LocationServiceProvider>
  );
}

describe('App', () => {
  it.each([
    'nothing',
    'nothing/below',
    'logs/below',
    'overview/a/b',
    'resources/nothing',
    'resources/Dataset/a/b/nothing',
  ])('says that it has no page at %s, and links to those that it has', async (path) => {
    open(`${APP}/${path}`);
    expect(await screen.findByText(`The app has no page at ${APP}/${path}`)).toBeInTheDocument();
    const links = await screen.findAllByRole('link');
    expect(links.map((link) => link.getAttribute('href'))).toEqual(
      ['overview', 'resources', 'logs', 'metrics', 'knowledge-base'].map((page) => `${APP}/${page}`)
    );
  });

  it.each(['resources/Job/a/b', 'resources/Job/a/b/status'])('says that the kind of %s is unknown', async (path) => {
    open(`${APP}/${path}`);
    expect(await screen.findByText('Sedna has no kind named Job')).toBeInTheDocument();
  });

  it.each([
    ['resources/ll/robots/dog/object?from=now-6h', 'resources/LifelongLearningJob/robots/dog/object?from=now-6h'],
    ['resources/datasets', 'resources?kind=Dataset'],
    ['', 'overview'],
  ])('opens %s as %s', async (path, canonical) => {
    open(`${APP}/${path}`);
    expect(await screen.findByText(`${APP}/${canonical}`)).toBeInTheDocument();
  });
});
