/**
 * Compares the time until log lines are shown in the app and in Explore, on the same Grafana and Loki. Prints the results and
 * sets no limits, because they depend on the machine.
 *
 * Usage: npm run bench:logs-page. BENCH_ENTRIES sets the number of entries (1,000,000), BENCH_ROUNDS the number of rounds (9).
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page, Request } from '@playwright/test';
import { ProcessGroup, startCollector, startLoki, startPrometheus, waitFor } from '../../tools/engines';
import { findGrafana, startGrafana } from '../../tools/engines/grafana';
import { logLines } from '../../src/query/logs/logql';
import { equals } from '../../src/query/escape';
import { createTemporaryFolder } from '../integration/support/folder';
import { median, formatMs, openBrowser } from './browser';
import { countEntries, writeManyLines, type Needle } from './manyLines';

const ENTRIES = Number(process.env.BENCH_ENTRIES ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const PODS = 200;
const RANGE = { from: 'now-3h', to: 'now' };
/** URLs of requests for lines, counts, and search sizes. */
const TO_LOKI = /\/api\/ds\/query|\/api\/datasources\/(uid|proxy)\//;

interface SearchRun {
  /** Milliseconds until the line is visible. */
  first: number;
  /** Milliseconds until all requests have finished. */
  complete: number;
  requests: number;
  /** Bytes that Loki read for all requests. */
  read: number;
  /** Bytes of all response bodies. */
  received: number;
}

interface SearchPage {
  name: string;
  /** Builds the URL of a search for the keywords. */
  url: (needle: Needle, keywords: readonly string[]) => string;
  /** Changes the search in an open page. */
  search: (page: Page, needle: Needle, keywords: readonly string[]) => Promise<void>;
}

/** Builds the query that a user would type in Explore. */
const buildPlainQuery = ({ namespace, pod }: Needle, keywords: readonly string[]) =>
  `{namespace="${namespace}", pod="${pod}"}${keywords.map((keyword) => ` |= "${keyword}"`).join('')}`;

/** Builds the query of the app. */
const buildAppQuery = ({ namespace, pod }: Needle, keywords: readonly string[]) =>
  logLines({
    matchers: [equals('namespace', namespace), equals('pod', pod)],
    keywords: keywords.map((text) => ({ text })),
    source: true,
  });

function createExplorePage(name: string, query: (needle: Needle, keywords: readonly string[]) => string): SearchPage {
  const state = (expr: string) =>
    JSON.stringify({
      a: {
        datasource: 'sedna-loki',
        queries: [
          { refId: 'A', expr, queryType: 'range', editorMode: 'code', datasource: { type: 'loki', uid: 'sedna-loki' } },
        ],
        range: RANGE,
      },
    });
  return {
    name,
    url: (needle, keywords) =>
      `/explore?${new URLSearchParams({ schemaVersion: '1', orgId: '1', panes: state(query(needle, keywords)) })}`,
    search: async (page, needle, keywords) => {
      const editor = page.locator('.monaco-editor textarea, .monaco-editor [role="textbox"]').first();
      await editor.focus();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText(query(needle, keywords));
      await page.keyboard.press('Shift+Enter');
    },
  };
}

const APP: SearchPage = {
  name: 'App',
  url: ({ namespace, pod }, keywords) => {
    const params = new URLSearchParams({ namespace, pod, ...RANGE });
    keywords.forEach((keyword) => params.append('include', keyword));
    return `/a/kubeedge-sedna-app/logs?${params}`;
  },
  search: async (page, _, keywords) => {
    await page.locator('#logs-include').fill(keywords.at(-1)!);
    await page.locator('#logs-include').press('Enter');
  },
};
const SEARCH_PAGES = [
  APP,
  createExplorePage('Explore', buildPlainQuery),
  createExplorePage('Explore, query of the app', buildAppQuery),
];

/** Parses the bytes that Loki read from a response of Grafana. */
function parseBytesRead(body: string): number {
  return [...body.matchAll(/"displayName":"Summary: total bytes processed"[^}]*?"value":(\d+)/g)].reduce(
    (sum, [, bytes]) => sum + Number(bytes),
    0
  );
}

/** Measures an action until a text is visible, and until all requests of the page have finished. */
async function measure(page: Page, text: string, work: () => Promise<void>): Promise<SearchRun> {
  const bodies: Array<Promise<string>> = [];
  const pending = new Set<Request>();
  let requests = 0;
  let last = performance.now();
  const onRequest = (request: Request) => {
    if (TO_LOKI.test(request.url())) {
      requests++;
      pending.add(request);
    }
  };
  const onEnd = (request: Request) => {
    // Ignores requests that started before this run.
    if (pending.delete(request)) {
      last = performance.now();
      const body = request.response().then((response) => response?.text() ?? '');
      bodies.push(body.catch(() => ''));
    }
  };
  page.on('request', onRequest).on('requestfinished', onEnd).on('requestfailed', onEnd);
  const start = performance.now();
  await work();
  await page.getByText(text).first().waitFor({ state: 'visible' });
  const first = performance.now() - start;
  await waitFor('all requests of the page to finish', async () => pending.size === 0 && performance.now() - last > 700);
  page.off('request', onRequest).off('requestfinished', onEnd).off('requestfailed', onEnd);
  const answers = await Promise.all(bodies);
  return {
    first,
    complete: Math.max(first, last - start),
    requests,
    read: answers.reduce((sum, body) => sum + parseBytesRead(body), 0),
    received: answers.reduce((sum, body) => sum + body.length, 0),
  };
}

