import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { getVisualization, isSparse, buildMetricExpression } from '../../src/query/metrics';
import { getIdentityLabels, METRICS, type Metric } from '../../src/sedna/catalog';
import { ANY_METRIC_TARGET } from '../../src/sedna/catalog/metricTarget';
import { manyName, MANY, SELDOM } from '../bench/manyMetrics';
import { canWriteFiles, fillMetrics } from './control';
import { APP, selectOption, expect, takeScreenshot, test } from './support';

/** Use case 2: the history of any state or metric of any component. */

test('the catalogue says which metrics have data, custom ones included, and why others have none', async ({ page }) => {
  await page.goto(`${APP}/metrics`);
  const catalogue = page.getByTestId('metric-catalogue');
  const find = page.getByLabel('Find');
  const row = (name: string) => catalogue.getByRole('row').filter({ hasText: name });
  await find.fill('samples in the dataset');
  await expect(row('sedna_dataset_samples')).toContainText(/has data.*(second|minute)/);
  await find.fill('recall newest evaluation');
  await expect(row('sedna_custom_Recall')).toContainText('Recall of the newest evaluation');
  await find.fill('sedna_objecttrackingservice_condition');
  await expect(row('sedna_objecttrackingservice_condition')).toContainText(/nothing in this range|no such object/);
  await find.fill('node_cpu_seconds_total');
  await expect(row('node_cpu_seconds_total')).toContainText('not collected');
  await takeScreenshot(page, 'metrics-catalog');
});

test('a number of one component is a time series', async ({ page, watched }) => {
  await page.goto(`${APP}/metrics`);
  await selectOption(page, 'Metric', 'sedna_dataset_samples');
  await selectOption(page, 'Component', 'lifelong-dataset');
  const panel = page.getByTestId('data-testid Panel header sedna_dataset_samples');
  await expect(panel.locator('canvas').first()).toBeVisible();
  await expect(panel).toContainText('lifelong-dataset');
  await expect(page).toHaveURL(/name=lifelong-dataset/);
  await expect(page.getByTestId('metric-table')).toContainText('lifelong-dataset');
  expect(watched.errors).toEqual([]);
});

test('two objects are compared with themselves an hour before, with the changes of their stages', async ({
  page,
  watched,
}) => {
  const names = ['atcii-classifier-demo', 'robo-demo'].map((name) => `name=${name}`).join('&');
  await page.goto(
    `${APP}/metrics?metric=sedna_job_stage_duration_seconds&kind=LifelongLearningJob&namespace=default&${names}&compare=1h&from=now-2h&to=now`
  );
  const panel = page.getByTestId('data-testid Panel header sedna_job_stage_duration_seconds');
  await expect(panel).toContainText('default/atcii-classifier-demo · Train · an hour before');
  await expect(panel).toContainText('default/robo-demo · Train');
  await expect(panel.getByTestId('data-testid annotation-marker').first()).toBeAttached();
  await watched.settled();
  expect(watched.queries.length).toBeLessThanOrEqual(8);
  expect(watched.errors).toEqual([]);
  await takeScreenshot(page, 'metrics');
});

test('scores are compared over the rounds of a job', async ({ page, watched }) => {
  await page.goto(
    `${APP}/metrics?metric=sedna:task_score&kind=LifelongLearningJob&namespace=default&name=atcii-classifier-demo&from=now-2h&to=now`
  );
  await selectOption(page, 'Over', 'rounds');
  const panel = page.getByTestId(/Panel header sedna:task_score, at the end of each round/);
  await expect(panel.locator('canvas').first()).toBeVisible();
  await expect(page).toHaveURL(/x=round/);
  await expect(page.getByTestId('metric-table')).toContainText('Spring_1.0');
  expect(watched.errors).toEqual([]);
  await takeScreenshot(page, 'metrics-rounds');
});

test('a metric name that nobody has is no error but says that nothing was found', async ({ page, watched }) => {
  await page.goto(`${APP}/metrics?metric=${encodeURIComponent('a b"} or up{')}`);
  await expect(page.getByText('Nothing found')).toBeVisible();
  expect(watched.errors).toEqual([]);
});

