import type { Page } from '@playwright/test';
import { APP, expect, takeScreenshot, test } from './support';

/** Question 8: is the knowledge base reachable, did it lose files; and what has the job learned. */

interface QueryResponse {
  data: { result: Array<{ metric: Record<string, string>; value: [number, string] }> };
}

const API = '/api/datasources/uid';

/** Asks the Prometheus of the page, through Grafana, what it has now. */
async function ask(page: Page, query: string): Promise<QueryResponse['data']['result']> {
  const sources = (await (await page.request.get('/api/datasources')).json()) as Array<{ uid: string; type: string }>;
  const { uid } = sources.find(({ type }) => type === 'prometheus')!;
  const response = await page.request.get(`${API}/${uid}/resources/api/v1/query?query=${encodeURIComponent(query)}`);
  return ((await response.json()) as QueryResponse).data.result;
}

/** As the page writes whole numbers. */
const written = (value: string) => Number(value).toLocaleString('en-US');

const fact = (page: Page, name: string) =>
  page
    .getByTestId('knowledge-base-head')
    .locator('dl > div')
    .filter({ has: page.locator('dt', { hasText: name }) })
    .locator('dd')
    .first();

test('the head says what Prometheus has: where it runs, that it answers, and what it knows', async ({
  page,
  watched,
}) => {
  await page.goto(`${APP}/knowledge-base`);
  const [info] = await ask(page, 'sedna:knowledge_base_info');
  const [tasks] = await ask(page, 'sedna_knowledge_base_known_tasks');
  await expect(fact(page, 'Answers')).toContainText('pod runs, database is readable');
  await expect(fact(page, 'Node')).toHaveText(info.metric.node);
  await expect(fact(page, 'Cloud or edge')).toHaveText(info.metric.node_type);
  await expect(fact(page, 'IP of its service')).toHaveText(info.metric.ip);
  await expect(fact(page, 'Pod')).toHaveText(info.metric.pod);
  await expect(fact(page, 'Known tasks')).toHaveText(written(tasks.value[1]));
  expect(watched.errors).toEqual([]);
  await takeScreenshot(page, 'knowledge-base');
});

test('lost files are told where their signs are, and only there', async ({ page }) => {
  await page.goto(`${APP}/knowledge-base?from=now-6h&to=now`);
  const signs = await ask(
    page,
    'sum by (file) (sum_over_time(sedna_log_knowledge_base_files_lost_per_minute[6h])) > 0'
  );
  await expect(fact(page, 'Node')).toBeVisible();
  const head = page.getByTestId('knowledge-base-head');
  await expect(head.getByRole('listitem')).toHaveCount(signs.length);
  await expect(head.getByText('No sign of a lost file')).toHaveCount(signs.length === 0 ? 1 : 0);
});

test('every task is there with the samples that the knowledge base counts', async ({ page, watched }) => {
  await page.goto(`${APP}/knowledge-base`);
  const table = page.getByTestId('task-table');
  const names = (await ask(page, 'group by (task) (sedna_knowledge_base_task_info)')).map(({ metric }) => metric.task);
  await expect(table.getByRole('status')).toContainText(`${names.length} of ${names.length} tasks`);
  // A round may end between the two looks: both are taken again until they agree.
  await expect(async () => {
    await page.getByTestId('data-testid RefreshPicker run button').click();
    const samples = await ask(page, 'max by (task) (sedna_knowledge_base_task_samples)');
    for (const { metric, value } of samples.slice(0, 5)) {
      const row = table.getByRole('row').filter({ has: page.getByRole('cell', { name: metric.task, exact: true }) });
      await expect(row.first()).toContainText(written(value[1]), { timeout: 2000 });
    }
  }).toPass({ timeout: 60_000 });
  expect(watched.errors).toEqual([]);
});

test('a task is found by a part of its name, kept in the address, and leads to the job that evaluated it', async ({
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

test('dropped tasks are those that Prometheus has, with the rule that the log tells', async ({ page, watched }) => {
  await page.goto(`${APP}/knowledge-base?tab=dropped`);
  const table = page.getByTestId('dropped-tasks');
  await expect(async () => {
    await page.getByTestId('data-testid RefreshPicker run button').click();
    const dropped = await ask(page, 'max by (namespace, name, task, pod) (sedna:task_deployable) == 0');
    // Series of the evaluation before are still there for some minutes; the page shows the newest of each job.
    const pods = new Set(await table.getByRole('link', { name: /-eval-/ }).allTextContents());
    const ofThose = dropped.filter(({ metric }) => pods.has(metric.pod));
    expect(ofThose.length).toBeGreaterThan(0);
    expect(new Set(ofThose.map(({ metric }) => `${metric.namespace}/${metric.name}`)).size).toBe(pods.size);
    await expect(table.getByRole('row')).toHaveCount(Math.min(ofThose.length, 20) + 1, { timeout: 2000 });
  }).toPass({ timeout: 60_000 });
  await expect(table.getByText(/^all scores [<>] [0-9.]+$/).first()).toBeVisible();
  expect(watched.errors).toEqual([]);
});

test('history draws scores and samples', async ({ page, watched }) => {
  await page.goto(`${APP}/knowledge-base?tab=history`);
  const panels = page.getByTestId('knowledge-base-history');
  await expect(panels.locator('canvas').first()).toBeVisible();
  const [lowest] = await ask(page, 'bottomk(1, sedna:task_score)');
  await expect(panels.locator('figure').first()).toContainText(lowest.metric.task);
  await watched.settled();
  expect(watched.errors).toEqual([]);
});

test('a group unfolds its tasks, in the picture and in the table', async ({ page, watched }) => {
  await page.goto(`${APP}/knowledge-base?tab=relations`);
  const relations = page.getByTestId('task-relations');
  const [{ metric }] = await ask(page, 'bottomk(1, sedna_knowledge_base_task_relation)');
  await expect(relations.locator('svg').getByText(metric.group, { exact: true }).first()).toBeVisible();
  await relations.getByRole('button', { name: metric.group, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`group=${metric.group}`));
  await expect(relations.getByRole('link', { name: metric.task, exact: true })).toBeVisible();
  expect(watched.errors).toEqual([]);
});

test('a task that nobody has is no error', async ({ page, watched }) => {
  for (const tab of ['tasks', 'history', 'dropped', 'relations']) {
    await page.goto(`${APP}/knowledge-base?tab=${tab}&q=${encodeURIComponent('a b"} or up{')}`);
    await expect(page.getByTestId('knowledge-base-head')).toBeVisible();
    await watched.settled();
    await expect(page.getByTestId('query-error')).toHaveCount(0);
  }
  expect(watched.errors).toEqual([]);
});
