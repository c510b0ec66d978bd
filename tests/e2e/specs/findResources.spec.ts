import { APP_PATH } from '../pages/urls';
import { expect, takeScreenshot, test } from '../support/test';

test('one list shows all kinds, and each kind has its own columns', async ({ page, monitor, resourceList }) => {
  await resourceList.open({ refresh: '5m' });
  await expect(resourceList.rows.nth(1)).toBeVisible();
  await monitor.settled();
  expect(monitor.queries.length, monitor.queries.join('\n')).toBeLessThanOrEqual(8);
  expect(monitor.errors).toEqual([]);
  await takeScreenshot(page, 'resources');
  await resourceList.selectKind('Dataset');
  await expect(resourceList.getColumn('Samples')).toBeVisible();
  const row = resourceList.rows.filter({ hasText: 'lifelong-dataset' }).first();
  await expect(row).toContainText('/data/trainData.csv');
  await expect(page).toHaveURL(/kind=Dataset/);
  await resourceList.open({ kind: 'ReidJob', q: 'pedestrian-reid' });
  await expect(resourceList.rows).toHaveCount(2);
  await expect(resourceList.getColumn('Phase')).toBeVisible();
});

test('the list filters by words, kind, namespace, and state while the user types, and keeps filters in the URL', async ({
  page,
  resourceList,
}) => {
  await resourceList.open();
  await resourceList.nameField.fill('kind:ll ATCII');
  await expect(resourceList.rows).toHaveCount(3);
  await resourceList.selectNamespace('factory');
  await expect(resourceList.rows).toHaveCount(2);
  await expect(page).toHaveURL(/namespace=factory/);
  await page.reload();
  await expect(resourceList.rows).toHaveCount(2);
  await resourceList.nameField.fill('no such name');
  await expect(resourceList.noMatches).toBeVisible();
  await resourceList.open({ q: 'is:stuck' });
  await expect(resourceList.getLink('stuck-starting-image')).toBeVisible();
  await expect(resourceList.getLink(/^odd-/)).toHaveCount(0);
});

test('starred and recently opened objects stay with the user', async ({ resourceList, resource }) => {
  await resourceList.open({ q: 'robo-demo' });
  await resourceList.getStarButton('robo-demo').click();
  await expect(resourceList.getUnstarButton('robo-demo')).toBeVisible();
  await resourceList.getLink('robo-demo').click();
  await expect(resource.status).toBeVisible();
  await resourceList.open();
  for (const list of ['Starred', 'Recently opened'] as const) {
    await expect(resourceList.getQuickLink(list, 'robo-demo')).toBeVisible();
  }
  await resourceList.nameField.fill('is:starred');
  await resourceList.getUnstarButton('robo-demo').click();
  await expect(resourceList.noMatches).toBeVisible();
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
  await expect(page).toHaveURL(new RegExp(`${APP_PATH}/resources`));
});
