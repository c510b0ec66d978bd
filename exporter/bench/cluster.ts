/**
 * Measures the exporter on a large cluster: 10,000 lifelong learning jobs with 13 conditions each and one with 5,000,
 * served by a fake API server outside the exporter's process, with and after the journal of a first start. Prints the
 * results and sets no limits.
 *
 * Usage: npm run bench:exporter-cluster [-- <number of jobs>]
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startExporter } from '../../tools/engines/exporter';
import { fetchText, waitFor } from '../../tools/engines/wait';
import { findKind, KIND_NAMES } from '../../src/sedna/kinds';
import { FakeApiServer } from '../cluster/fakeApiServer';
import { job, roundSteps, type Step } from '../cluster/extract/jobs.fixture';

const JOBS = 'lifelonglearningjobs';
const RESOURCES = [...KIND_NAMES.map((kind) => findKind(kind)!.plural), 'pods', 'nodes', 'events'];
const SCRAPES = 10;
const LONG_HISTORY_LENGTH = 5_000;

const buildRounds = (count: number): Step[] =>
  Array.from({ length: count }, (_, index) => roundSteps(index + 1, index * 600)).flat();
const printResult = (what: string, figure: string) => console.log(`${what.padEnd(58)} ${figure}`);
const formatSeconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const formatMegabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Returns the current and the peak resident memory of a process in bytes. */
function readMemoryBytes(pid: number): [now: number, most: number] {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
  return [read('VmRSS'), read('VmHWM')];
}

/** Returns the CPU time of a process in milliseconds. On a busy machine, wall-clock time is meaningless. */
function readCpuTimeMs(pid: number): number {
  const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) * 10;
}

async function fetchMetrics(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`);
  return response.text();
}

/** Fetches the metrics without buffering them, so that this process stays responsive. */
async function drainMetrics(url: string): Promise<void> {
  const { body } = await fetch(`${url}/metrics`);
  await body?.pipeTo(new WritableStream());
}

/** Polls /healthz until `until` settles and returns the slowest response in milliseconds. */
async function measureSlowestHealthCheck(url: string, until: Promise<unknown>): Promise<number> {
  let running = true;
  void until.finally(() => (running = false));
  let longest = 0;
  while (running) {
    const start = performance.now();
    await fetchText(`${url}/healthz`);
    longest = Math.max(longest, performance.now() - start);
    await sleep(5);
  }
  return longest;
}

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 10_000);
  const dir = mkdtempSync(path.join(tmpdir(), 'sedna-ops-bench-'));
  const api = await FakeApiServer.start(RESOURCES);
  for (let index = 0; index < count; index++) {
    api.put(JOBS, job(`job-${index}`, roundSteps(1)));
  }
  api.put(JOBS, job('long', buildRounds(Math.ceil(LONG_HISTORY_LENGTH / 13)).slice(0, LONG_HISTORY_LENGTH)));
  // Drop the events, so that the exporter has to list all jobs.
  api.compact();
  const kubeconfig = path.join(dir, 'kubeconfig.yaml');
  api.writeKubeconfig(kubeconfig);
  const processStart = performance.now();
  const journalFile = path.join(dir, 'journal', '0.log');
  const exporter = await startExporter({
    dir,
    kubeconfig,
    journalFile,
    journalProgress: path.join(dir, 'progress'),
  });
  try {
    const ready = waitFor('the list', async () => (await fetchText(`${exporter.url}/readyz`)).includes('ok'), {
      timeoutMs: 120_000,
    });
    const health = await measureSlowestHealthCheck(exporter.url, ready);
    printResult('process start (with bundling) until ready', formatSeconds(performance.now() - processStart));
    const metricsText = await fetchMetrics(exporter.url);
    const listSeconds = Number(/read_duration_seconds\{source="cluster"\} (\S+)/.exec(metricsText)?.[1]);
    printResult(`reading ${count + 1} jobs`, formatSeconds(listSeconds * 1000));
    printResult('CPU time until ready', formatSeconds(readCpuTimeMs(exporter.pid)));
    printResult('slowest /healthz response meanwhile', `${health.toFixed(0)} ms`);
    printResult('memory after reading (resident, peak)', readMemoryBytes(exporter.pid).map(formatMegabytes).join(', '));

    await waitFor('the journal', async () => /journal_backlog_entries 0\n/.test(await fetchMetrics(exporter.url)), {
      timeoutMs: 1_800_000,
      intervalMs: 2_000,
    });
    printResult('process start until the journal is complete', formatSeconds(performance.now() - processStart));
    const entries = /journal_entries_total\{what="condition"\} (\d+)/.exec(await fetchMetrics(exporter.url))?.[1];
    printResult('conditions in the journal', String(entries));
    printResult('size of the progress', formatMegabytes(statSync(path.join(dir, 'progress')).size));
    printResult(
      'memory after the journal (resident, peak)',
      readMemoryBytes(exporter.pid).map(formatMegabytes).join(', ')
    );

    const times: number[] = [];
    const scrapes = (async () => {
      for (let index = 0; index < SCRAPES; index++) {
        const start = performance.now();
        await drainMetrics(exporter.url);
        times.push(performance.now() - start);
      }
    })();
    const used = readCpuTimeMs(exporter.pid);
    const healthDuringScrapes = await measureSlowestHealthCheck(exporter.url, scrapes);
    times.sort((a, b) => a - b);
    const lines = metricsText.split('\n').filter((line) => line && !line.startsWith('#')).length;
    printResult('response', `${lines} series, ${formatMegabytes(metricsText.length)}`);
    printResult(
      `scrape, of ${SCRAPES} (median, maximum)`,
      [times[SCRAPES / 2], times[SCRAPES - 1]].map(formatSeconds).join(', ')
    );
    printResult('CPU time per scrape', formatSeconds((readCpuTimeMs(exporter.pid) - used) / SCRAPES));
    printResult('slowest /healthz response meanwhile', `${healthDuringScrapes.toFixed(0)} ms`);
    printResult('memory after scrapes (resident, peak)', readMemoryBytes(exporter.pid).map(formatMegabytes).join(', '));

    const countSeries = (name: string) =>
      metricsText.split('\n').filter((line) => line.includes(`,name="${name}",`)).length;
    printResult('series of a job with 13 conditions', String(countSeries('job-0')));
    printResult(`series of a job with ${LONG_HISTORY_LENGTH} conditions`, String(countSeries('long')));

    const changesStart = performance.now();
    for (let index = 0; index < count; index++) {
      api.put(JOBS, job(`job-${index}`, [...roundSteps(1), ['Train', 'Waiting', 600]]));
    }
    const last = new RegExp(`name="job-${count - 1}",[^}]*stage="Train",condition="Waiting"\\} 2\\n`);
    await waitFor('the last change', async () => last.test(await fetchMetrics(exporter.url)), {
      timeoutMs: 120_000,
      intervalMs: 1_000,
    });
    printResult(`${count} changes until the last is served`, formatSeconds(performance.now() - changesStart));
    printResult('memory after changes (resident, peak)', readMemoryBytes(exporter.pid).map(formatMegabytes).join(', '));
  } finally {
    await exporter.stop();
    await api.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

void main();
