import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { getVisualization, isSparse, buildMetricExpression } from '../../src/query/metrics';
import { getIdentityLabels, METRICS, type Metric } from '../../src/sedna/catalog';
import { ANY_METRIC_TARGET } from '../../src/sedna/catalog/metricTarget';
import { formatMetricName, METRIC_COUNT, SPARSE_METRIC } from '../bench/manyMetrics';
import { canWriteFiles, fillMetrics } from './control';
import { APP, selectOption, expect, takeScreenshot, test } from './support';

/** The history of any metric of any resource. */

test('shows in the catalog which metrics have data and why others have none', async ({ page }) => {
  await page.goto(`${APP}/metrics`);
  const catalog = page.getByTestId('metric-catalog');
  const search = page.getByLabel('Search metrics');
  const row = (name: string) => catalog.getByRole('row').filter({ hasText: name });
  await search.fill('samples in the dataset');
  await expect(row('sedna_dataset_samples')).toContainText(/Has data.*(second|minute)/);
  await search.fill('recall newest evaluation');
  await expect(row('sedna_custom_Recall')).toContainText('Recall of the newest evaluation');
  await search.fill('sedna_objecttrackingservice_condition');
  await expect(row('sedna_objecttrackingservice_condition')).toContainText(/No data in range|No such resource/);
  await search.fill('node_cpu_seconds_total');
  await expect(row('node_cpu_seconds_total')).toContainText('Not collected');
  await takeScreenshot(page, 'metrics-catalog');
});

test('draws a number of one resource as a time series', async ({ page, watched }) => {
  await page.goto(`${APP}/metrics`);
  await selectOption(page, 'Metric', 'sedna_dataset_samples');
  // `choose` would also find the field "Resource type".
  const resource = page.getByLabel('Resource', { exact: true });
  await resource.click();
  await resource.fill('lifelong-dataset');
  await page.getByRole('option', { name: 'lifelong-dataset' }).first().click();
  const panel = page.getByTestId('data-testid Panel header sedna_dataset_samples');
  await expect(panel.locator('canvas').first()).toBeVisible();
  await expect(panel).toContainText('lifelong-dataset');
  await expect(page).toHaveURL(/name=lifelong-dataset/);
  await expect(page.getByTestId('metric-table')).toContainText('lifelong-dataset');
  expect(watched.errors).toEqual([]);
});

test('compares two jobs with an hour earlier and marks their stage changes', async ({ page, watched }) => {
  const names = ['atcii-classifier-demo', 'robo-demo'].map((name) => `name=${name}`).join('&');
  await page.goto(
    `${APP}/metrics?metric=sedna_job_stage_duration_seconds&kind=LifelongLearningJob&namespace=default&${names}&compare=1h&from=now-2h&to=now`
  );
  const panel = page.getByTestId('data-testid Panel header sedna_job_stage_duration_seconds');
  await expect(panel).toContainText('default/atcii-classifier-demo · Train · 1 hour earlier');
  await expect(panel).toContainText('default/robo-demo · Train');
  await expect(panel.getByTestId('data-testid annotation-marker').first()).toBeAttached();
  await watched.settled();
  expect(watched.queries.length).toBeLessThanOrEqual(8);
  expect(watched.errors).toEqual([]);
  await takeScreenshot(page, 'metrics');
});

test('compares scores over the rounds of a job', async ({ page, watched }) => {
  await page.goto(
    `${APP}/metrics?metric=sedna:task_score&kind=LifelongLearningJob&namespace=default&name=atcii-classifier-demo&from=now-2h&to=now`
  );
  await selectOption(page, 'X axis', 'Rounds');
  const panel = page.getByTestId(/Panel header sedna:task_score at the end of each round/);
  await expect(panel.locator('canvas').first()).toBeVisible();
  await expect(page).toHaveURL(/x=round/);
  await expect(page.getByTestId('metric-table')).toContainText('Spring_1.0');
  expect(watched.errors).toEqual([]);
  await takeScreenshot(page, 'metrics-rounds');
});

test('shows an empty state for an unknown metric', async ({ page, watched }) => {
  await page.goto(`${APP}/metrics?metric=${encodeURIComponent('a b"} or up{')}`);
  await expect(page.getByText('No data found')).toBeVisible();
  expect(watched.errors).toEqual([]);
});

