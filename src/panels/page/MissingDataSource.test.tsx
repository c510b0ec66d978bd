import { screen } from '@testing-library/react';
import { SceneCanvasText } from '@grafana/scenes';
import { fakeLoki, fakePrometheus, mockGrafana } from '../../test/mockGrafana';
import { renderPage } from '../../test/render';

const openPage = (requires: 'prometheus' | 'loki') => renderPage(new SceneCanvasText({ text: 'the page' }), requires);

describe('MissingDataSource', () => {
  it('shows the page if its data source exists', () => {
    mockGrafana({ dataSources: [fakePrometheus()] });
    openPage('prometheus');
    expect(screen.getByText('the page')).toBeInTheDocument();
  });

  it.each([
    ['prometheus', 'No Prometheus data source found', fakeLoki()],
    ['loki', 'No Loki data source found', fakePrometheus()],
  ] as const)('links an administrator to a new data source if there is none for %s', (requires, title, other) => {
    mockGrafana({ dataSources: [other] });
    openPage(requires);
    expect(screen.getByText(title)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Add data source' })).toHaveAttribute(
      'href',
      '/connections/datasources/new'
    );
    expect(screen.queryByText('the page')).not.toBeInTheDocument();
  });

  it('links to the configuration if the configured one was deleted, and uses no other', () => {
    mockGrafana({ dataSources: [fakePrometheus()], settings: { prometheusUid: 'uid-deleted' } });
    openPage('prometheus');
    expect(screen.getByText('Prometheus data source not found')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Select another' })).toHaveAttribute(
      'href',
      '/a/kubeedge-sedna-app/configuration'
    );
    expect(screen.queryByText('the page')).not.toBeInTheDocument();
  });

  it.each([
    ['none', {}, 'No Prometheus data source found'],
    ['lost', { prometheusUid: 'uid-deleted' }, 'Prometheus data source not found'],
  ])('shows no link to users who may not use it: %s', (_, settings, title) => {
    mockGrafana({ settings, orgRole: 'Viewer' });
    openPage('prometheus');
    expect(screen.getByText(title)).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });
});
