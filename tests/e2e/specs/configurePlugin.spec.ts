import { expect, takeScreenshot, test } from '../support/test';
import { OverviewPage } from '../pages/OverviewPage';
import { ConfigurationPage } from '../pages/ConfigurationPage';

const SETTINGS = '/api/plugins/kubeedge-sedna-app/settings';

/** Settings before each test. Grafana keeps the secrets that a request does not contain. */
let settings: { enabled: boolean; pinned: boolean; jsonData: unknown };

test.beforeEach(async ({ request }) => {
  const { enabled, pinned, jsonData } = await (await request.get(SETTINGS)).json();
  settings = { enabled, pinned, jsonData };
});

test.afterEach(({ request }) => request.post(SETTINGS, { data: settings }));

test('shows which data sources are in use and why, and tests them', async ({ page, monitor, configuration }) => {
  await configuration.open();
  for (const [role, name] of [
    ['prometheus', 'Sedna Prometheus'],
    ['loki', 'Sedna Loki'],
  ] as const) {
    const field = configuration.getDataSource(role);
    await expect(field).toContainText(`In use: ${name} (configured).`);
    await configuration.testDataSource(role);
    await expect(field.getByText('Connection works')).toBeVisible();
  }
  expect(monitor.errors).toEqual([]);
  await takeScreenshot(page, 'configuration');
});

test('a data source selection is saved and can be cleared', async ({ configuration }) => {
  await configuration.open();
  const field = configuration.getDataSource('prometheus');
  await configuration.clearDataSource('prometheus');
  await configuration.saveButton.click();
  await expect(field).toContainText('In use: Sedna Prometheus (Grafana default).');
  await expect(configuration.saveButton).toBeDisabled();
  await configuration.selectPrometheus('Sedna Prometheus');
  await configuration.saveButton.click();
  await expect(field).toContainText('In use: Sedna Prometheus (configured).');
  await expect(configuration.saveButton).toBeDisabled();
});

test('anonymous users can view pages but not the configuration', async ({ viewerPage }) => {
  const overview = new OverviewPage(viewerPage);
  await overview.open();
  await expect(overview.jobList).toBeVisible();
  const configuration = new ConfigurationPage(viewerPage);
  await configuration.open();
  // Grafana redirects users who can't see a page.
  await expect(viewerPage).not.toHaveURL(/configuration/);
  await expect(
    viewerPage.getByRole('heading', { level: 1 }).or(viewerPage.getByText('Welcome to Grafana')).first()
  ).toBeVisible();
  await expect(configuration.saveButton).toHaveCount(0);
});
