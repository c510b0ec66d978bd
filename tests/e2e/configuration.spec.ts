import { APP, selectOption, expect, takeScreenshot, test } from './support';

test('says which data sources are in use and why, and tests them', async ({ page, watched }) => {
  await page.goto(`${APP}/configuration`);
  for (const [role, name] of [
    ['prometheus', 'Sedna Prometheus'],
    ['loki', 'Sedna Loki'],
  ]) {
    const field = page.getByTestId(`configuration-${role}`);
    await expect(field).toContainText(`In use: ${name}, as configured.`);
    await field.getByRole('button', { name: 'Test' }).click();
    await expect(field.getByText('It answers')).toBeVisible();
  }
  expect(watched.errors).toEqual([]);
  await takeScreenshot(page, 'configuration');
});

test('a saved choice holds for the pages, and can be left to the app again', async ({ page }) => {
  await page.goto(`${APP}/configuration`);
  const field = page.getByTestId('configuration-prometheus');
  await field.getByRole('button', { name: 'Clear value' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field).toContainText("In use: Sedna Prometheus, Grafana's default.");
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await selectOption(page, 'Prometheus', 'Sedna Prometheus');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field).toContainText('In use: Sedna Prometheus, as configured.');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
});

test('people without a login can look, but not configure', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, storageState: undefined });
  const page = await context.newPage();
  await page.goto(`${APP}/overview`);
  await expect(page.getByTestId('job-list')).toBeVisible();
  await page.goto(`${APP}/configuration`);
  // Grafana leads those who may not see a page to another one.
  await expect(page).not.toHaveURL(/configuration/);
  await expect(page.getByRole('heading', { level: 1 }).or(page.getByText('Welcome to Grafana')).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
  await context.close();
});
