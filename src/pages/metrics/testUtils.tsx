/** Opens the Metrics page in a Grafana of the tests. */
import { act, screen, within } from '@testing-library/react';
import { fakePrometheus, mockGrafana, type FakeDataSource } from '../../test/mockGrafana';
import { renderPage } from '../../test/render';
import { MetricsScene } from './MetricsScene';

export async function openMetrics(
  url: Record<string, string | string[]> = {},
  responses: Partial<FakeDataSource> = {}
) {
  const prometheus = Object.assign(fakePrometheus(), responses);
  mockGrafana({ dataSources: [prometheus] });
  const metrics = new MetricsScene();
  metrics.updateFromUrl(url);
  const { unmount } = renderPage(metrics);
  await act(async () => {});
  return { prometheus, metrics, unmount };
}

/** Finds the rows of the only table, without its header. */
export const findRows = async () =>
  within(await screen.findByRole('table'))
    .getAllByRole('row')
    .slice(1);

export const findRowTexts = async () => (await findRows()).map(({ textContent }) => textContent);

/** Returns the requests of the metric itself, without those of the summary. */
export const getMetricRequests = ({ requests }: FakeDataSource) => requests.filter((request) => 'metric' in request);
