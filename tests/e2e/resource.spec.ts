import type { Page } from '@playwright/test';
import { APP, expect, takeScreenshot, test } from './support';

/** The page of an object, by the questions that operators ask about stuck jobs. */

const jobUrl = (name: string, tab = '', namespace = 'default') =>
  `${APP}/resources/LifelongLearningJob/${namespace}/${name}${tab && `/${tab}`}`;

const openTab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();

const finding = (page: Page, rule: string) => page.locator(`[data-rule="${rule}"]`);

test('the Status tab shows stage, round, and last transition of a job', async ({ page, watched }) => {
  await page.goto(jobUrl('atcii-classifier-demo'));
  const status = page.getByTestId('resource-status');
  await expect(status).toContainText(/(Train|Eval|Deploy) · /);
  await expect(status).toContainText(/Round\s*\d/);
  await expect(status.getByText('Last transition').locator('../..')).toContainText(/ago/);
  await expect(status.getByRole('img', { name: /(Train|Eval|Deploy) is / })).toBeVisible();
  await expect(page.getByTestId('data-testid Panel header State over time')).toBeVisible();
  await watched.settled();
  expect(watched.queries.length).toBeLessThanOrEqual(8);
  expect(new Set(watched.queries).size).toBe(watched.queries.length);
  expect(watched.errors).toEqual([]);
  await takeScreenshot(page, 'resource');
});

test('the diagnosis says that a job waits because its dataset is not loaded', async ({ page, watched }) => {
  await page.goto(jobUrl('stuck-waiting-dataset'));
  await openTab(page, 'Diagnosis');
  await expect(page).toHaveURL(/\/stuck-waiting-dataset\/diagnosis/);
  await expect(finding(page, 'dataset-unread')).toContainText('missing-dataset');
  const checklist = page.getByTestId('waiting-checklist');
  await expect(checklist.locator('[data-item="dataset"]')).toHaveAttribute('data-state', 'not-ok');
  await watched.settled();
  expect(watched.queries.filter((query) => query.includes('stuck-waiting-dataset')).length).toBeLessThanOrEqual(10);
  expect(watched.errors).toEqual([]);
  await takeScreenshot(page, 'diagnosis');
});

test('the diagnosis says that a job waits for its time window and has no problem', async ({ page }) => {
  await page.goto(jobUrl('odd-closed-window', 'diagnosis', 'factory'));
  const checklist = page.getByTestId('waiting-checklist');
  await expect(checklist.locator('[data-item="window"]')).toHaveAttribute('data-state', 'not-ok');
  await expect(checklist.locator('[data-item="trigger"]')).toHaveAttribute('data-state', 'ok');
  await expect(page.getByTestId('nothing-found')).toBeVisible();
});

test('the Workers tab shows the pod and node of a stage and links to its logs', async ({ page }) => {
  await page.goto(jobUrl('atcii-classifier-demo', 'workers'));
  const row = page
    .getByTestId('worker-table')
    .getByRole('row')
    .filter({ hasText: /^atcii-classifier-demo-train-/ })
    .filter({ hasText: 'Succeeded' })
    .first();
  await expect(row).toContainText('edge-node');
  await expect(row).toContainText('edge');
  await row.getByRole('link').click();
  await expect(page).toHaveURL(/\/logs\?.*pod=atcii-classifier-demo-train-/);
  await expect(page).toHaveURL(/from=\d+/);
  await expect(page.getByText('No results found')).toBeHidden();
});

test('the table of rounds links a stage to its logs', async ({ page, watched }) => {
  await page.goto(jobUrl('atcii-classifier-demo'));
  await page
    .getByTestId('rounds')
    .getByRole('link', { name: /^Completed · / })
    .last()
    .click();
  await expect(page).toHaveURL(/\/atcii-classifier-demo\/logs\?.*stage=(Train|Eval|Deploy)/);
  await expect(page.getByTestId('data-testid Panel header Newest lines')).toBeVisible();
  await watched.settled();
  expect(watched.errors).toEqual([]);
});

