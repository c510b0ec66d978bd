import type { Page } from '@playwright/test';
import { APP, expect, takeScreenshot, test } from './support';

/** Whether the knowledge base works, whether it lost files, and what jobs have learned. */

interface QueryResponse {
  data: { result: Array<{ metric: Record<string, string>; value: [number, string] }> };
}

const API = '/api/datasources/uid';

/** Queries the Prometheus of the page through Grafana. */
async function fetchResult(page: Page, query: string): Promise<QueryResponse['data']['result']> {
  const sources = (await (await page.request.get('/api/datasources')).json()) as Array<{ uid: string; type: string }>;
  const { uid } = sources.find(({ type }) => type === 'prometheus')!;
  const response = await page.request.get(`${API}/${uid}/resources/api/v1/query?query=${encodeURIComponent(query)}`);
  return ((await response.json()) as QueryResponse).data.result;
}

/** Formats an integer like the page. */
const formatCount = (value: string) => Number(value).toLocaleString('en-US');

const getItem = (page: Page, name: string) =>
  page
    .getByTestId('knowledge-base-summary')
    .locator('dl > div')
    .filter({ has: page.locator('dt', { hasText: name }) })
    .locator('dd')
    .first();

test('shows where the knowledge base runs, its status, and its known tasks', async ({ page, watched }) => {
  await page.goto(`${APP}/knowledge-base`);
  const [info] = await fetchResult(page, 'sedna:knowledge_base_info');
  const [tasks] = await fetchResult(page, 'sedna_knowledge_base_known_tasks');
  await expect(getItem(page, 'Status')).toContainText('Up: pod is running, database is readable');
  await expect(getItem(page, 'Node')).toHaveText(info.metric.node);
  await expect(getItem(page, 'Node type')).toHaveText(info.metric.node_type);
  await expect(getItem(page, 'Service IP')).toHaveText(info.metric.ip);
  await expect(getItem(page, 'Pod')).toHaveText(info.metric.pod);
  await expect(getItem(page, 'Known tasks')).toHaveText(formatCount(tasks.value[1]));
  expect(watched.errors).toEqual([]);
  await takeScreenshot(page, 'knowledge-base');
});

test('shows lost files when logs have signs of them', async ({ page }) => {
  await page.goto(`${APP}/knowledge-base?from=now-6h&to=now`);
  const errors = await fetchResult(
    page,
    'sum by (file) (sum_over_time(sedna_log_knowledge_base_files_lost_per_minute[6h])) > 0'
  );
  await expect(getItem(page, 'Node')).toBeVisible();
  const summary = page.getByTestId('knowledge-base-summary');
  await expect(summary.getByRole('listitem')).toHaveCount(errors.length);
  await expect(summary.getByText('No signs of lost files')).toHaveCount(errors.length === 0 ? 1 : 0);
});

test('lists every task with its samples', async ({ page, watched }) => {
  await page.goto(`${APP}/knowledge-base`);
  const table = page.getByTestId('task-table');
  const names = (await fetchResult(page, 'group by (task) (sedna_knowledge_base_task_info)')).map(
    ({ metric }) => metric.task
  );
  await expect(table.getByRole('status')).toContainText(`${names.length} of ${names.length} tasks`);
  // A round may end between the two queries: both are repeated until they agree.
  await expect(async () => {
    await page.getByTestId('data-testid RefreshPicker run button').click();
    const samples = await fetchResult(page, 'max by (task) (sedna_knowledge_base_task_samples)');
    for (const { metric, value } of samples.slice(0, 5)) {
      const row = table.getByRole('row').filter({ has: page.getByRole('cell', { name: metric.task, exact: true }) });
      await expect(row.first()).toContainText(formatCount(value[1]), { timeout: 2000 });
    }
  }).toPass({ timeout: 60_000 });
  expect(watched.errors).toEqual([]);
});

test('finds a task by a part of its name, keeps the search in the URL, and links to the job that evaluated it', async ({
  page,
}) => {
  await page.goto(`${APP}/knowledge-base`);
  const table = page.getByTestId('task-table');
  await page.getByLabel('Task', { exact: true }).fill('winter_4');
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(page).toHaveURL(/q=winter_4/);
  await page.reload();
  await expect(table.getByRole('row')).toHaveCount(2);
  await table.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/resources\/LifelongLearningJob\//);
});

test('shows the dropped tasks that Prometheus has with the reasons from the logs', async ({ page, watched }) => {
  await page.goto(`${APP}/knowledge-base?tab=dropped`);
  const table = page.getByTestId('dropped-tasks');
  await expect(async () => {
    await page.getByTestId('data-testid RefreshPicker run button').click();
    const dropped = await fetchResult(page, 'max by (namespace, name, task, pod) (sedna:task_deployable) == 0');
    // Series of the previous evaluation remain for some minutes; the page shows the newest of each job.
    const pods = new Set(await table.getByRole('link', { name: /-eval-/ }).allTextContents());
    const shown = dropped.filter(({ metric }) => pods.has(metric.pod));
    expect(shown.length).toBeGreaterThan(0);
    expect(new Set(shown.map(({ metric }) => `${metric.namespace}/${metric.name}`)).size).toBe(pods.size);
    await expect(table.getByRole('row')).toHaveCount(Math.min(shown.length, 20) + 1, { timeout: 2000 });
  }).toPass({ timeout: 60_000 });
  await expect(table.getByText(/^All scores [<>] [0-9.]+$/).first()).toBeVisible();
  expect(watched.errors).toEqual([]);
});

test('draws scores and samples over time', async ({ page, watched }) => {
  await page.goto(`${APP}/knowledge-base?tab=history`);
  const panels = page.getByTestId('knowledge-base-history');
  await expect(panels.locator('canvas').first()).toBeVisible();
  const [lowest] = await fetchResult(page, 'bottomk(1, sedna:task_score)');
  await expect(panels.locator('figure').first()).toContainText(lowest.metric.task);
  await watched.settled();
  expect(watched.errors).toEqual([]);
});

test('shows the tasks of a group in the graph and in the table', async ({ page, watched }) => {
  await page.goto(`${APP}/knowledge-base?tab=relations`);
  const relations = page.getByTestId('task-relations');
  const [{ metric }] = await fetchResult(page, 'bottomk(1, sedna_knowledge_base_task_relation)');
  await expect(relations.locator('svg').getByText(metric.group, { exact: true }).first()).toBeVisible();
  await relations.getByRole('button', { name: metric.group, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`group=${metric.group}`));
  await expect(relations.getByRole('link', { name: metric.task, exact: true })).toBeVisible();
  expect(watched.errors).toEqual([]);
});

test('shows no error for an unknown task', async ({ page, watched }) => {
  for (const tab of ['tasks', 'history', 'dropped', 'relations']) {
    await page.goto(`${APP}/knowledge-base?tab=${tab}&q=${encodeURIComponent('a b"} or up{')}`);
    await expect(page.getByTestId('knowledge-base-summary')).toBeVisible();
    await watched.settled();
    await expect(page.getByTestId('query-error')).toHaveCount(0);
  }
  expect(watched.errors).toEqual([]);
});
