import { readFileSync } from 'node:fs';
import { formatMetricName, METRIC_COUNT, SPARSE_METRIC } from '../../bench/manyMetrics';
import { fillMetrics, isNativeStack } from '../support/control';
import { disableSaveDialog, expect, takeScreenshot, test } from '../support/test';

/** A data source with thousands of metrics, one of which has a sample every 20 minutes. */

test.skip(!isNativeStack(), 'needs the native stack, whose Prometheus accepts blocks');
test.beforeAll(async () => {
  test.setTimeout(240_000);
  await fillMetrics();
});

test('lists all metrics and finds one by its name', async ({ monitor, metrics }) => {
  await metrics.open({ all: 1 });
  await expect(metrics.catalog.getByRole('status')).toContainText(/of 5,?\d\d\d metrics/);
  await metrics.searchField.fill(formatMetricName(METRIC_COUNT - 1));
  await expect(metrics.catalog.getByRole('row')).toHaveCount(2);
  await metrics.catalog.getByRole('button', { name: formatMetricName(METRIC_COUNT - 1) }).click();
  await expect(metrics.table).toContainText('default/many');
  expect(monitor.errors).toEqual([]);
});

test('draws and counts one sample every 20 minutes over 30 days', async ({ page, monitor, metrics }) => {
  await disableSaveDialog(page);
  await metrics.open({ metric: SPARSE_METRIC.metric, from: 'now-31d', to: 'now' });
  await expect(metrics.getTableRow('default/seldom').getByRole('cell').nth(5)).toHaveText('2,160');
  await expect(metrics.getPanel(SPARSE_METRIC.metric).locator('canvas').first()).toBeVisible();
  // Each sample is one higher than the previous one, which shows that no point is missing.
  const download = await metrics.downloadCsv();
  const points = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n')
    .slice(1);
  const values = new Set(points.map((record) => record.split(',')[1]));
  expect(values.size).toBe(SPARSE_METRIC.samples);
  expect(monitor.errors).toEqual([]);
  await takeScreenshot(page, 'metrics-rare-samples');
});
