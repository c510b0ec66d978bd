import { readFileSync } from 'node:fs';
import { APP, selectOption, expect, takeScreenshot, test } from './support';

/** Use case 1: logs by pod and keyword. */

const LINES = 'data-testid Panel header Lines';

test('asks for a namespace first, then shows volume and lines', async ({ page, watched }) => {
  await page.goto(`${APP}/logs`);
  await page.getByRole('button', { name: 'default', exact: true }).click();
  await expect(page.getByTestId('data-testid Panel header Log volume, shown lines')).toBeVisible();
  await expect(page.getByTestId(LINES)).toContainText(/INFO|unknown|\d\d:\d\d:\d\d/);
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
  const lines = page.getByTestId(LINES);
  await expect(lines).toContainText(
    "ValueError: can't find class type knowledge_management class name UpdateStrategyDefault"
  );
  await expect(page).toHaveURL(/include=valueerror/);
  await takeScreenshot(page, 'logs');
  await page.reload();
  await expect(lines).toContainText('ValueError');
  expect(watched.errors).toEqual([]);
});

test('a keyword that is nowhere says so', async ({ page }) => {
  await page.goto(`${APP}/logs?namespace=default&include=no%20such%20text%20anywhere`);
  await expect(page.getByText('No results found')).toBeVisible();
});

test('levels follow Sedna: a failed stage is an error although it is written at INFO', async ({ page }) => {
  await page.goto(`${APP}/logs?namespace=sedna&include=stage%20failed!&level=error`);
  await expect(page.getByTestId(LINES)).toContainText('stage failed!');
  await page.goto(`${APP}/logs?namespace=sedna&include=stage%20failed!&level=info`);
  await expect(page.getByText('No results found')).toBeVisible();
});

test('pods can be chosen by typing a part of the name', async ({ page }) => {
  await page.goto(`${APP}/logs?namespace=sedna`);
  await selectOption(page, 'Pods', 'gm-');
  await expect(page).toHaveURL(/pod=gm-/);
});

test('a keyword that Loki cannot read as a pattern is said before it is asked for lines', async ({ page, watched }) => {
  await page.goto(`${APP}/logs?namespace=default&include=a(b&keywords=regex`);
  await expect(page.getByRole('alert', { name: /Loki can't parse "a\(b" as a regular expression/ })).toContainText(
    'missing closing )'
  );
  expect(watched.queries.filter((query) => query.includes('decolorize'))).toEqual([]);
  await page.getByRole('button', { name: 'Search as plain text' }).click();
  await expect(page.getByText('No results found')).toBeVisible();
  await expect(page).not.toHaveURL(/keywords=regex/);
});

test('a pattern finds what a plain keyword would not', async ({ page }) => {
  await page.goto(`${APP}/logs?component=global-manager&include=stage%20(failed|completed)!&keywords=regex`);
  await expect(page.getByTestId(LINES)).toContainText('stage failed!');
});

test('live lines come as they are written, and can be stopped', async ({ page, watched }) => {
  await page.goto(`${APP}/logs?component=global-manager`);
  await page.getByRole('button', { name: 'Live', exact: true }).click();
  await expect(page.getByText('Streaming')).toBeVisible();
  const lines = page.getByTestId('data-testid Panel header Live lines');
  await expect(lines).toContainText(/\.go:\d+\]/);
  await takeScreenshot(page, 'logs-live');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByTestId(LINES)).toBeVisible();
  expect(watched.errors).toEqual([]);
});

test('the lines around a line, and a link that opens at it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${APP}/logs?namespace=sedna&include=stage%20failed!`);
  const line = page.getByTestId(LINES).locator('.log-line-body, [class*=logLine]').filter({ hasText: 'stage failed!' });
  await expect(line.first()).toBeVisible();
  const menu = () => page.getByTestId(LINES).getByLabel('Log menu').first();
  await menu().click();
  await page.getByText('Show context').click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('stage failed!');
  await takeScreenshot(page, 'logs-context');
  await page.keyboard.press('Escape');
  await menu().click();
  await page.getByText('Copy link to this line').click();
  await expect(page.getByText('Link copied to clipboard')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto(link);
  await expect(page.getByTestId(LINES)).toContainText('stage failed!');
});

test('all lines of the range are downloaded, not only those that are shown', async ({ page }) => {
  // The native dialog cannot be driven; the other way is the one of browsers without it.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await page.goto(`${APP}/logs?namespace=default&from=now-6h&to=now`);
  await expect(page.getByText(/Newest 500 lines/)).toBeVisible();
  await page.getByRole('button', { name: 'Download all' }).click();
  const started = page.waitForEvent('download');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Download/ })
    .click();
  const file = await (await started).path();
  expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeGreaterThan(500);
});
