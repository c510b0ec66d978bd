/** Opens the page Metrics in a Grafana for tests. */
import { act, screen, within } from '@testing-library/react';
import { fakePrometheus, mockGrafana, type FakeDataSource } from '../../test/mockGrafana';
import { renderPage } from '../../test/render';
import { MetricsScene } from './MetricsScene';

export async function openMetrics(url: Record<string, string | string[]> = {}, change: Partial<FakeDataSource> = {}) {
  const prometheus = Object.assign(fakePrometheus(), change);
  mockGrafana({ dataSources: [prometheus] });
  const metrics = new MetricsScene();
  metrics.updateFromUrl(url);
  const { unmount } = renderPage(metrics);
  await act(async () => {});
  return { prometheus, metrics, unmount };
}
export const rows = async () =>
  within(await screen.findByRole('table'))
    .getAllByRole('row')
    .slice(1);
export const texts = async () => (await rows()).map(({ textContent }) => textContent);
/** What was asked of the metric itself, without the facts before. */
export const asked = ({ requests }: FakeDataSource) => requests.filter((request) => 'metric' in request);
