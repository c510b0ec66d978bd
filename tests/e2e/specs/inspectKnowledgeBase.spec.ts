import type { Page } from '@playwright/test';
import { expect, takeScreenshot, test } from '../support/test';

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

test('shows where the knowledge base runs, its status, and its known tasks', async ({
  page,
  monitor,
  knowledgeBase,
}) => {
  await knowledgeBase.open();
  const [info] = await fetchResult(page, 'sedna:knowledge_base_info');
  const [tasks] = await fetchResult(page, 'sedna_knowledge_base_known_tasks');
  await expect(knowledgeBase.getSummaryItem('Status')).toContainText('Up: pod is running, database is readable');
  await expect(knowledgeBase.getSummaryItem('Node')).toHaveText(info.metric.node);
  await expect(knowledgeBase.getSummaryItem('Node type')).toHaveText(info.metric.node_type);
  await expect(knowledgeBase.getSummaryItem('Service IP')).toHaveText(info.metric.ip);
  await expect(knowledgeBase.getSummaryItem('Pod')).toHaveText(info.metric.pod);
  await expect(knowledgeBase.getSummaryItem('Known tasks')).toHaveText(formatCount(tasks.value[1]));
  expect(monitor.errors).toEqual([]);
  await takeScreenshot(page, 'knowledge-base');
});

test('shows lost files when logs have signs of them', async ({ page, knowledgeBase }) => {
  await knowledgeBase.open({ from: 'now-6h', to: 'now' });
  const errors = await fetchResult(
    page,
    'sum by (file) (sum_over_time(sedna_log_knowledge_base_files_lost_per_minute[6h])) > 0'
  );
  await expect(knowledgeBase.getSummaryItem('Node')).toBeVisible();
  await expect(knowledgeBase.summary.getByRole('listitem')).toHaveCount(errors.length);
  await expect(knowledgeBase.summary.getByText('No signs of lost files')).toHaveCount(errors.length === 0 ? 1 : 0);
});

test('lists every task with its samples', async ({ page, monitor, knowledgeBase }) => {
  await knowledgeBase.open();
  const names = (await fetchResult(page, 'group by (task) (sedna_knowledge_base_task_info)')).map(
    ({ metric }) => metric.task
  );
  await expect(knowledgeBase.tasks.getByRole('status')).toContainText(`${names.length} of ${names.length} tasks`);
  // A round may end between the two queries: both are repeated until they agree.
  await expect(async () => {
    await knowledgeBase.refresh();
    const samples = await fetchResult(page, 'max by (task) (sedna_knowledge_base_task_samples)');
    for (const { metric, value } of samples.slice(0, 5)) {
      await expect(knowledgeBase.getTaskRow(metric.task)).toContainText(formatCount(value[1]), { timeout: 2000 });
    }
  }).toPass({ timeout: 60_000 });
  expect(monitor.errors).toEqual([]);
});

test('finds a task by a part of its name, keeps the search in the URL, and links to the job that evaluated it', async ({
  page,
  knowledgeBase,
}) => {
  await knowledgeBase.open();
  await knowledgeBase.taskField.fill('winter_4');
  await expect(knowledgeBase.tasks.getByRole('row')).toHaveCount(2);
  await expect(page).toHaveURL(/q=winter_4/);
  await page.reload();
  await expect(knowledgeBase.tasks.getByRole('row')).toHaveCount(2);
  await knowledgeBase.tasks.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/resources\/LifelongLearningJob\//);
});

test('shows the dropped tasks that Prometheus has with the reasons from the logs', async ({
  page,
  monitor,
  knowledgeBase,
}) => {
  await knowledgeBase.open({ tab: 'dropped' });
  const table = knowledgeBase.droppedTasks;
  await expect(async () => {
    await knowledgeBase.refresh();
    const dropped = await fetchResult(page, 'max by (namespace, name, task, pod) (sedna:task_deployable) == 0');
    // Series of the previous evaluation remain for some minutes; the page shows the newest of each job.
    const pods = new Set(await table.getByRole('link', { name: /-eval-/ }).allTextContents());
    const shown = dropped.filter(({ metric }) => pods.has(metric.pod));
    expect(shown.length).toBeGreaterThan(0);
    expect(new Set(shown.map(({ metric }) => `${metric.namespace}/${metric.name}`)).size).toBe(pods.size);
    await expect(table.getByRole('row')).toHaveCount(Math.min(shown.length, 20) + 1, { timeout: 2000 });
  }).toPass({ timeout: 60_000 });
  await expect(table.getByText(/^All scores [<>] [0-9.]+$/).first()).toBeVisible();
  expect(monitor.errors).toEqual([]);
});

test('draws scores and samples over time', async ({ page, monitor, knowledgeBase }) => {
  await knowledgeBase.open({ tab: 'history' });
  await expect(knowledgeBase.history.locator('canvas').first()).toBeVisible();
  const [lowest] = await fetchResult(page, 'bottomk(1, sedna:task_score)');
  await expect(knowledgeBase.history.locator('figure').first()).toContainText(lowest.metric.task);
  await monitor.settled();
  expect(monitor.errors).toEqual([]);
});

test('shows the tasks of a group in the graph and in the table', async ({ page, monitor, knowledgeBase }) => {
  await knowledgeBase.open({ tab: 'relations' });
  const { relations } = knowledgeBase;
  const [{ metric }] = await fetchResult(page, 'bottomk(1, sedna_knowledge_base_task_relation)');
  await expect(relations.locator('svg').getByText(metric.group, { exact: true }).first()).toBeVisible();
  await relations.getByRole('button', { name: metric.group, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`group=${metric.group}`));
  await expect(relations.getByRole('link', { name: metric.task, exact: true })).toBeVisible();
  expect(monitor.errors).toEqual([]);
});

test('shows no error for an unknown task', async ({ monitor, knowledgeBase }) => {
  for (const tab of ['tasks', 'history', 'dropped', 'relations']) {
    await knowledgeBase.open({ tab, q: 'a b"} or up{' });
    await expect(knowledgeBase.summary).toBeVisible();
    await monitor.settled();
    await expect(knowledgeBase.queryErrors).toHaveCount(0);
  }
  expect(monitor.errors).toEqual([]);
});
