/**
 * Measures the metric catalog with 5,000 other metrics in the data source: time until it is rendered, compared with the API
 * call alone, and the delay of each key in its search. Prints the results and sets no limits, because they depend on the
 * machine.
 *
 * Usage: npm run bench:metrics-page. BENCH_ROUNDS sets the number of rounds (9).
 */
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { fetchText, ProcessGroup, startLoki, startPrometheus, waitFor } from '../../tools/engines';
import { findGrafana, startGrafana } from '../../tools/engines/grafana';
import { createTemporaryFolder } from '../integration/support/folder';
import { median, formatMs, openBrowser } from './browser';
import { METRIC_COUNT, formatMetricName, writeManyMetrics } from './manyMetrics';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const PAGE = '/a/kubeedge-sedna-app/metrics?from=now-3h&to=now&refresh=';
const API = '/api/datasources/uid/sedna-prometheus/resources/api/v1/label/__name__/values';

/** Measures the API call alone in the same browser, in milliseconds. */
const measureBareCall = (page: Page): Promise<number> =>
  page.evaluate(async (url) => {
    const end = Math.floor(Date.now() / 1000);
    const start = performance.now();
    const response = await fetch(`${url}?start=${end - 10_800}&end=${end}`);
    await response.json();
    return performance.now() - start;
  }, API);

/** Measures the time from a click until a text is rendered, in milliseconds. */
async function measureClick(page: Page, selector: string, text: string): Promise<number> {
  const start = await page.evaluate((clicked) => {
    document.querySelector<HTMLElement>(clicked)?.click();
    return performance.now();
  }, selector);
  const end = await page.waitForFunction(
    (wanted) =>
      document.querySelector('[data-testid="metric-catalog"] [role="status"]')?.textContent?.match(wanted) &&
      performance.now(),
    text,
    { polling: 'raf' }
  );
  return Number(await end.jsonValue()) - start;
}

/** Types a word and measures the time from each key to the next frame, in milliseconds. */
async function measureKeys(page: Page, word: string): Promise<number[]> {
  const field = page.locator('#metrics-search');
  await field.focus();
  const waits: number[] = [];
  for (const key of word) {
    const start = performance.now();
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    waits.push(performance.now() - start);
  }
  return waits;
}

async function main(): Promise<void> {
  const grafana = findGrafana();
  if (!grafana) {
    throw new Error('No Grafana found. Set GRAFANA_HOME to its folder.');
  }
  const dir = createTemporaryFolder();
  const stack = new ProcessGroup();
  let browser: Browser | undefined;
  try {
    const dataDir = path.join(dir, 'prometheus-data');
    writeManyMetrics(dir, dataDir, Date.now() / 1000);
    const [prometheus, loki] = await Promise.all([
      stack.add(startPrometheus({ dir, dataDir })),
      stack.add(startLoki({ dir })),
    ]);
    await waitFor('Prometheus to load the metrics', async () =>
      (await fetchText(`${prometheus.url}/api/v1/label/__name__/values`)).includes(formatMetricName(METRIC_COUNT - 1))
    );
    const server = await stack.add(
      startGrafana({ ...grafana, dir: path.join(dir, 'grafana'), prometheusUrl: prometheus.url, lokiUrl: loki.url })
    );
    const opened = await openBrowser();
    browser = opened.browser;
    const page = await opened.context.newPage();
    const bare: number[] = [];
    const opening: number[] = [];
    const waits: number[] = [];
    // One extra round, because the first fills caches.
    for (let round = 0; round <= ROUNDS; round++) {
      await page.goto(server.url + PAGE);
      await page.getByTestId('metric-catalog').getByRole('status').waitFor();
      const call = await measureBareCall(page);
      const drawn = await measureClick(page, '#metrics-include-foreign', 'of 5.?\\d\\d\\d metrics');
      const held = await measureKeys(page, 'metric_0417');
      await page.getByRole('button', { name: formatMetricName(417) }).waitFor();
      if (round > 0) {
        bare.push(call);
        opening.push(drawn);
        waits.push(...held);
      }
    }
    console.log(`${METRIC_COUNT} other metrics, median of ${ROUNDS} rounds`);
    console.log(`  API call alone, through Grafana        ${formatMs(median(bare))}`);
    console.log(
      `  click until the catalog is rendered    ${formatMs(median(opening))}   ratio ${(median(opening) / median(bare)).toFixed(2)}`
    );
    console.log(
      `  key until the next frame               ${formatMs(median(waits))}   maximum ${formatMs(Math.max(...waits))}`
    );
  } finally {
    await browser?.close();
    await stack.stop();
  }
}

main().catch((error: Error) => {
  console.error(error);
  process.exit(1);
});
