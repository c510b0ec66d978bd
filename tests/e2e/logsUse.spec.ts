import { APP, selectOption, expect, takeScreenshot, test } from './support';

/** What the logs page makes of lines: scores, patterns, alert rules, panels, saved searches, links. */

const LINES = 'data-testid Panel header Lines';
const JOB = 'atcii-classifier-demo';

test('scores of tasks are read out of the lines, with what was dropped and why', async ({ page, watched }) => {
  await page.goto(`${APP}/logs?namespace=default&job=${JOB}&from=now-3h&to=now&view=scores`);
  const table = page.getByRole('table');
  await expect(table).toContainText('precision_score');
  await expect(
    table
      .getByRole('row')
      .filter({ hasText: /Dropped\s*all scores < / })
      .first()
  ).toBeVisible();
  await expect(table.getByRole('row').filter({ hasText: 'Not dropped' }).first()).toBeVisible();
  await takeScreenshot(page, 'logs-scores');
  await table.getByRole('button', { name: 'Show context' }).first().click();
  await expect(page.getByRole('dialog')).toContainText(/scores: \{/);
  expect(watched.errors).toEqual([]);
});

test('patterns of the lines are found, and narrow the search', async ({ page, watched }) => {
  await page.goto(`${APP}/logs?namespace=default&from=now-1h&to=now&view=patterns`);
  const row = page.getByRole('table').getByRole('row').filter({ hasText: '<_>' }).first();
  await expect(row).toBeVisible();
  await takeScreenshot(page, 'logs-patterns');
  await row.getByRole('button', { name: /^Include/ }).click();
  await expect(page).toHaveURL(/include=/);
  await expect(page).toHaveURL(/keywords=regex/);
  await expect(page.getByTestId(LINES)).toContainText(/\d\d:\d\d:\d\d/);
  expect(watched.errors).toEqual([]);
});

test('a search becomes an alert rule: the form of Grafana is filled in', async ({ page }) => {
  await page.goto(`${APP}/logs?namespace=default&job=${JOB}&include=Traceback`);
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByText('Create alert rule').click();
  await expect(page).toHaveURL(/\/alerting\/new/);
  await expect(page.getByRole('textbox', { name: /name/i }).first()).toHaveValue(new RegExp(JOB));
  await expect(page.getByText(/count_over_time/).first()).toBeVisible();
});

test('a search becomes a panel of a dashboard', async ({ page }) => {
  await page.goto(`${APP}/logs?namespace=sedna&include=stage`);
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByText('Add to dashboard').click();
  await page.getByRole('button', { name: 'Open dashboard' }).click();
  await expect(page).toHaveURL(/\/dashboard\//);
  await expect(page.locator('section').filter({ hasText: /stage/ }).first()).toContainText(/stage/);
});

test('a search is saved under a name, found again after a reload, and deleted', async ({ page }) => {
  const name = `of robots "${Date.now()}"`;
  await page.goto(`${APP}/logs?namespace=sedna&include=stage%20failed!&level=error`);
  await page.getByRole('button', { name: 'Saved searches' }).click();
  await page.getByLabel('Save this search as').fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('dialog').getByText(name)).toBeVisible();
  await page.goto(`${APP}/logs`);
  await page.getByRole('button', { name: 'Saved searches' }).click();
  await page.getByRole('dialog').getByText(name).click();
  await expect(page).toHaveURL(/include=stage/);
  await expect(page).toHaveURL(/level=error/);
  await expect(page.getByTestId(LINES)).toContainText('stage failed!');
  await page.getByRole('button', { name: 'Saved searches' }).click();
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await expect(page.getByRole('dialog').getByText(name)).toHaveCount(0);
});

test('a round of a job is a time range, of its stage where one is chosen', async ({ page }) => {
  await page.goto(`${APP}/logs?namespace=default&job=${JOB}&from=now-15m&to=now`);
  await selectOption(page, 'Round', 'Round 2');
  const start = () => Date.parse(new URL(page.url()).searchParams.get('from') ?? '');
  await expect.poll(start).toBeGreaterThan(0);
  await expect(page.getByTestId(LINES)).toContainText(/\d\d:\d\d:\d\d/);
  const whole = start();
  await selectOption(page, 'Stage \\(worker\\)', 'Eval (eval)');
  await expect(page).toHaveURL(/worker=eval/);
  await expect.poll(start).toBeGreaterThan(whole);
});

test('a link to the page keeps the time that it shows', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${APP}/logs?namespace=sedna&include=stage&include=failed&from=now-2h&to=now`);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Link copied to clipboard')).toBeVisible();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(link.searchParams.getAll('include')).toEqual(['stage', 'failed']);
  expect(Number(link.searchParams.get('to')) - Number(link.searchParams.get('from'))).toBe(2 * 3_600_000);
  await page.goto(link.toString());
  await expect(page.getByTestId(LINES)).toContainText('failed');
});

test('the lines of an object stand under its states over the same time', async ({ page, watched }) => {
  await page.goto(`${APP}/resources/LifelongLearningJob/default/${JOB}/logs?from=now-1h&to=now`);
  const timeline = page.getByTestId('data-testid Panel header State over time');
  await expect(timeline.locator('canvas').first()).toBeVisible();
  await takeScreenshot(page, 'resource-logs');
  expect(watched.errors).toEqual([]);
});
