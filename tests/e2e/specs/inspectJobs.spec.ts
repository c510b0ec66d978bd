import { expect, takeScreenshot, test } from '../support/test';

const JOB = { name: 'atcii-classifier-demo' };

test('the Status tab shows stage, round, and last transition of a job', async ({ page, monitor, resource }) => {
  await resource.open(JOB);
  await expect(resource.status).toContainText(/(Train|Eval|Deploy) · /);
  await expect(resource.status).toContainText(/Round\s*\d/);
  await expect(resource.getStatusItem('Last transition')).toContainText(/ago/);
  await expect(resource.status.getByRole('img', { name: /(Train|Eval|Deploy) is / })).toBeVisible();
  await expect(resource.statePanel).toBeVisible();
  await monitor.settled();
  expect(monitor.queries.length).toBeLessThanOrEqual(8);
  expect(new Set(monitor.queries).size).toBe(monitor.queries.length);
  expect(monitor.errors).toEqual([]);
  await takeScreenshot(page, 'resource');
});

test('the Workers tab shows the pod and node of a stage and links to its logs', async ({ page, resource }) => {
  await resource.open(JOB, 'workers');
  const row = resource
    .getWorker(/^atcii-classifier-demo-train-/)
    .filter({ hasText: 'Succeeded' })
    .first();
  await expect(row).toContainText('edge-node');
  await expect(row).toContainText('edge');
  await row.getByRole('link').click();
  await expect(page).toHaveURL(/\/logs\?.*pod=atcii-classifier-demo-train-/);
  await expect(page).toHaveURL(/from=\d+/);
  await expect(resource.noResults).toBeHidden();
});

test('the table of rounds links a stage to its logs', async ({ page, monitor, resource }) => {
  await resource.open(JOB);
  await resource.rounds
    .getByRole('link', { name: /^Completed · / })
    .last()
    .click();
  await expect(page).toHaveURL(/\/atcii-classifier-demo\/logs\?.*stage=(Train|Eval|Deploy)/);
  await expect(resource.linesPanel).toBeVisible();
  await monitor.settled();
  expect(monitor.errors).toEqual([]);
});

test('a click on a stage in the state panel opens its logs', async ({ page, monitor, resource }) => {
  await resource.open(JOB);
  await monitor.settled();
  const canvas = resource.statePanel.locator('.u-over');
  const { width, height } = (await canvas.boundingBox())!;
  const position = { x: width / 2, y: height / 4 };
  await canvas.hover({ position });
  const tooltip = page.getByTestId('data-testid viz-tooltip-wrapper');
  await expect(tooltip).toContainText('Click to open the logs of this stage');
  const [stage] = /Train|Eval|Deploy/.exec(await tooltip.innerText())!;
  await canvas.click({ position });
  await expect(page).toHaveURL(new RegExp(`/atcii-classifier-demo/logs\\?.*stage=${stage}`));
  const { searchParams } = new URL(page.url());
  // Milliseconds, until Grafana writes them as dates.
  const [from, to] = ['from', 'to'].map((end) => Number(searchParams.get(end)) || Date.parse(searchParams.get(end)!));
  // The stage with five minutes on both sides, much less than the three hours of the page.
  expect(to - from).toBeGreaterThan(10 * 60_000);
  expect(to - from).toBeLessThan(120 * 60_000);
  await expect(resource.linesPanel).toBeVisible();
  await expect(resource.noResults).toBeHidden();
});

test('the table of rounds shows dropped tasks with their scores', async ({ resource }) => {
  await resource.open(JOB);
  const dropped = resource.getRoundsRow(/^Dropped tasks/);
  // Tasks of the newest evaluated round by name, each with its scores.
  await expect(dropped.getByText(/^\S+ \((\w+ [\d.]+)(, \w+ [\d.]+)*\)$/).first()).toBeVisible();
  await expect(dropped).toContainText(/Winter_4\.0 \(.*\b0\.\d+/);
});

test('the Status tab shows the changes between two rounds', async ({ resource }) => {
  await resource.open(JOB);
  await expect(resource.roundChanges.getByRole('listitem').first()).toBeVisible();
  await expect(resource.getRoundsRow(/^Training samples/)).toContainText(/\d/);
  await expect(resource.getRoundsRow(/^Dropped tasks/)).toContainText('Winter_4.0');
});

test('metrics are queried when they are shown, and relations link to other objects', async ({
  page,
  monitor,
  resource,
}) => {
  await resource.open(JOB, 'metrics', { from: 'now-2h', to: 'now' });
  await expect(resource.metricPanels.locator('figure')).toHaveCount(6);
  await monitor.settled();
  expect(monitor.queries.length).toBeLessThanOrEqual(8);
  await resource.openTab('Relations');
  await resource.openRelation('lifelong-dataset');
  await expect(page).toHaveURL(/\/resources\/Dataset\/default\/lifelong-dataset\?from=now-2h&to=now/);
  await expect(resource.status).toContainText('/data/trainData.csv');
  expect(monitor.errors).toEqual([]);
});

test('the URL of an object that does not exist says so', async ({ page, resource }) => {
  await resource.open({ name: 'no-such-job' });
  await expect(page.getByText('no-such-job not found')).toBeVisible();
});