test('a click on a stage in the state panel opens its logs', async ({ page, watched }) => {
  await page.goto(jobUrl('atcii-classifier-demo'));
  await watched.settled();
  const canvas = page.getByTestId('data-testid Panel header State over time').locator('.u-over');
  const { width, height } = (await canvas.boundingBox())!;
  const position = { x: width / 2, y: height / 4 };
  await canvas.hover({ position });
  const tooltip = page.getByTestId('data-testid viz-tooltip-wrapper');
  await expect(tooltip).toContainText('Click to open the logs of this stage');
  const [stage] = /Train|Eval|Deploy/.exec(await tooltip.innerText())!;
  await canvas.click({ position });
  await expect(page).toHaveURL(new RegExp(`/atcii-classifier-demo/logs\\?.*stage=${stage}`));
  const { searchParams } = new URL(page.url());
  const [from, to] = ['from', 'to'].map((end) => Number(searchParams.get(end)));
  // Five minutes on both sides of a stage, and nothing like the three hours of the page.
  expect(to - from).toBeGreaterThan(10 * 60_000);
  expect(to - from).toBeLessThan(120 * 60_000);
  await expect(page.getByTestId('data-testid Panel header Newest lines')).toBeVisible();
  await expect(page.getByText('No results found')).toBeHidden();
});

test('the diagnosis shows why and how often a job fails', async ({ page }) => {
  await page.goto(jobUrl('stuck-failing-loop', 'diagnosis'));
  const found = finding(page, 'failing-loop');
  await expect(found).toContainText(/\d+ failures? in the last \d+ h/);
  await expect(found).toContainText('What to do');
  await found.getByRole('link', { name: 'Show query' }).first().click();
  await expect(page).toHaveURL(/\/explore/);
  await expect(page.getByText('stuck-failing-loop').first()).toBeVisible();
});

test('the diagnosis says that the report of a worker was lost', async ({ page }) => {
  await page.goto(jobUrl('stuck-report-lost', 'diagnosis'));
  await expect(finding(page, 'report-lost')).toContainText('The report of Train was lost, so Eval waits for ever');
  await expect(finding(page, 'report-lost')).toContainText('delete it and create it again');
});

test('the table of rounds shows dropped tasks with their scores', async ({ page }) => {
  await page.goto(jobUrl('atcii-classifier-demo'));
  const dropped = page.getByTestId('rounds').getByRole('row', { name: /^Dropped tasks/ });
  // Of the newest round that was evaluated: tasks by name, each with its scores.
  await expect(dropped.getByText(/^\S+ \((\w+ [\d.]+)(, \w+ [\d.]+)*\)$/).first()).toBeVisible();
  await expect(dropped).toContainText(/Winter_4\.0 \(.*\b0\.\d+/);
});

test('the deployed model is shown and the diagnosis says that it is an old one', async ({ page }) => {
  await page.goto(jobUrl('stuck-old-model'));
  const rounds = page.getByTestId('rounds');
  await expect(rounds.getByRole('row', { name: /^Deployed model/ })).toBeVisible();
  await openTab(page, 'Diagnosis');
  await expect(finding(page, 'index-not-updated')).toContainText('The round completed, but an old model is in use');
});

test('the Status tab shows the changes between two rounds', async ({ page }) => {
  await page.goto(jobUrl('atcii-classifier-demo'));
  const changes = page.getByTestId('round-changes');
  await expect(changes.getByRole('listitem').first()).toBeVisible();
  const rounds = page.getByTestId('rounds');
  await expect(rounds.getByRole('row', { name: /^Training samples/ })).toContainText(/\d/);
  await expect(rounds.getByRole('row', { name: /^Dropped tasks/ })).toContainText('Winter_4.0');
});

const STUCK: Array<[string, string]> = [
  ['stuck-ready-secret', 'pod-refused'],
  ['stuck-starting-image', 'pod-pending'],
  ['stuck-running-crash-loop', 'crash-loop'],
  ['stuck-deploy-copy', 'model-not-copied'],
];

for (const [name, rule] of STUCK) {
  test(`the diagnosis shows why ${name} is stuck`, async ({ page }) => {
    await page.goto(jobUrl(name, 'diagnosis'));
    await expect(finding(page, rule)).toBeVisible();
  });
}

test('metrics are queried when they are shown, and relations link to other objects', async ({ page, watched }) => {
  await page.goto(`${jobUrl('atcii-classifier-demo', 'metrics')}?from=now-2h&to=now`);
  await expect(page.getByTestId('metric-panels').locator('figure')).toHaveCount(6);
  await watched.settled();
  expect(watched.queries.length).toBeLessThanOrEqual(8);
  await openTab(page, 'Relations');
  await page.getByTestId('relation-list').getByRole('link', { name: 'lifelong-dataset' }).click();
  await expect(page).toHaveURL(/\/resources\/Dataset\/default\/lifelong-dataset\?from=now-2h&to=now/);
  await expect(page.getByTestId('resource-status')).toContainText('/data/trainData.csv');
  expect(watched.errors).toEqual([]);
});

test('the URL of an object that does not exist says so', async ({ page }) => {
  await page.goto(jobUrl('no-such-job'));
  await expect(page.getByText('no-such-job not found')).toBeVisible();
});
