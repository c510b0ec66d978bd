import React from 'react';
import { screen } from '@testing-library/react';
import { SceneAppPage } from '@grafana/scenes';
import { findKind, KINDS, type KindName } from '../../sedna/kinds';
import { fakeLoki, fakePrometheus, mockGrafana } from '../../test/mockGrafana';
import { renderInApp } from '../../test/render';
import { createObjectPage, resourcesPage, createTabScene } from './resourcesPage';
import { OBJECT_TABS } from './tabs';

const APP = '/a/kubeedge-sedna-app';
const ref = { namespace: 'robots', name: 'dog' };

const tabsOf = (kind: KindName) => OBJECT_TABS.filter(({ isFor }) => isFor(findKind(kind)!)).map(({ id }) => id);

it.each([
  ['LifelongLearningJob', ['status', 'diagnosis', 'workers', 'logs', 'metrics', 'relations', 'object']],
  ['JointInferenceService', ['status', 'diagnosis', 'workers', 'logs', 'metrics', 'relations', 'object']],
  ['ObjectTrackingService', ['status', 'diagnosis', 'metrics', 'object']],
  ['Dataset', ['status', 'diagnosis', 'logs', 'metrics', 'relations', 'object']],
  ['Model', ['status', 'diagnosis', 'metrics', 'relations', 'object']],
] as const)('gives %s the tabs %j', (kind, ids) => expect(tabsOf(kind)).toEqual(ids));

it('gives each tab a URL and shares the time range between tabs', () => {
  mockGrafana({ dataSources: [fakePrometheus()] });
  const page = createObjectPage('Dataset', 'a/b', 'c?d', resourcesPage());
  const tabs = page.state.tabs ?? [];
  expect(tabs.map(({ state }) => state.url)[1]).toBe(`${APP}/resources/Dataset/a%2Fb/c%3Fd/diagnosis`);
  expect(tabs.every((tab) => tab.state.preserveUrlKeys?.includes('from'))).toBe(true);
});

describe.each(KINDS.map(({ kind }) => kind))('tabs of %s', (kind) => {
  // The Object tab sends no data source query; its own tests cover its requests to Kubernetes.
  it.each(tabsOf(kind).filter((id) => id !== 'object'))(
    'sends at most eight queries, none twice, when %s opens',
    async (id) => {
      const [prometheus, loki] = [fakePrometheus(), fakeLoki()];
      mockGrafana({ dataSources: [prometheus, loki] });
      const scene = createTabScene(
        OBJECT_TABS.find((tab) => tab.id === id)!,
        { kind, ...ref }
      );
      const { unmount } = renderInApp(<scene.Component model={scene} />);
      await screen.findByTestId('data-testid RefreshPicker run button');
      const sent = [...prometheus.sent, ...loki.sent];
      expect(sent.length).toBeGreaterThan(0);
      expect(sent.length).toBeLessThanOrEqual(8);
      expect(new Set(sent).size).toBe(sent.length);
      unmount();
    }
  );
});

it('links to the list when the URL has an unknown kind', () => {
  const prometheus = fakePrometheus();
  mockGrafana({ dataSources: [prometheus] });
  const page = createObjectPage('Job', 'robots', 'dog', resourcesPage());
  expect(page.state.tabs).toBeUndefined();
  expect(page).toBeInstanceOf(SceneAppPage);
  const scene = page.getScene({ url: 'x', path: 'x', isExact: true, params: {} });
  renderInApp(<scene.Component model={scene} />);
  expect(screen.getByText('Sedna has no kind named Job')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'View all resources' })).toHaveAttribute('href', `${APP}/resources`);
  expect(prometheus.requests).toEqual([]);
});
