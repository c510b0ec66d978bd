import { appendLogs, isNativeStack } from '../support/control';
import { expect, takeScreenshot, test } from '../support/test';

/** What users do with the result of a log search: scores, patterns, alert rules, panels, saved searches, links. */

const JOB = 'atcii-classifier-demo';

test('shows the scores of tasks from the lines, and which were dropped and why', async ({ page, monitor, logs }) => {
  await logs.open({ namespace: 'default', job: JOB, from: 'now-3h', to: 'now', view: 'scores' });
  await expect(logs.table).toContainText('precision_score');
  await expect(
    logs.table
      .getByRole('row')
      .filter({ hasText: /Dropped\s*all scores < / })
      .first()
  ).toBeVisible();
  await expect(logs.table.getByRole('row').filter({ hasText: 'Not dropped' }).first()).toBeVisible();
  await takeScreenshot(page, 'logs-scores');
  await logs.table.getByRole('button', { name: 'Show context' }).first().click();
  await expect(logs.dialog).toContainText(/scores: \{/);
  expect(monitor.errors).toEqual([]);
});

test('finds patterns of lines and narrows the search to one of them', async ({ page, monitor, logs }) => {
  // Loki forgets patterns when it restarts, and lists those with at least 30 lines.
  const pod = 'pattern-train-00001';
  const texts = Array.from({ length: 60 }, (_, index) => `epoch ${index} of the pattern test: loss ${1 / (index + 1)}`);
  if (isNativeStack()) {
    await appendLogs({ namespace: 'patterns', pod, texts });
  }
  const row = logs.table.getByRole('row').filter({ hasText: '<_>' }).first();
  await expect(async () => {
    await logs.open({
      namespace: isNativeStack() ? 'patterns' : 'default',
      from: 'now-1h',
      to: 'now',
      view: 'patterns',
    });
    await expect(row).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await takeScreenshot(page, 'logs-patterns');
  await row.getByRole('button', { name: /^Include/ }).click();
  await expect(page).toHaveURL(/include=/);
  await expect(page).toHaveURL(/keywords=regex/);
  await expect(logs.lines).toContainText(/\d\d:\d\d:\d\d/);
  expect(monitor.errors).toEqual([]);
});

test("opens Grafana's form for an alert rule with the search filled in", async ({ page, logs }) => {
  await logs.open({ namespace: 'default', job: JOB, include: 'Traceback' });
  await logs.chooseAction('Create alert rule');
  await expect(page).toHaveURL(/\/alerting\/new/);
  await expect(page.getByRole('textbox', { name: /name/i }).first()).toHaveValue(new RegExp(JOB));
  await expect(page.getByText(/count_over_time/).first()).toBeVisible();
});

test('adds a search to a dashboard as a panel', async ({ page, logs }) => {
  await logs.open({ namespace: 'sedna', include: 'stage' });
  await logs.chooseAction('Add to dashboard');
  await page.getByRole('button', { name: 'Open dashboard' }).click();
  await expect(page).toHaveURL(/\/dashboard\//);
  await expect(page.locator('section').filter({ hasText: /stage/ }).first()).toContainText(/stage/);
});

test('saves a search under a name, opens it after a reload, and deletes it', async ({ page, logs }) => {
  const name = `of robots "${Date.now()}"`;
  await logs.open({ namespace: 'sedna', include: 'stage failed!', level: 'error' });
  await logs.saveSearch(name);
  await expect(logs.getSavedSearch(name)).toBeVisible();
  await logs.open();
  await logs.openSavedSearches();
  await logs.getSavedSearch(name).click();
  await expect(page).toHaveURL(/include=stage/);
  await expect(page).toHaveURL(/level=error/);
  await expect(logs.lines).toContainText('stage failed!');
  await logs.openSavedSearches();
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await expect(logs.getSavedSearch(name)).toHaveCount(0);
});

test('a round of a job sets the time range, and a stage narrows it', async ({ page, logs }) => {
  await logs.open({ namespace: 'default', job: JOB, from: 'now-15m', to: 'now' });
  await logs.selectRound('Round 2');
  const getStart = () => Date.parse(new URL(page.url()).searchParams.get('from') ?? '');
  await expect.poll(getStart).toBeGreaterThan(0);
  await expect(logs.lines).toContainText(/\d\d:\d\d:\d\d/);
  const roundStart = getStart();
  await logs.selectStage('Eval (eval)');
  await expect(page).toHaveURL(/worker=eval/);
  await expect.poll(getStart).toBeGreaterThan(roundStart);
});

test('a copied link keeps the absolute time range', async ({ page, context, logs }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await logs.open({ namespace: 'sedna', include: ['stage', 'failed'], from: 'now-2h', to: 'now' });
  await logs.copyLink();
  await expect(logs.linkCopied).toBeVisible();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(link.searchParams.getAll('include')).toEqual(['stage', 'failed']);
  expect(Number(link.searchParams.get('to')) - Number(link.searchParams.get('from'))).toBe(2 * 3_600_000);
  await page.goto(link.toString());
  await expect(logs.lines).toContainText('failed');
});

test('the Logs tab of an object shows its lines under its states in the same time range', async ({
  page,
  monitor,
  resource,
}) => {
  await resource.open({ name: JOB }, 'logs', { from: 'now-1h', to: 'now' });
  await expect(resource.statePanel.locator('canvas').first()).toBeVisible();
  await takeScreenshot(page, 'resource-logs');
  expect(monitor.errors).toEqual([]);
});
