import React from 'react';
import { PluginContextProvider, type PluginMeta } from '@grafana/data';
import { screen } from '@testing-library/react';
import { PLUGIN_ID } from '../platform/links/links';
import { fakePrometheus, mockGrafana } from '../test/mockGrafana';
import { renderInApp } from '../test/render';
import JobStatus from './JobStatus';

const show = (jsonData: object, kind?: string) =>
  renderInApp(
    <PluginContextProvider meta={{ id: PLUGIN_ID, jsonData } as PluginMeta}>
      <JobStatus kind={kind} namespace="robots" name="dog" />
    </PluginContextProvider>
  );

describe('JobStatus', () => {
  beforeEach(() => mockGrafana({ dataSources: [fakePrometheus()] }));

  it("uses the app's settings on a page of another app", async () => {
    show({ prometheusUid: 'deleted' });
    expect(await screen.findByText('Prometheus data source not found')).toBeInTheDocument();
  });

  it('says that the kind is unknown', async () => {
    show({}, 'Unheard');
    expect(await screen.findByText(/Unheard/)).toBeInTheDocument();
  });
});