test.describe('every catalog metric that has data', () => {
  /** Length of the time range, which ends in the past so that its values no longer change. */
  const MINUTES = 30;
  /** Step in seconds that the page uses for this time range. */
  const STEP = 15;
  const prometheus = '/api/datasources/uid/sedna-prometheus/resources/api/v1';

  interface Result {
    metric: Record<string, string>;
    values: Array<[number, string]>;
  }

  async function fetchResult(page: Page, path: string, params: Record<string, string | number>): Promise<Result[]> {
    const response = await page.request.get(`${prometheus}/${path}`, { params });
    return ((await response.json()) as { data: { result: Result[] } }).data.result;
  }

  /** Fetches the values in the time range; of a sparse metric its raw samples. */
  async function fetchValues(page: Page, metric: Metric, to: number): Promise<Result[]> {
    const expression = buildMetricExpression(metric.name, { target: ANY_METRIC_TARGET });
    return isSparse(metric)
      ? fetchResult(page, 'query', {
          query: expression.replaceAll('$__rate_interval', `${MINUTES}m`).replaceAll('last_over_time(', '('),
          time: to,
        })
      : fetchResult(page, 'query_range', {
          query: expression.replaceAll('$__rate_interval', '60s').replaceAll('$__interval', `${STEP}s`),
          start: to - MINUTES * 60,
          end: to,
          step: STEP,
        });
  }

  /** Returns the last number of each series; a series may end before the time range does. */
  const getLastValues = (results: readonly Result[]) =>
    results.map(({ values }) =>
      values
        .map(([, text]) => Number(text))
        .filter((value) => !Number.isNaN(value))
        .pop()
    );

  test('shows the value that Prometheus has', async ({ page, watched }) => {
    test.setTimeout(600_000);
    await page.goto(`${APP}/metrics`);
    await expect(page.getByTestId('metric-catalog')).toBeVisible();
    const to = Math.floor(Date.now() / 60_000) * 60 - 120;
    const found = await fetchResult(page, 'query', {
      query: `group by (__name__) (last_over_time({__name__=~"sedna[_:].+"}[${MINUTES}m]))`,
      time: to,
    });
    const present = new Set(found.map(({ metric }) => metric.__name__));
    const shown = METRICS.filter(({ name }) => present.has(name));
    expect(shown.length).toBeGreaterThan(100);
    const table = page.getByTestId('metric-table');
    for (const metric of shown) {
      const expected = await fetchValues(page, metric, to);
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
          expect(getLastValues(expected)).toContain(value);
        } else {
          const texts = (await cells.allTextContents()).flatMap((text) => [text, text.split(' ').at(-1)]);
          // The row of an info metric has all labels, the row of a state set only the state.
          const labels = metric.states ? [metric.states.label] : [...getIdentityLabels(metric), ...metric.labels];
          const isShown = (result: Result) =>
            labels.every((label) => !result.metric[label] || texts.includes(result.metric[label]));
          expect(expected.filter(isShown)).not.toEqual([]);
        }
      });
    }
    expect(watched.errors).toEqual([]);
  });
});

test.describe('a data source with thousands of metrics', () => {
  test.skip(!canWriteFiles(), 'needs the native stack, whose Prometheus accepts blocks');
  test.beforeAll(async () => {
    test.setTimeout(240_000);
    await fillMetrics();
  });

  test('lists all metrics and finds one by its name', async ({ page, watched }) => {
    await page.goto(`${APP}/metrics?all=1`);
    const catalog = page.getByTestId('metric-catalog');
    await expect(catalog.getByRole('status')).toContainText(/of 5,?\d\d\d metrics/);
    await page.getByLabel('Search metrics').fill(formatMetricName(METRIC_COUNT - 1));
    await expect(catalog.getByRole('row')).toHaveCount(2);
    await catalog.getByRole('button', { name: formatMetricName(METRIC_COUNT - 1) }).click();
    await expect(page.getByTestId('metric-table')).toContainText('default/many');
    expect(watched.errors).toEqual([]);
  });

  test('draws and counts one sample every 20 minutes over 30 days', async ({ page, watched }) => {
    // Without the file picker the browser downloads the file, which the test can read.
    await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    await page.goto(`${APP}/metrics?metric=${SPARSE_METRIC.metric}&from=now-31d&to=now`);
    const row = page.getByTestId('metric-table').getByRole('row').filter({ hasText: 'default/seldom' });
    const cells = row.getByRole('cell');
    await expect(cells.nth(5)).toHaveText('2,160');
    const panel = page.getByTestId(`data-testid Panel header ${SPARSE_METRIC.metric}`);
    await expect(panel.locator('canvas').first()).toBeVisible();
    // Each sample is one higher than the previous one, which shows that no point is missing.
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download CSV' }).click();
    const points = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\r\n')
      .slice(1);
    const values = new Set(points.map((record) => record.split(',')[1]));
    expect(values.size).toBe(SPARSE_METRIC.samples);
    expect(watched.errors).toEqual([]);
    await takeScreenshot(page, 'metrics-rare-samples');
  });
});
