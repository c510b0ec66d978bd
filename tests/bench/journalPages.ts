/**
 * Measures the time until the pages of a job show its history, for a job with many rounds and one with few, on the same
 * Grafana and Loki. Prints the results and sets no limits, because they depend on the machine. The time on the processor,
 * summed over the threads of Loki and of the page's main thread, says more than the clock where other programs run.
 *
 * Usage: npm run bench:journal-pages. BENCH_ROUNDS sets the number of rounds (7,200, every six minutes for 30 days), BENCH_RUNS
 * how often each page is opened (5).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { ProcessGroup, startLoki, startPrometheus } from '../../tools/engines';
import { findGrafana, startGrafana } from '../../tools/engines/grafana';
import { createTemporaryFolder } from '../integration/support/folder';
import { formatMs, median, openBrowser } from './browser';
import { NAMESPACE, writeManyRounds } from './manyRounds';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7_200);
const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const JOBS = { survey: ROUNDS, 'small-survey': 10 };
const QUERY = /\/api\/ds\/query|\/api\/datasources\/uid\//;

interface Run {
  /** Milliseconds until the history is visible. */
  shown: number;
  /** Milliseconds on the processor until then. */
  lokiCpu: number;
  pageCpu: number;
  requests: number;
  /** Bytes of all response bodies. */
  received: number;
}

/** Milliseconds that a process has been on the processor, in steps of 10 (proc(5), fields 14 and 15 in ticks). */
function readCpuMs(pid: number): number {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13);
  return (Number(user) + Number(system)) * 10;
}

async function createPageCpuMeter(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
}

async function measure(page: Page, lokiPid: number, work: () => Promise<void>): Promise<Run> {
  const bodies: Array<Promise<number>> = [];
  page.on('response', (response) => {
    if (QUERY.test(response.url())) {
      bodies.push(
        response.body().then(
          ({ length }) => length,
          () => 0
        )
      );
    }
  });
  const readPageCpu = await createPageCpuMeter(page);
  const [lokiBefore, pageBefore, start] = [readCpuMs(lokiPid), await readPageCpu(), performance.now()];
  await work();
  const shown = performance.now() - start;
  const [lokiCpu, pageCpu] = [readCpuMs(lokiPid) - lokiBefore, (await readPageCpu()) - pageBefore];
  page.removeAllListeners('response');
  const received = (await Promise.all(bodies)).reduce((sum, each) => sum + each, 0);
  return { shown, lokiCpu, pageCpu, requests: bodies.length, received };
}

const buildUrl = (name: string, tab: string, range: string) =>
  `/a/kubeedge-sedna-app/resources/LifelongLearningJob/${NAMESPACE}/${name}${tab}?from=now-${range}&to=now`;
const roundTable = (page: Page) => page.getByRole('table').filter({ hasText: 'Evaluation metrics' }).first();

function report(title: string, runs: readonly Run[]): void {
  const of = (part: keyof Run) => median(runs.map((run) => run[part]));
  console.log(
    `  ${title.padEnd(46)} ${formatMs(of('shown'))}, processor: Loki ${formatMs(of('lokiCpu'))} page ${formatMs(of('pageCpu'))} ${String(of('requests')).padStart(4)} requests ${(of('received') / 1e3).toFixed(0).padStart(6)} kB`
  );
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
    const [loki, prometheus] = await Promise.all([
      stack.add(startLoki({ dir, acceptsOldLines: true })),
      stack.add(startPrometheus({ dir })),
    ]);
    const start = performance.now();
    const lines = await writeManyRounds(loki.url, JOBS);
    console.log(`Wrote ${lines} lines in ${Math.round((performance.now() - start) / 1000)} s`);
    const server = await stack.add(
      startGrafana({ ...grafana, dir: path.join(dir, 'grafana'), prometheusUrl: prometheus.url, lokiUrl: loki.url })
    );
    const opened = await openBrowser();
    browser = opened.browser;
    const open = async (title: string, url: string, isShown: (page: Page) => Promise<void>) => {
      const runs: Run[] = [];
      // One extra run, because the first fills the browser cache.
      for (let run = 0; run <= RUNS; run++) {
        const page = await opened.context.newPage();
        const measured = await measure(page, loki.pid, async () => {
          await page.goto(server.url + url, { waitUntil: 'commit' });
          await isShown(page);
        });
        if (run > 0) {
          runs.push(measured);
        }
        await page.close();
      }
      report(title, runs);
    };
    const showsRounds = (page: Page) => roundTable(page).waitFor();
    console.log(`\nTime until the history is shown, median of ${RUNS} runs`);
    for (const [name, rounds] of Object.entries(JOBS)) {
      for (const range of ['24h', '30d']) {
        await open(`Status, ${rounds} rounds, range ${range}`, buildUrl(name, '', range), showsRounds);
      }
    }
    await openOlder(await opened.context.newPage(), server.url, loki.pid);
  } finally {
    await browser?.close();
    await stack.stop();
  }
}

/** Measures clicks that show older rounds; some of them load the next page of the journal. */
async function openOlder(page: Page, url: string, lokiPid: number): Promise<void> {
  await page.goto(url + buildUrl('survey', '', '30d'));
  const older = page.getByRole('button', { name: 'Show older rounds' });
  await roundTable(page).waitFor();
  const countRounds = () => roundTable(page).getByRole('columnheader').count();
  const runs: Run[] = [];
  for (let run = 0; run < RUNS; run++) {
    const before = await countRounds();
    runs.push(
      await measure(page, lokiPid, async () => {
        await older.click();
        while ((await countRounds()) <= before) {
          await page.waitForTimeout(20);
        }
      })
    );
  }
  report(`Status, ${ROUNDS} rounds, Show older rounds`, runs);
  await page.close();
}

main().catch((error: Error) => {
  console.error(error);
  process.exit(1);
});
