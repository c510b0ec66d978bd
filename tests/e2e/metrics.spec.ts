import { APP, choose, expect, shoot, test } from './support';

/** Use case 2: the history of any state or metric of any component. */

test('the catalogue says which metrics have data, custom ones included', async ({ page }) => {
  await page.goto(`${APP}/metrics`);
  const catalogue = page.getByTestId('metric-catalogue');
  await expect(catalogue.getByRole('row').filter({ hasText: 'sedna_dataset_samples' })).toContainText('has data');
  await expect(catalogue.getByRole('row').filter({ hasText: 'sedna_custom_Recall' })).toContainText('has data');
  await expect(catalogue.getByRole('row').filter({ hasText: 'sedna_objecttrackingservice_condition' })).toContainText(
    'no data'
  );
});

test('a number of one component is a time series', async ({ page, watched }) => {
  await page.goto(`${APP}/metrics`);
  await choose(page, 'Metric', 'sedna_dataset_samples');
  await choose(page, 'Component', 'lifelong-dataset');
  const panel = page.getByTestId('data-testid Panel header sedna_dataset_samples');
  await expect(panel.locator('canvas').first()).toBeVisible();
  await expect(panel).toContainText('lifelong-dataset');
  await expect(page).toHaveURL(/name=lifelong-dataset/);
  expect(watched.errors).toEqual([]);
  await shoot(page, 'metrics');
});

test('a state of one component is a timeline', async ({ page, watched }) => {
  await page.goto(
    `${APP}/metrics?metric=sedna_lifelonglearningjob_condition&namespace=default&name=atcii-classifier-demo`
  );
  const panel = page.getByTestId('data-testid Panel header sedna_lifelonglearningjob_condition');
  await expect(panel.locator('canvas').first()).toBeVisible();
  await expect(page.getByText('Nothing found')).toHaveCount(0);
  expect(watched.errors).toEqual([]);
});

test('a custom metric is found by name', async ({ page }) => {
  await page.goto(`${APP}/metrics`);
  await choose(page, 'Metric', 'sedna_custom_Recall');
  await expect(page.getByTestId('data-testid Panel header sedna_custom_Recall')).toContainText('baseline');
});

test('a metric name that nobody has is no error but says that nothing was found', async ({ page, watched }) => {
  await page.goto(`${APP}/metrics?metric=${encodeURIComponent('a b"} or up{')}`);
  await expect(page.getByText('Nothing found')).toBeVisible();
  expect(watched.errors).toEqual([]);
});
