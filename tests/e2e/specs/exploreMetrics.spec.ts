import type { Page } from '@playwright/test';
import { getVisualization, isSparse, buildMetricExpression } from '../../../src/query/metrics';
import { getIdentityLabels, METRICS, type Metric } from '../../../src/sedna/catalog';
import { ANY_METRIC_TARGET } from '../../../src/sedna/catalog/metricTarget';
import { expect, takeScreenshot, test } from '../support/test';

test('shows in the catalog which metrics have data and why others have none', async ({ page, metrics }) => {
  await metrics.open();
  await metrics.searchField.fill('samples in the dataset');
  await expect(metrics.getCatalogRow('sedna_dataset_samples')).toContainText(/Has data.*(second|minute)/);
  await metrics.searchField.fill('recall newest evaluation');
  await expect(metrics.getCatalogRow('sedna_custom_Recall')).toContainText('Recall of the newest evaluation');
  await metrics.searchField.fill('sedna_objecttrackingservice_condition');
  await expect(metrics.getCatalogRow('sedna_objecttrackingservice_condition')).toContainText('Not recorded by Sedna');
  await metrics.searchField.fill('node_cpu_seconds_total');
  await expect(metrics.getCatalogRow('node_cpu_seconds_total')).toContainText('Not collected');
  await takeScreenshot(page, 'metrics-catalog');
});

test('draws a number of one resource as a time series', async ({ page, monitor, metrics }) => {
  await metrics.open();
  await metrics.selectMetric('sedna_dataset_samples');
  await metrics.selectResource('lifelong-dataset');
  const panel = metrics.getPanel('sedna_dataset_samples');
  await expect(panel.locator('canvas').first()).toBeVisible();
  await expect(panel).toContainText('lifelong-dataset');
  await expect(page).toHaveURL(/name=lifelong-dataset/);
  await expect(metrics.table).toContainText('lifelong-dataset');
  expect(monitor.errors).toEqual([]);
});

test('compares two jobs with an hour earlier and marks their stage changes', async ({ page, monitor, metrics }) => {
  await metrics.open({
    metric: 'sedna_job_stage_duration_seconds',
    kind: 'LifelongLearningJob',
    namespace: 'default',
    name: ['atcii-classifier-demo', 'robo-demo'],
    compare: '1h',
    from: 'now-2h',
    to: 'now',
  });
  const panel = metrics.getPanel('sedna_job_stage_duration_seconds');
  await expect(panel).toContainText('default/atcii-classifier-demo · Train · 1 hour earlier');
  await expect(panel).toContainText('default/robo-demo · Train');
  await expect(panel.getByTestId('data-testid annotation-marker').first()).toBeAttached();
  await monitor.settled();
  expect(monitor.queries.length).toBeLessThanOrEqual(8);
  expect(monitor.errors).toEqual([]);
  await takeScreenshot(page, 'metrics');
});

test('compares scores over the rounds of a job', async ({ page, monitor, metrics }) => {
  await metrics.open({
    metric: 'sedna:task_score',
    kind: 'LifelongLearningJob',
    namespace: 'default',
    name: 'atcii-classifier-demo',
    from: 'now-2h',
    to: 'now',
  });
  await metrics.selectXAxis('Rounds');
  const panel = metrics.getPanel(/Panel header sedna:task_score at the end of each round/);
  await expect(panel.locator('canvas').first()).toBeVisible();
  await expect(page).toHaveURL(/x=round/);
  await expect(metrics.table).toContainText('Spring_1.0');
  expect(monitor.errors).toEqual([]);
  await takeScreenshot(page, 'metrics-rounds');
});

test('shows an empty state for an unknown metric', async ({ page, monitor, metrics }) => {
  await metrics.open({ metric: 'a b"} or up{' });
  await expect(page.getByText('No data found')).toBeVisible();
  expect(monitor.errors).toEqual([]);
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

  test('shows the value that Prometheus has', async ({ page, monitor, metrics }) => {
    test.setTimeout(600_000);
    await metrics.open();
    await expect(metrics.catalog).toBeVisible();
    const to = Math.floor(Date.now() / 60_000) * 60 - 120;
    const found = await fetchResult(page, 'query', {
      query: `group by (__name__) (last_over_time({__name__=~"sedna[_:].+"}[${MINUTES}m]))`,
      time: to,
    });
    const present = new Set(found.map(({ metric }) => metric.__name__));
    const shown = METRICS.filter(({ name }) => present.has(name));
    expect(shown.length).toBeGreaterThan(100);
    for (const metric of shown) {
      const expected = await fetchValues(page, metric, to);
      if (expected.length === 0) {
        continue;
      }
      await test.step(metric.name, async () => {
        await metrics.navigate({ metric: metric.name, from: (to - MINUTES * 60) * 1000, to: to * 1000 });
        await expect(metrics.expression).toHaveText(new RegExp(`(?<![\\w:])${metric.name}(?![\\w:])`));
        await expect(metrics.table.getByRole('row').nth(1)).toBeVisible();
        const cells = metrics.table.getByRole('row').nth(1).getByRole('cell');
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
    expect(monitor.errors).toEqual([]);
  });
});
