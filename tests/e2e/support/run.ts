/**
 * Runs the browser tests against the Grafana at GRAFANA_URL, or against a Grafana installed on this machine together
 * with a simulated Sedna. Without either, the tests are skipped.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { findGrafana, GRAFANA_HOMES, startGrafana } from '../../../tools/engines/grafana';
import { startDemo, type Demo } from '../../../simulator/demo/nativeDemo';
import { fetchText, waitFor, type ManagedProcess } from '../../../tools/engines';
import { PROJECT_ROOT } from '../../../tools/projectRoot';
import { SPARSE_METRIC, writeManyMetrics } from '../../bench/manyMetrics';
import { appendLines, countEntries, writeManyLines, type AppendedLines } from '../../bench/manyLines';

const ARGUMENTS = process.argv.slice(2);

/** Resolves to Playwright's exit code. */
function runPlaywright(env: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('playwright', ['test', ...ARGUMENTS], {
      cwd: PROJECT_ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Node of the pods with many log lines. */
const FLEET_NODE = 'edge1';

/** Writes log files. Resolves to the line to find when Loki has all lines. */
async function fillLogs(demo: Demo, entries: number, pods: number) {
  const needle = writeManyLines(path.join(demo.logRoot, FLEET_NODE, 'pods'), { entries, pods });
  await waitFor('the collector to ship all log lines', async () => (await countEntries(demo.loki.url)) === entries, {
    timeoutMs: 900_000,
  });
  return needle;
}

/** Writes blocks into Prometheus's data folder. Resolves when Prometheus has read them. */
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

/**
 * Returns a function that runs `action` at the first call only. Playwright repeats a `beforeAll` hook in a new worker
 * after a failed test, which would write the same lines twice.
 */
function once<A extends unknown[], R>(action: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  let result: Promise<R> | undefined;
  return (...args) => (result ??= action(...args));
}

/** Creates the handlers for the requests of control.ts, by path. */
const createHandlers = (
  demo: Demo,
  newGrafana: () => Promise<ManagedProcess>
): Record<string, (body: never) => Promise<unknown>> => ({
  '/stop': async ({ server }: { server: 'prometheus' | 'loki' }) => demo[server].stop(),
  '/start': ({ server }: { server: 'prometheus' | 'loki' }) => demo.restart(server),
  '/fill-logs': once(({ entries, pods }: { entries: number; pods: number }) => fillLogs(demo, entries, pods)),
  '/fill-metrics': once(() => fillMetrics(demo)),
  '/fresh-grafana': async () => {
    const { url, logFile } = await demo.add(newGrafana());
    return { url, logFile };
  },
  '/append-lines': async (lines: AppendedLines) => appendLines(path.join(demo.logRoot, FLEET_NODE, 'pods'), lines),
});

/** Serves the requests of control.ts on a free port. */
function serveControl(demo: Demo, newGrafana: () => Promise<ManagedProcess>): Promise<Server> {
  const handlers = createHandlers(demo, newGrafana);
  const server = createServer(async (request, response) => {
    try {
      const handle = handlers[request.url ?? ''];
      if (!handle) {
        response.writeHead(404).end();
        return;
      }
      const result = await handle((await json(request)) as never);
      response.end(JSON.stringify(result ?? null));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  // Filling Loki takes minutes.
  server.requestTimeout = 0;
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function countTests(): number {
  const list = execFileSync('playwright', ['test', '--list', ...ARGUMENTS], { cwd: PROJECT_ROOT, encoding: 'utf8' });
  return Number(/Total: (\d+) test/.exec(list)?.[1] ?? 0);
}

async function main(): Promise<void> {
  if (process.env.GRAFANA_URL) {
    process.exitCode = await runPlaywright({});
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
  try {
    const server = await demo.add(newGrafana());
    process.exitCode = await runPlaywright({
      GRAFANA_URL: server.url,
      SEDNA_CONTROL_URL: `http://127.0.0.1:${(control.address() as AddressInfo).port}`,
    });
  } finally {
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
