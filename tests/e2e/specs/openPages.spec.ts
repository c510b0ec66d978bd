import { TEST_IDS } from '../../../src/ui/testIds';
import { APP_PATH, toUrl } from '../pages/urls';
import { expect, test } from '../support/test';

/** Headings of the pages in the app's menu, in the order of the menu. */
const HEADINGS = {
  overview: 'Overview',
  resources: 'Resources',
  logs: 'Logs',
  metrics: 'Metrics',
  'knowledge-base': 'Knowledge base',
  configuration: 'Configuration',
} as const;

/** Queries that a page may send before the user scrolls. */
const MAX_QUERIES = 8;

for (const theme of ['dark', 'light'] as const) {
  for (const [path, heading] of Object.entries(HEADINGS)) {
    test(`${path} opens in the ${theme} theme without errors and within the query budget`, async ({
      page,
      monitor,
    }) => {
      await page.goto(toUrl(path, { theme, refresh: '5m' }));
      await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
      await monitor.settled();
      const queries = [...monitor.queries];
      expect(queries.length, queries.join('\n')).toBeLessThanOrEqual(MAX_QUERIES);
      expect(new Set(queries).size, 'no query repeats another').toBe(queries.length);
      expect(monitor.errors).toEqual([]);
      await expect(page.getByTestId(TEST_IDS.queryError)).toHaveCount(0);
    });
  }
}

const JOB = 'resources/LifelongLearningJob/default/atcii-classifier-demo';

for (const address of [
  'overview?q=atcii',
  'resources?kind=Dataset&namespace=default&q=lifelong',
  'logs?namespace=default&include=INFO',
  'metrics?metric=sedna_dataset_samples&namespace=default',
  ...['tasks', 'history', 'dropped', 'relations'].map((tab) => `knowledge-base?tab=${tab}`),
  ...['status', 'diagnosis', 'workers', 'logs', 'metrics', 'relations', 'object'].map((tab) => `${JOB}/${tab}`),
]) {
  test(`${address} opens within the query budget`, async ({ page, monitor }) => {
    await page.goto(`${APP_PATH}/${address}${address.includes('?') ? '&' : '?'}refresh=5m`);
    await expect(page.getByTestId(TEST_IDS.queryError)).toHaveCount(0);
    await monitor.settled();
    expect(monitor.queries.length, monitor.queries.join('\n')).toBeLessThanOrEqual(MAX_QUERIES);
    expect(new Set(monitor.queries).size, 'no query repeats another').toBe(monitor.queries.length);
    expect(monitor.errors).toEqual([]);
  });
}

test('the menu of the app contains all pages', async ({ page, overview }) => {
  await overview.open();
  const links = page.getByRole('navigation').getByRole('link');
  await expect(links.filter({ hasText: 'Sedna Ops' }).first()).toBeVisible();
  const settings = await (await page.request.get('/api/plugins/kubeedge-sedna-app/settings')).json();
  const inMenu = settings.includes.filter(({ addToNav }: { addToNav: boolean }) => addToNav);
  expect(inMenu.map(({ name }: { name: string }) => name)).toEqual(Object.values(HEADINGS));
});

test('the base URL of the app leads to the overview', async ({ page }) => {
  for (const address of [APP_PATH, `${APP_PATH}/`]) {
    await page.goto(address);
    await expect(page.getByRole('heading', { name: HEADINGS.overview, level: 1 })).toBeVisible();
  }
});

test('unknown pages say so and link to the pages of the app', async ({ page }) => {
  for (const address of ['no-such-page', 'no-such-page/below', 'logs/below', 'resources/Dataset/a/b/no-such-tab']) {
    await page.goto(`${APP_PATH}/${address}`);
    await expect(page.getByRole('heading', { name: 'Page not found', level: 1 })).toBeVisible();
    await page.getByRole('main').getByRole('link', { name: HEADINGS.overview, exact: true }).click();
    await expect(page.getByRole('heading', { name: HEADINGS.overview, level: 1 })).toBeVisible();
  }
});

test('the names of a kind that kubectl takes lead to the page of the object', async ({ page }) => {
  for (const kind of ['ll', 'lifelonglearningjobs', 'LifelongLearningJob']) {
    await page.goto(`${APP_PATH}/resources/${kind}/default/atcii-classifier-demo/workers?from=now-6h`);
    await expect(page).toHaveURL(new RegExp(`/${JOB}/workers\\?.*from=now-6h`));
  }
});

test('the overview fits a narrow window', async ({ page, overview }) => {
  await page.setViewportSize({ width: 480, height: 900 });
  await overview.open();
  await expect(overview.jobList.getByRole('link').first()).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
