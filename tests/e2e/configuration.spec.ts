import { APP, selectOption, expect, takeScreenshot, test } from './support';

test('shows which data sources are in use and why, and tests them', async ({ page, watched }) => {
  await page.goto(`${APP}/configuration`);
  for (const [role, name] of [
    ['prometheus', 'Sedna Prometheus'],
    ['loki', 'Sedna Loki'],
  ]) {
    const field = page.getByTestId(`configuration-${role}`);
    await expect(field).toContainText(`In use: ${name} (configured).`);
    await field.getByRole('button', { name: 'Test' }).click();
    await expect(field.getByText('Connection works')).toBeVisible();
  }
  expect(watched.errors).toEqual([]);
  await takeScreenshot(page, 'configuration');
});

test('a data source selection is saved and can be cleared', async ({ page }) => {
  await page.goto(`${APP}/configuration`);
  const field = page.getByTestId('configuration-prometheus');
  await field.getByRole('button', { name: 'Clear value' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field).toContainText('In use: Sedna Prometheus (Grafana default).');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await selectOption(page, 'Prometheus', 'Sedna Prometheus');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field).toContainText('In use: Sedna Prometheus (configured).');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
});

test('anonymous users can view pages but not the configuration', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, storageState: undefined });
  const page = await context.newPage();
  await page.goto(`${APP}/overview`);
  await expect(page.getByTestId('job-list')).toBeVisible();
  await page.goto(`${APP}/configuration`);
  // Grafana redirects users who can't see a page.
  await expect(page).not.toHaveURL(/configuration/);
  await expect(page.getByRole('heading', { level: 1 }).or(page.getByText('Welcome to Grafana')).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
  await context.close();
});
