/**
 * Runs the e2e tests: against the Grafana of GRAFANA_URL, else against one that is found on this machine, with the
 * simulated Sedna around it. Where there is none, they count as skipped.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { findGrafana, GRAFANA_HOMES, startGrafana } from '../../tools/engines/grafana';
import { startDemo, type Demo } from '../../simulator/demo/nativeDemo';
import { fetchText, waitFor, type ManagedProcess } from '../../tools/engines';
import { SPARSE_METRIC, writeManyMetrics } from '../bench/manyMetrics';
import { appendLines, countEntries, writeManyLines } from '../bench/manyLines';

const ROOT = path.join(__dirname, '..', '..');
const ARGUMENTS = process.argv.slice(2);

function playwright(env: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('playwright', ['test', ...ARGUMENTS], {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** The node whose collector reads the fleet's log files. */
const FLEET_NODE = 'edge1';

/** Resolves to what is to be found when Loki holds all of the entries that were written. */
async function fillLogs(demo: Demo, entries: number, pods: number) {
  const needle = writeManyLines(path.join(demo.logRoot, FLEET_NODE, 'pods'), { entries, pods });
  await waitFor('the collector to ship all entries', async () => (await countEntries(demo.loki.url)) === entries, {
    timeoutMs: 900_000,
  });
  return needle;
}

/** Resolves when Prometheus has read the blocks that were written beside its own. */
async function fillMetrics(demo: Demo) {
  writeManyMetrics(path.dirname(demo.prometheusData), demo.prometheusData, Date.now() / 1000);
  const newest = `${demo.prometheus.url}/api/v1/query?query=${encodeURIComponent(`count_over_time(${SPARSE_METRIC.metric}[31d])`)}`;
  await waitFor(
    'Prometheus to read the blocks',
    async () => (await fetchText(newest)).includes(`"${SPARSE_METRIC.samples}"`),
    {
      timeoutMs: 180_000,
    }
  );
}

/** The orders of tests/e2e/control.ts, by their path. */
const orders = (
  demo: Demo,
  newGrafana: () => Promise<ManagedProcess>
): Record<string, (body: never) => Promise<unknown>> => ({
  '/stop': async ({ server }: { server: 'prometheus' | 'loki' }) => demo[server].stop(),
  '/start': ({ server }: { server: 'prometheus' | 'loki' }) => demo.restart(server),
  '/fill-logs': ({ entries, pods }: { entries: number; pods: number }) => fillLogs(demo, entries, pods),
  '/fill-metrics': () => fillMetrics(demo),
  '/fresh-grafana': async () => {
    const { url, logFile } = await demo.add(newGrafana());
    return { url, logFile };
  },
  '/append-lines': async ({ pod, texts }: { pod: string; texts: string[] }) =>
    appendLines(path.join(demo.logRoot, FLEET_NODE, 'pods'), pod, texts),
});

/** Carries out the orders of tests/e2e/control.ts. */
function serveControl(demo: Demo, newGrafana: () => Promise<ManagedProcess>): Promise<Server> {
  const server = createServer(async (request, response) => {
    try {
      const order = orders(demo, newGrafana)[request.url ?? ''];
      if (!order) {
        response.writeHead(404).end();
        return;
      }
      const result = await order((await json(request)) as never);
      response.end(JSON.stringify(result ?? null));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  // What is ordered may take minutes.
  server.requestTimeout = 0;
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function countTests(): number {
  const list = execFileSync('playwright', ['test', '--list', ...ARGUMENTS], { cwd: ROOT, encoding: 'utf8' });
  return Number(/Total: (\d+) test/.exec(list)?.[1] ?? 0);
}

async function main(): Promise<void> {
  if (process.env.GRAFANA_URL) {
    process.exitCode = await playwright({});
    return;
  }
  const grafana = findGrafana();
  if (!grafana) {
    console.log(
      `No Grafana was found in ${GRAFANA_HOMES.join(', ')}, and GRAFANA_URL is not set: the e2e tests are skipped.`
    );
    console.log(`${countTests()} skipped`);
    return;
  }
  const dir = mkdtempSync(path.join(tmpdir(), 'sedna-ops-e2e-'));
  const demo = await startDemo({ dir: path.join(dir, 'demo'), log: (line) => console.log(line) });
  const newGrafana = () =>
    startGrafana({
      ...grafana,
      dir: mkdtempSync(path.join(dir, 'grafana-')),
      prometheusUrl: demo.prometheus.url,
      lokiUrl: demo.loki.url,
      kubernetes: demo.kubernetes,
    });
  const control = await serveControl(demo, newGrafana);
  const server = await newGrafana();
  try {
    process.exitCode = await playwright({
      GRAFANA_URL: server.url,
      SEDNA_CONTROL_URL: `http://127.0.0.1:${(control.address() as AddressInfo).port}`,
    });
  } finally {
    await server.stop();
    await demo.stop();
    control.close();
    if (process.exitCode === 0) {
      rmSync(dir, { recursive: true, force: true });
    }
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
