import { APP, choose, expect, shoot, test } from './support';

/** Use case 1: logs by pod and keyword. */

test('asks for a namespace first, then shows volume and lines', async ({ page, watched }) => {
  await page.goto(`${APP}/logs`);
  await page.getByRole('button', { name: 'default', exact: true }).click();
  await expect(page.getByTestId('data-testid Panel header Lines by level, of those shown')).toBeVisible();
  await expect(page.getByTestId('data-testid Panel header Lines')).toContainText(/INFO|unknown|\d\d:\d\d:\d\d/);
  await expect(page).toHaveURL(/namespace=default/);
  expect(watched.errors).toEqual([]);
});

test('finds the traceback of a pod that crashes, by pod and two keywords', async ({ page, watched }) => {
  await page.goto(`${APP}/resources/LifelongLearningJob/default/stuck-running-crash-loop/workers`);
  await page
    .getByTestId('worker-table')
    .getByRole('link', { name: /-train-/ })
    .first()
    .click();
  await expect(page).toHaveURL(/pod=stuck-running-crash-loop-train-/);
  for (const keyword of ['valueerror', 'UpdateStrategyDefault']) {
    await page.locator('#logs-include').fill(keyword);
    await page.locator('#logs-include').press('Enter');
  }
  const lines = page.getByTestId('data-testid Panel header Lines');
  await expect(lines).toContainText(
    "ValueError: can't find class type knowledge_management class name UpdateStrategyDefault"
  );
  await expect(page).toHaveURL(/include=valueerror/);
  await shoot(page, 'logs');
  await page.reload();
  await expect(lines).toContainText('ValueError');
  expect(watched.errors).toEqual([]);
});

test('a keyword that is nowhere says so', async ({ page }) => {
  await page.goto(`${APP}/logs?namespace=default&include=no%20such%20text%20anywhere`);
  await expect(page.getByText('Nothing found')).toBeVisible();
});

test('levels follow Sedna: a failed stage is an error although it is written at INFO', async ({ page }) => {
  await page.goto(`${APP}/logs?namespace=sedna&include=stage%20failed!&level=error`);
  await expect(page.getByTestId('data-testid Panel header Lines')).toContainText('stage failed!');
  await page.goto(`${APP}/logs?namespace=sedna&include=stage%20failed!&level=info`);
  await expect(page.getByText('Nothing found')).toBeVisible();
});

test('pods can be chosen by typing a part of the name', async ({ page }) => {
  await page.goto(`${APP}/logs?namespace=sedna`);
  await choose(page, 'Pods', 'gm-');
  await expect(page).toHaveURL(/pod=gm-/);
});
