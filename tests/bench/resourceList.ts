/**
 * Compares the resource list with its queries alone, with many objects in a real Prometheus. Prints the results and sets no
 * limits, because they depend on the machine.
 *
 * Usage: npm run bench:resource-list. BENCH_OBJECTS sets the number of objects (10,000). BENCH_KEEP=1 keeps Prometheus
 * running afterwards.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchText, ProcessGroup, startPrometheus, waitFor } from '../../tools/engines';
import { listedDetails, listedObjects, listedStates, offlineReportingNodes } from '../../src/query/resourceList';
import { unhealthyWorkers } from '../../src/query/resources';
import { filterRows, resourceRows, sortRows, type ResourceRow } from '../../src/pages/resources/list/rows';
import { parseSearch } from '../../src/sedna/search';
import { createTemporaryFolder } from '../integration/support/folder';
import { createMetricsPage } from './manyObjects';

const OBJECTS = Number(process.env.BENCH_OBJECTS ?? 10_000);
const ROUNDS = 15;

interface ApiSeries {
  metric: Record<string, string>;
  value: [number, string];
}

type Queries = Record<string, string>;
type Panel = Parameters<typeof resourceRows>[0];

const ALL: Queries = {
  objects: listedObjects(),
  states: listedStates(),
  trouble: unhealthyWorkers(),
  silent: offlineReportingNodes(),
};
const ONE: Queries = {
  objects: listedObjects('FederatedLearningJob'),
  states: listedStates('FederatedLearningJob'),
  details: listedDetails('FederatedLearningJob')!,
  trouble: unhealthyWorkers(),
  silent: offlineReportingNodes(),
};

const formatMs = (value: number) => `${value.toFixed(1)} ms`;
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function measure<T>(work: () => T): [number, T] {
  const start = performance.now();
  const result = work();
  return [performance.now() - start, result];
}

/** Sends the queries one after another. @returns response bodies by refId */
async function fetchAll(url: string, queries: Queries): Promise<Record<string, string>> {
  const bodies: Record<string, string> = {};
  for (const [refId, expression] of Object.entries(queries)) {
    const body = new URLSearchParams({ query: expression });
    const response = await fetch(`${url}/api/v1/query`, { method: 'POST', body });
    bodies[refId] = await response.text();
    if (!response.ok) {
      throw new Error(`${refId}: Prometheus responded with ${response.status}: ${bodies[refId]}`);
    }
  }
  return bodies;
}

/** Converts a response to the table of Grafana's Prometheus data source. */
function toTable(refId: string, body: string) {
  const { result } = (JSON.parse(body) as { data: { result: ApiSeries[] } }).data;
  const names = [...new Set(result.flatMap(({ metric }) => Object.keys(metric)))];
  const strings = names.map((name) => ({
    name,
    type: 'string',
    config: {},
    values: result.map(({ metric }) => metric[name] ?? ''),
  }));
  const numbers = { name: 'Value', type: 'number', config: {}, values: result.map(({ value }) => Number(value[1])) };
  return { refId, length: result.length, fields: [...strings, numbers] };
}

function createPanel(bodies: Record<string, string>): Panel {
  const series = Object.entries(bodies).map(([refId, body]) => toTable(refId, body));
  return { series, timeRange: { to: Date.now() } } as unknown as Panel;
}

/** Filters and sorts the rows, and returns the first 50, like the page. */
function getFirstPage(rows: readonly ResourceRow[]) {
  const search = parseSearch('is:failing robot');
  const found = filterRows(rows, { namespace: '', search, starred: new Set() });
  return sortRows(found, { by: 'since', descending: true }).slice(0, 50);
}

async function compareWithBareCalls(title: string, url: string, queries: Queries): Promise<ResourceRow[]> {
  const bare: number[] = [];
  const whole: number[] = [];
  let rows: ResourceRow[] = [];
  let bodies: Record<string, string> = {};
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await fetchAll(url, queries);
    const between = performance.now();
    bodies = await fetchAll(url, queries);
    rows = resourceRows(createPanel(bodies));
    getFirstPage(rows);
    bare.push(between - start);
    whole.push(performance.now() - between);
  }
  console.log(`\n${title}: ${rows.length} rows, median of ${ROUNDS} rounds`);
  for (const [refId, body] of Object.entries(bodies)) {
    const { length } = (JSON.parse(body) as { data: { result: ApiSeries[] } }).data.result;
    console.log(`  ${refId.padEnd(8)} ${String(length).padStart(6)} series, ${(body.length / 1e6).toFixed(2)} MB`);
  }
  console.log(`  ${Object.keys(queries).length} queries alone   ${formatMs(median(bare))}`);
  console.log(`  queries, rows, search, and sort   ${formatMs(median(whole))}`);
  console.log(`  ratio   ${(median(whole) / median(bare)).toFixed(2)}`);
  const own = Array.from({ length: ROUNDS }, () => measure(() => getFirstPage(resourceRows(createPanel(bodies))))[0]);
  console.log(`  parsing, rows, search, and sort alone   ${formatMs(median(own))}`);
  return rows;
}

function measureKeystrokes(rows: readonly ResourceRow[]): void {
  console.log(`\nsearching and sorting ${rows.length} rows, median of ${ROUNDS} rounds`);
  for (const text of ['a', 'robot 7', 'kind:ll stage:train is:stuck dog', '"no such name"']) {
    const times = Array.from(
      { length: ROUNDS },
      () => measure(() => filterRows(rows, { namespace: '', search: parseSearch(text), starred: new Set() }))[0]
    );
    console.log(`  ${text.padEnd(34)} ${formatMs(median(times))}`);
  }
  for (const by of ['name', 'since', 'status'] as const) {
    const times = Array.from({ length: ROUNDS }, () => measure(() => sortRows(rows, { by, descending: true }))[0]);
    console.log(`  ${`sort by ${by}`.padEnd(34)} ${formatMs(median(times))}`);
  }
}

async function main(): Promise<void> {
  const page = createMetricsPage({ objects: OBJECTS, now: Math.floor(Date.now() / 1000) });
  const target = createServer((_, response) =>
    response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8').end(page)
  );
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const targetUrl = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
  const stack = new ProcessGroup();
  const prometheus = await stack.add(startPrometheus({ dir: createTemporaryFolder(), kubeStateMetricsUrl: targetUrl }));
  console.log(`${OBJECTS} objects, ${(page.length / 1e6).toFixed(0)} MB per scrape`);
  console.log(`target ${targetUrl}, Prometheus ${prometheus.url}`);
  const count = async (query: string) => {
    const answer = await fetchText(`${prometheus.url}/api/v1/query?query=${encodeURIComponent(`count(${query})`)}`);
    return Number((JSON.parse(answer) as { data: { result: ApiSeries[] } }).data.result[0]?.value[1] ?? 0);
  };
  await waitFor('all objects', async () => (await count(listedObjects())) === OBJECTS, { timeoutMs: 120_000 });
  await waitFor('the rules', async () => (await count('sedna:worker_pod_info')) > 0, { timeoutMs: 120_000 });

  const rows = await compareWithBareCalls('all kinds', prometheus.url, ALL);
  await compareWithBareCalls('one kind', prometheus.url, ONE);
  measureKeystrokes(rows);

  if (process.env.BENCH_KEEP) {
    console.log(`\nPrometheus keeps running at ${prometheus.url}. Press Ctrl-C to stop.`);
    return;
  }
  await stack.stop();
  target.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
