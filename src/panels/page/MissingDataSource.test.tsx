import { screen } from '@testing-library/react';
import { SceneCanvasText } from '@grafana/scenes';
import { fakeLoki, fakePrometheus, mockGrafana } from '../../test/mockGrafana';
import { renderPage } from '../../test/render';

const openPage = (needs: 'prometheus' | 'loki') => renderPage(new SceneCanvasText({ text: 'the page' }), needs);

it('shows the page where its data source is there', () => {
  mockGrafana({ dataSources: [fakePrometheus()] });
  openPage('prometheus');
  expect(screen.getByText('the page')).toBeInTheDocument();
});

it.each([
  ['prometheus', 'No Prometheus data source found', fakeLoki()],
  ['loki', 'No Loki data source found', fakePrometheus()],
] as const)('leads an administrator to a new data source where there is none for %s', (needs, title, other) => {
  mockGrafana({ dataSources: [other] });
  openPage(needs);
  expect(screen.getByText(title)).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Add data source' })).toHaveAttribute('href', '/connections/datasources/new');
  expect(screen.queryByText('the page')).not.toBeInTheDocument();
});

it('leads to the configuration where the chosen one is gone, and takes no other in its place', () => {
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
])('does not lead others to what they may not do: %s', (_, settings, title) => {
  mockGrafana({ settings, orgRole: 'Viewer' });
  openPage('prometheus');
  expect(screen.getByText(title)).toBeInTheDocument();
  expect(screen.queryByRole('link')).not.toBeInTheDocument();
});
