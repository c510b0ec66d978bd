import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { APP, expect, takeScreenshot, test } from './support';

const FOLDER = join(__dirname, '..', '..', 'provisioning', 'dashboards');

interface DashboardFile {
  uid: string;
  title: string;
  panels: Array<{ type: string; title: string }>;
}

const DASHBOARDS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, ...(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as DashboardFile) }));

/** What a dashboard may ask when it is opened; each panel that is repeated counts. */
const MOST_QUERIES = 20;

/** Panels that may have nothing to show on the demo, and why; Grafana says no more than "No data", or nothing in a table. */
const NO_DATA: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'sedna-job.json': { 'Worker errors': 'the job that is chosen first goes well' },
  'sedna-inference.json': { 'Worker errors': 'inference of the simulated jobs goes well' },
  'sedna-incremental.json': {
    'Worker errors': 'the incremental learning job of the demo goes well',
    Workers: 'the job has no worker while it waits for samples',
  },
  'sedna-federated.json': { 'Worker errors': 'the federated learning job that runs goes well' },
  'sedna-joint-inference.json': { 'Worker errors': 'the joint inference service of the demo goes well' },
};

const HEADER = 'data-testid Panel header ';

/** Opens a dashboard so high that each of its panels is drawn. */
async function open(page: Page, uid: string, query = ''): Promise<void> {
  // Without the docked menu, all controls have room.
  await page.addInitScript(() => localStorage.setItem('grafana.navigation.docked', 'false'));
  await page.setViewportSize({ width: 1600, height: 2900 });
  await page.goto(`/d/${uid}${query}`);
}

const panel = (page: Page, title: string) => page.getByTestId(`${HEADER}${title}`).first();

async function fitHeight(page: Page): Promise<void> {
  const bottom = await page.evaluate(() =>
    Math.max(...Array.from(document.querySelectorAll('section'), (each) => each.getBoundingClientRect().bottom))
  );
  await page.setViewportSize({ width: 1600, height: Math.ceil(bottom) + 16 });
}

/** What the exporter tells of itself is in no history that was written back: it begins with the demo. */
test.beforeAll(async ({ request }) => {
  const query = 'count_over_time(sedna_exporter_read_duration_seconds[5m]) > 2';
  const url = `/api/datasources/proxy/uid/sedna-prometheus/api/v1/query?${new URLSearchParams({ query })}`;
  await expect
    .poll(async () => (await (await request.get(url)).json()).data.result.length, { timeout: 80_000 })
    .toBeGreaterThan(0);
});

for (const { name, uid, title, panels } of DASHBOARDS) {
  test(`${title}: every panel shows something`, async ({ page, watched }) => {
    await open(page, uid);
    const drawn = panels.filter(({ type }) => type !== 'row').map((each) => each.title);
    for (const each of drawn.filter((text) => !text.includes('$'))) {
      await expect(panel(page, each)).toBeVisible();
    }
    await watched.settled();
    expect(watched.queries.length, watched.queries.join('\n')).toBeLessThanOrEqual(MOST_QUERIES);
    await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
    const empty = await page
      .locator(`[data-testid^="${HEADER}"]`)
      .filter({ hasText: 'No data' })
      .evaluateAll((all, prefix) => all.map((each) => each.getAttribute('data-testid')!.slice(prefix.length)), HEADER);
    const mayBeEmpty = (text: string) => text in (NO_DATA[name] ?? {});
    expect(empty.filter((each) => !mayBeEmpty(each))).toEqual([]);
    for (const { title: table } of panels.filter((each) => each.type === 'table' && !mayBeEmpty(each.title))) {
      await expect(panel(page, table).getByRole('gridcell').first()).toBeVisible();
    }
    expect(watched.errors).toEqual([]);
    await fitHeight(page);
    await watched.settled();
    await takeScreenshot(
      page,
      name === 'sedna-overview.json' ? 'dashboard' : name.replace(/^sedna-(.*)\.json$/, 'dashboard-$1')
    );
  });
}

test('those of the app live beside the provisioned ones', async ({ page, request, watched }) => {
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

  await open(page, 'sedna-app-overview');
  await expect(panel(page, 'Latest condition by job')).toContainText('stuck-ready-secret');
  await watched.settled();
  await page.getByRole('button', { name: 'Sedna dashboards' }).click();
  const menu = page.getByRole('menu');
  await expect(menu.getByText('Sedna: edge nodes (bundled)', { exact: true })).toBeVisible();
  await expect(menu.getByText('Sedna: edge nodes', { exact: true })).toHaveCount(0);
});

test('a job leads to its dashboard and into the app', async ({ page }) => {
  await open(page, 'sedna-ops-overview');
  const job = panel(page, 'Latest condition by job').getByText('stuck-ready-secret');
  await job.click();
  await page.getByRole('menuitem', { name: 'Open dashboard' }).or(page.getByText('Open dashboard')).click();
  await expect(page).toHaveURL(/\/d\/sedna-ops-job.*var-job=stuck-ready-secret/);
  await expect(panel(page, 'Stage and condition')).toContainText('Ready');

  await page.goBack();
  await job.click();
  await page.getByText('Open in Sedna Ops').last().click();
  await expect(page).toHaveURL(new RegExp(`${APP}/resources/LifelongLearningJob/default/stuck-ready-secret`));
});

test('logs are found by what is typed, whatever it holds', async ({ page }) => {
  await open(page, 'sedna-ops-logs', '?var-namespace=sedna&var-search=CONNECTION for (node|"$x\\');
  await expect(panel(page, 'Matching lines by level')).toContainText('No matching lines');
  await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
  await page.getByPlaceholder('Enter value').fill('CONNECTION FOR NODE');
  await page.keyboard.press('Enter');
  await expect(panel(page, 'Log lines')).toContainText('connection for node');
});

test('one of them is imported alone, under a name of its own', async ({ page, request, watched }) => {
  const { name } = DASHBOARDS.find(({ uid }) => uid === 'sedna-ops-nodes')!;
  const dashboard = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
  const uid = 'imported-nodes';
  const answer = await request.post('/api/dashboards/import', {
    data: { dashboard: { ...dashboard, uid, title: 'Imported' }, overwrite: false, inputs: [] },
  });
  expect(answer.ok()).toBe(true);
  try {
    await open(page, uid);
    await expect(panel(page, 'Nodes').first()).toBeVisible();
    await watched.settled();
    await expect(page.getByText('No data')).toHaveCount(0);
    expect(watched.errors).toEqual([]);
  } finally {
    await request.delete(`/api/dashboards/uid/${uid}`);
  }
});
