import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../../../tools/projectRoot';
import { APP_PATH } from '../pages/urls';
import { expect, takeScreenshot, test } from '../support/test';

const FOLDER = path.join(PROJECT_ROOT, 'provisioning', 'dashboards');

interface DashboardFile {
  uid: string;
  title: string;
  panels: Array<{ type: string; title: string }>;
}

const DASHBOARDS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, ...(JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as DashboardFile) }));

/** Different queries that a dashboard may send when it opens; each repetition of a panel counts. */
const MAX_QUERIES = 20;

/** Panels that may be empty in the demo, and the reason. Grafana shows "No data", or an empty table. */
const PANELS_WITHOUT_DATA: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'sedna-job.json': { 'Worker errors': 'the job that is selected first has no errors' },
  'sedna-inference.json': { 'Worker errors': 'inference of the simulated jobs has no errors' },
  'sedna-incremental.json': {
    'Worker errors': 'the incremental learning job of the demo has no errors',
    Workers: 'the job has no worker while it waits for samples',
  },
  'sedna-federated.json': { 'Worker errors': 'the federated learning job that runs has no errors' },
  'sedna-joint-inference.json': { 'Worker errors': 'the joint inference service of the demo has no errors' },
};

/** The exporter's metrics about itself are not part of the backfilled history: they start with the demo. */
test.beforeAll(async ({ request }) => {
  const query = 'count_over_time(sedna_exporter_read_duration_seconds[5m]) > 2';
  const url = `/api/datasources/proxy/uid/sedna-prometheus/api/v1/query?${new URLSearchParams({ query })}`;
  await expect
    .poll(async () => (await (await request.get(url)).json()).data.result.length, { timeout: 80_000 })
    .toBeGreaterThan(0);
});

for (const { name, uid, title, panels } of DASHBOARDS) {
  test(`every panel of the dashboard ${title} shows data`, async ({ page, monitor, dashboard }) => {
    await dashboard.open(uid);
    const titles = panels.filter(({ type }) => type !== 'row').map((panel) => panel.title);
    for (const each of titles.filter((text) => !text.includes('$'))) {
      await expect(dashboard.getPanel(each)).toBeVisible();
    }
    await monitor.settled();
    // Grafana itself sends the queries of a table again when it draws slowly: the budget is for what the dashboard asks.
    expect(new Set(monitor.queries).size, monitor.queries.join('\n')).toBeLessThanOrEqual(MAX_QUERIES);
    await expect(dashboard.panelErrors).toHaveCount(0);
    const mayBeEmpty = (text: string) => text in (PANELS_WITHOUT_DATA[name] ?? {});
    expect((await dashboard.getTitlesWithoutData()).filter((each) => !mayBeEmpty(each))).toEqual([]);
    for (const { title: table } of panels.filter((panel) => panel.type === 'table' && !mayBeEmpty(panel.title))) {
      await expect(dashboard.getPanel(table).getByRole('gridcell').first()).toBeVisible();
    }
    expect(monitor.errors).toEqual([]);
    await dashboard.fitHeight();
    await monitor.settled();
    await takeScreenshot(
      page,
      name === 'sedna-overview.json' ? 'dashboard' : name.replace(/^sedna-(.*)\.json$/, 'dashboard-$1')
    );
  });
}

test('bundled and provisioned dashboards exist side by side', async ({ page, request, monitor, dashboard }) => {
  const search = async (tag: string) =>
    (await (await request.get(`/api/search?type=dash-db&tag=${tag}`)).json()) as Array<{
      uid: string;
      title: string;
      folderTitle?: string;
    }>;
  const [provisioned, bundled] = [await search('sedna'), await search('sedna-app')];
  const titles = DASHBOARDS.map(({ title }) => title).sort();
  expect(provisioned.map(({ title }) => title).sort()).toEqual(titles);
  expect(provisioned.every(({ folderTitle }) => folderTitle === 'Sedna Ops')).toBe(true);
  expect(bundled.map(({ title }) => title).sort()).toEqual(titles.map((title) => `${title} (bundled)`).sort());
  const uids = [...provisioned, ...bundled].map(({ uid }) => uid);
  expect(new Set(uids).size).toBe(uids.length);

  await dashboard.open('sedna-app-overview');
  await expect(dashboard.getPanel('Latest condition by job')).toContainText('stuck-ready-secret');
  await monitor.settled();
  await page.getByRole('button', { name: 'Sedna dashboards' }).click();
  await expect(dashboard.menu.getByText('Sedna: edge nodes (bundled)', { exact: true })).toBeVisible();
  await expect(dashboard.menu.getByText('Sedna: edge nodes', { exact: true })).toHaveCount(0);
});

test('a job in a dashboard links to its own dashboard and to the app', async ({ page, dashboard }) => {
  await dashboard.open('sedna-ops-overview');
  const job = dashboard.getPanel('Latest condition by job').getByText('stuck-ready-secret');
  await job.click();
  await page.getByRole('menuitem', { name: 'Open dashboard' }).or(page.getByText('Open dashboard')).click();
  await expect(page).toHaveURL(/\/d\/sedna-ops-job.*var-job=stuck-ready-secret/);
  await expect(dashboard.getPanel('Stage and condition')).toContainText('Ready');

  await page.goBack();
  await job.click();
  await page.getByText('Open in Sedna Ops').last().click();
  await expect(page).toHaveURL(new RegExp(`${APP_PATH}/resources/LifelongLearningJob/default/stuck-ready-secret`));
});

test('the logs dashboard finds typed text with any special characters', async ({ page, dashboard }) => {
  await dashboard.open('sedna-ops-logs', '?var-namespace=sedna&var-search=CONNECTION for (node|"$x\\');
  await expect(dashboard.getPanel('Matching lines by level')).toContainText('No matching lines');
  await expect(dashboard.panelErrors).toHaveCount(0);
  await dashboard.searchField.fill('CONNECTION FOR NODE');
  await page.keyboard.press('Enter');
  await expect(dashboard.getPanel('Log lines')).toContainText('connection for node');
});

test('a single dashboard can be imported under another name', async ({ page, request, monitor, dashboard }) => {
  const { name } = DASHBOARDS.find(({ uid }) => uid === 'sedna-ops-nodes')!;
  const content = JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'));
  const uid = 'imported-nodes';
  const response = await request.post('/api/dashboards/import', {
    data: { dashboard: { ...content, uid, title: 'Imported' }, overwrite: true, inputs: [] },
  });
  expect(response.ok()).toBe(true);
  try {
    await dashboard.open(uid);
    await expect(dashboard.getPanel('Nodes')).toBeVisible();
    await monitor.settled();
    await expect(page.getByText('No data')).toHaveCount(0);
    expect(monitor.errors).toEqual([]);
  } finally {
    await request.delete(`/api/dashboards/uid/${uid}`);
  }
});
