import { APP, selectOption, expect, takeScreenshot, test } from './support';

/** The list of all resources and its filters. */

test('one list shows all kinds, and each kind has its own columns', async ({ page, watched }) => {
  await page.goto(`${APP}/resources?refresh=5m`);
  const table = page.getByTestId('resource-table');
  await expect(table.getByRole('row').nth(1)).toBeVisible();
  await watched.settled();
  expect(watched.queries.length, watched.queries.join('\n')).toBeLessThanOrEqual(8);
  expect(watched.errors).toEqual([]);
  await takeScreenshot(page, 'resources');
  await selectOption(page, 'Kind', 'Dataset');
  await expect(table.getByRole('columnheader', { name: 'Samples' })).toBeVisible();
  const row = table.getByRole('row').filter({ hasText: 'lifelong-dataset' }).first();
  await expect(row).toContainText('/data/trainData.csv');
  await expect(page).toHaveURL(/kind=Dataset/);
  await page.goto(`${APP}/resources?kind=ReidJob&q=pedestrian-reid`);
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(table.getByRole('columnheader', { name: 'Phase' })).toBeVisible();
});

test('the list filters by words, kind, namespace, and state while the user types, and keeps filters in the URL', async ({
  page,
}) => {
  await page.goto(`${APP}/resources`);
  const table = page.getByTestId('resource-table');
  const field = page.getByRole('textbox', { name: 'Name' });
  await field.fill('kind:ll ATCII');
  await expect(table.getByRole('row')).toHaveCount(3);
  await selectOption(page, 'Namespace', 'factory');
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(page).toHaveURL(/namespace=factory/);
  await page.reload();
  await expect(table.getByRole('row')).toHaveCount(2);
  await field.fill('no such name');
  await expect(page.getByText('No resources match')).toBeVisible();
  await page.goto(`${APP}/resources?q=is:stuck`);
  await expect(table.getByRole('link', { name: 'stuck-starting-image', exact: true })).toBeVisible();
  await expect(table.getByRole('link', { name: /^odd-/ })).toHaveCount(0);
});

test('starred and recently opened objects stay with the user', async ({ page }) => {
  await page.goto(`${APP}/resources?q=robo-demo`);
  await page.getByRole('button', { name: 'Star robo-demo', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Unstar robo-demo', exact: true })).toBeVisible();
  await page.getByTestId('resource-table').getByRole('link', { name: 'robo-demo', exact: true }).click();
  await expect(page.getByTestId('resource-status')).toBeVisible();
  await page.goto(`${APP}/resources`);
  for (const name of ['Starred', 'Recently opened']) {
    await expect(
      page.getByRole('region', { name }).getByRole('link', { name: 'robo-demo', exact: true })
    ).toBeVisible();
  }
  await page.getByRole('textbox', { name: 'Name' }).fill('is:starred');
  await page.getByRole('button', { name: 'Unstar robo-demo', exact: true }).click();
  await expect(page.getByText('No resources match')).toBeVisible();
});

test('the command palette opens the list', async ({ page }) => {
  await page.goto('/');
  const search = page.getByPlaceholder(/Search or jump to/);
  // Grafana handles keys a moment after the page is visible.
  await expect(async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await expect(search).toBeVisible({ timeout: 2000 });
  }).toPass();
  await search.fill('find a resource');
  await page.getByRole('option', { name: /Sedna Ops: find a resource/ }).click();
  await expect(page).toHaveURL(new RegExp(`${APP}/resources`));
});
