import { APP, expect, HEADINGS, PAGES, test } from './support';

/** Queries that a page may send before the user scrolls. */
const QUERIES_AT_OPENING = 8;

for (const theme of ['dark', 'light'] as const) {
  for (const name of PAGES) {
    test(`${name} opens in the ${theme} theme without errors and within the query budget`, async ({
      page,
      watched,
    }) => {
      await page.goto(`${APP}/${name}?theme=${theme}&refresh=5m`);
      await expect(page.getByRole('heading', { name: HEADINGS[name], level: 1 })).toBeVisible();
      await watched.settled();
      const sent = [...watched.queries];
      expect(sent.length, sent.join('\n')).toBeLessThanOrEqual(QUERIES_AT_OPENING);
      expect(new Set(sent).size, 'no query repeats another').toBe(sent.length);
      expect(watched.errors).toEqual([]);
      await expect(page.getByTestId('query-error')).toHaveCount(0);
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
  test(`${address} opens within the query budget`, async ({ page, watched }) => {
    await page.goto(`${APP}/${address}${address.includes('?') ? '&' : '?'}refresh=5m`);
    await expect(page.getByTestId('query-error')).toHaveCount(0);
    await watched.settled();
    expect(watched.queries.length, watched.queries.join('\n')).toBeLessThanOrEqual(QUERIES_AT_OPENING);
    expect(new Set(watched.queries).size, 'no query repeats another').toBe(watched.queries.length);
    expect(watched.errors).toEqual([]);
  });
}

test('the menu of the app contains all pages', async ({ page }) => {
  await page.goto(`${APP}/overview`);
  const menu = page.getByRole('navigation').getByRole('link');
  await expect(menu.filter({ hasText: 'Sedna Ops' }).first()).toBeVisible();
  const settings = await (await page.request.get('/api/plugins/kubeedge-sedna-app/settings')).json();
  const inMenu = settings.includes.filter(({ addToNav }: { addToNav: boolean }) => addToNav);
  expect(inMenu.map(({ name }: { name: string }) => name)).toEqual(Object.values(HEADINGS));
});

test('the base URL of the app and unknown pages lead to the overview', async ({ page }) => {
  for (const address of [APP, `${APP}/`, `${APP}/no-such-page`]) {
    await page.goto(address);
    await expect(page.getByRole('heading', { name: HEADINGS.overview, level: 1 })).toBeVisible();
  }
});

test('the overview fits a narrow window', async ({ page }) => {
  await page.setViewportSize({ width: 480, height: 900 });
  await page.goto(`${APP}/overview`);
  await expect(page.getByTestId('job-list').getByRole('link').first()).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