async function measureBareCall(url: string, query: string): Promise<number> {
  const now = Date.now();
  const params = new URLSearchParams({
    query,
    start: String((now - 3 * 3_600_000) * 1e6),
    end: String(now * 1e6),
    limit: '500',
  });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const response = await fetch(`${url}/loki/api/v1/query_range?${params}`);
    await response.text();
    times.push(performance.now() - start);
  }
  return median(times);
}

function report(title: string, runs: ReadonlyArray<{ searchPage: SearchPage; runs: readonly SearchRun[] }>): void {
  console.log(`\n${title}, median of ${ROUNDS} rounds`);
  console.log(`  ${''.padEnd(28)} first line  complete  requests   Loki read  received`);
  const [own] = runs;
  for (const { searchPage, runs: some } of runs) {
    const of = (part: keyof SearchRun) => median(some.map((run) => run[part]));
    const ratio =
      own.searchPage === searchPage
        ? ''
        : `   ratio of the app: ${(median(own.runs.map(({ first }) => first)) / of('first')).toFixed(2)}`;
    console.log(
      `  ${searchPage.name.padEnd(28)} ${formatMs(of('first'))} ${formatMs(of('complete'))} ${String(of('requests')).padStart(9)} ` +
        `${(of('read') / 1e6).toFixed(1).padStart(8)} MB ${(of('received') / 1e3).toFixed(0).padStart(6)} kB${ratio}`
    );
  }
}

async function benchmarkFullLoads(context: BrowserContext, url: string, needle: Needle) {
  const all = SEARCH_PAGES.map((searchPage) => ({ searchPage, runs: [] as SearchRun[] }));
  // One extra round, because the first fills the browser cache.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { searchPage, runs } of all) {
      const page = await context.newPage();
      const run = await measure(page, 'out of shared memory', async () => {
        await page.goto(url + searchPage.url(needle, needle.keywords), { waitUntil: 'commit' });
      });
      if (round > 0) {
        runs.push(run);
      }
      await page.close();
    }
  }
  report(`Full page load: one of ${ENTRIES} entries, by pod and two keywords`, all);
}

async function benchmarkNextSearches(context: BrowserContext, url: string, needle: Needle) {
  const all = SEARCH_PAGES.map((searchPage) => ({ searchPage, runs: [] as SearchRun[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { searchPage, runs } of all) {
      const page = await context.newPage();
      // Opens another search first, whose lines don't contain the next keyword.
      await measure(page, 'uses 120 MB', async () => {
        await page.goto(url + searchPage.url(needle, ['uses 120']), { waitUntil: 'commit' });
      });
      const next = `step ${1000 + round}:`;
      const isApp = searchPage === APP;
      if (isApp) {
        await page.locator('#logs-include').press('Backspace');
        await page.getByRole('button', { name: /Remove.*uses 120/ }).click();
        await page.getByText(/Newest 500 lines|lines in the time range/).waitFor();
      }
      runs.push(await measure(page, next, () => searchPage.search(page, needle, [next])));
      await page.close();
    }
  }
  report('Next search in an open page: one entry, by pod and keyword', all);
}

async function main(): Promise<void> {
  const grafana = findGrafana();
  if (!grafana) {
    throw new Error('No Grafana found. Set GRAFANA_HOME to its folder.');
  }
  const dir = createTemporaryFolder();
  const logRoot = path.join(dir, 'pods');
  mkdirSync(logRoot, { recursive: true });
  const stack = new ProcessGroup();
  let browser: Browser | undefined;
  try {
    const [loki, prometheus] = await Promise.all([stack.add(startLoki({ dir })), stack.add(startPrometheus({ dir }))]);
    const needle = writeManyLines(logRoot, { entries: ENTRIES, pods: PODS });
    const collector = await stack.add(startCollector({ dir, logRoot, node: 'edge-node', lokiUrl: loki.url }));
    const start = Date.now();
    await waitFor('all entries', async () => (await countEntries(loki.url)) === ENTRIES, { timeoutMs: 1_200_000 });
    console.log(`Collected ${ENTRIES} entries in ${Math.round((Date.now() - start) / 1000)} s`);
    await collector.stop();
    const server = await stack.add(
      startGrafana({ ...grafana, dir: path.join(dir, 'grafana'), prometheusUrl: prometheus.url, lokiUrl: loki.url })
    );
    const both = needle.keywords;
    console.log(
      `Loki alone, query of a user in Explore  ${formatMs(await measureBareCall(loki.url, buildPlainQuery(needle, both)))}`
    );
    console.log(
      `Loki alone, query of the app            ${formatMs(await measureBareCall(loki.url, buildAppQuery(needle, both)))}`
    );

    const opened = await openBrowser();
    browser = opened.browser;
    const { context } = opened;
    await benchmarkFullLoads(context, server.url, needle);
    await benchmarkNextSearches(context, server.url, needle);
  } finally {
    await browser?.close();
    await stack.stop();
  }
}

main().catch((error: Error) => {
  console.error(error);
  process.exit(1);
});