test.describe('every metric of the catalogue that has data', () => {
  /** Minutes that are looked at, ended a while ago so that nothing changes any more. */
  const MINUTES = 30;
  /** s, as the page asks for such a range. */
  const STEP = 15;
  const prometheus = '/api/datasources/uid/sedna-prometheus/resources/api/v1';

  interface Result {
    metric: Record<string, string>;
    values: Array<[number, string]>;
  }

  async function ask(page: Page, path: string, params: Record<string, string | number>): Promise<Result[]> {
    const response = await page.request.get(`${prometheus}/${path}`, { params });
    return ((await response.json()) as { data: { result: Result[] } }).data.result;
  }

  /** What Prometheus has in that time; of what comes seldom the samples themselves. */
  async function valuesOf(page: Page, metric: Metric, to: number): Promise<Result[]> {
    const expression = buildMetricExpression(metric.name, { target: ANY_METRIC_TARGET });
    return isSparse(metric)
      ? ask(page, 'query', {
          query: expression.replaceAll('$__rate_interval', `${MINUTES}m`).replaceAll('last_over_time(', '('),
          time: to,
        })
      : ask(page, 'query_range', {
          query: expression.replaceAll('$__rate_interval', '60s').replaceAll('$__interval', `${STEP}s`),
          start: to - MINUTES * 60,
          end: to,
          step: STEP,
        });
  }

  /** The last number of each series, some of which ended before the time range did. */
  const lasts = (results: readonly Result[]) =>
    results.map(({ values }) =>
      values
        .map(([, text]) => Number(text))
        .filter((value) => !Number.isNaN(value))
        .pop()
    );

  test('is shown with the value that Prometheus has', async ({ page, watched }) => {
    test.setTimeout(600_000);
    await page.goto(`${APP}/metrics`);
    await expect(page.getByTestId('metric-catalogue')).toBeVisible();
    const to = Math.floor(Date.now() / 60_000) * 60 - 120;
    const found = await ask(page, 'query', {
      query: `group by (__name__) (last_over_time({__name__=~"sedna[_:].+"}[${MINUTES}m]))`,
      time: to,
    });
    const present = new Set(found.map(({ metric }) => metric.__name__));
    const shown = METRICS.filter(({ name }) => present.has(name));
    expect(shown.length).toBeGreaterThan(100);
    const table = page.getByTestId('metric-table');
    for (const metric of shown) {
      const expected = await valuesOf(page, metric, to);
      if (expected.length === 0) {
        continue;
      }
      await test.step(metric.name, async () => {
        const address = new URLSearchParams({
          metric: metric.name,
          from: String((to - MINUTES * 60) * 1000),
          to: String(to * 1000),
        });
        await page.evaluate((url) => {
          window.history.pushState({}, '', url);
          window.dispatchEvent(new PopStateEvent('popstate'));
        }, `${APP}/metrics?${address}`);
        await expect(page.getByLabel('PromQL')).toHaveText(new RegExp(`(?<![\\w:])${metric.name}(?![\\w:])`));
        await expect(table.getByRole('row').nth(1)).toBeVisible();
        const cells = table.getByRole('row').nth(1).getByRole('cell');
        if (getVisualization(metric) === 'series') {
          const value = Number(await cells.nth(1).locator('[title]').getAttribute('title'));
          expect(lasts(expected)).toContain(value);
        } else {
          const words = (await cells.allTextContents()).flatMap((text) => [text, text.split(' ').at(-1)]);
          // All labels of an info are in its row; of a state set the state is.
          const labels = metric.states ? [metric.states.label] : [...getIdentityLabels(metric), ...metric.labels];
          const isShown = (result: Result) =>
            labels.every((label) => !result.metric[label] || words.includes(result.metric[label]));
          expect(expected.filter(isShown)).not.toEqual([]);
        }
      });
    }
    expect(watched.errors).toEqual([]);
  });
});

test.describe('a data source with thousands of metrics', () => {
  test.skip(!canWriteFiles(), 'needs the native stack, whose Prometheus can be given blocks');
  test.beforeAll(async () => {
    test.setTimeout(240_000);
    await fillMetrics();
  });

  test('has them all in the catalogue, found by typing', async ({ page, watched }) => {
    await page.goto(`${APP}/metrics?all=1`);
    const catalogue = page.getByTestId('metric-catalogue');
    await expect(catalogue.getByRole('status')).toContainText(/of 5,?\d\d\d metrics/);
    await page.getByLabel('Find').fill(manyName(MANY - 1));
    await expect(catalogue.getByRole('row')).toHaveCount(2);
    await catalogue.getByRole('button', { name: manyName(MANY - 1) }).click();
    await expect(page.getByTestId('metric-table')).toContainText('default/many');
    expect(watched.errors).toEqual([]);
  });

  test('shows one sample every 20 minutes over 30 days, and how many there are', async ({ page, watched }) => {
    // Without it the file is downloaded, which a test can see.
    await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    await page.goto(`${APP}/metrics?metric=${SELDOM.metric}&from=now-31d&to=now`);
    const row = page.getByTestId('metric-table').getByRole('row').filter({ hasText: 'default/seldom' });
    const cells = row.getByRole('cell');
    await expect(cells.nth(5)).toHaveText('2,160');
    const panel = page.getByTestId(`data-testid Panel header ${SELDOM.metric}`);
    await expect(panel.locator('canvas').first()).toBeVisible();
    // Each sample is one more than the one before: none is missing among the points that are drawn.
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download CSV' }).click();
    const points = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\r\n')
      .slice(1);
    const values = new Set(points.map((record) => record.split(',')[1]));
    expect(values.size).toBe(SELDOM.samples);
    expect(watched.errors).toEqual([]);
    await takeScreenshot(page, 'metrics-rare-samples');
  });
});
