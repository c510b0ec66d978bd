/**
 * How long a change takes from saving a source file to the browser, with a `make dev` that runs in another terminal.
 * `npm run bench:dev-loop`; SEDNA_DEV_PORT is the port of that `make dev` (3000), BENCH_ROUNDS how often (5).
 * Changes src/pages/overview/Overview.tsx, and restores it at the end. Prints figures and asserts none.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECT_ROOT } from '../../tools/projectRoot';
import { median, formatMs, openBrowser } from './browser';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const PAGE = `http://127.0.0.1:${process.env.SEDNA_DEV_PORT || 3000}/a/kubeedge-sedna-app/overview`;
const SOURCE = path.join(PROJECT_ROOT, 'src', 'pages', 'overview', 'Overview.tsx');
const GRID_TAG = '<div className={styles.grid}>';
/** Lets the type check of the last round end, as it does between the saves of a person. */
const PAUSE_MS = 5_000;

async function measure(): Promise<void> {
  const original = readFileSync(SOURCE, 'utf8');
  if (!original.includes(GRID_TAG)) {
    throw new Error(`${SOURCE} has no ${GRID_TAG}, which this benchmark puts a text in front of.`);
  }
  const { browser, context } = await openBrowser();
  const page = await context.newPage();
  const sight: number[] = [];
  const reload: number[] = [];
  try {
    await page.goto(PAGE);
    await page.getByRole('heading', { name: 'Lifelong learning jobs' }).first().waitFor();
    for (let round = 1; round <= ROUNDS; round++) {
      const text = `Saved ${round} of ${ROUNDS} at ${Date.now()}`;
      const saved = performance.now();
      let loading = 0;
      page.once('request', () => (loading = performance.now()));
      writeFileSync(SOURCE, original.replace(GRID_TAG, `${GRID_TAG}<p>{'${text}'}</p>`));
      await page.getByText(text).waitFor();
      const seen = performance.now();
      sight.push(seen - saved);
      reload.push(seen - loading);
      console.log(
        `${formatMs(seen - saved)} from save to sight, of which ${formatMs(seen - loading)} after the first request`
      );
      await sleep(PAUSE_MS);
    }
  } finally {
    writeFileSync(SOURCE, original);
    await browser.close();
  }
  console.log(
    `${formatMs(median(sight))} median from save to sight, ${formatMs(median(reload))} of it to load the page`
  );
  console.log(`${loadavg()[0].toFixed(1)} processes wanted the ${cpus().length} processors in the last minute.`);
}

measure().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
