/**
 * What a large cluster costs the exporter: 10,000 lifelong learning jobs of 13 conditions, one more with 5,000, served
 * by an API server of our own in another process's memory than the exporter's. Prints figures, judges none.
 *
 * npm run bench:exporter-cluster [number of jobs]
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startExporter } from '../../tools/engines/exporter';
import { fetchText, waitFor } from '../../tools/engines/wait';
import { findKind, WATCHED_KINDS } from '../../src/sedna/kinds';
import { FakeApiServer } from '../cluster/fakeApiServer';
import { job, roundOfJob, type Step } from '../cluster/jobs.fixture';

const JOBS = 'lifelonglearningjobs';
const RESOURCES = WATCHED_KINDS.map((kind) => findKind(kind)!.plural);
const SCRAPES = 10;
const LONG = 5_000;

const rounds = (count: number): Step[] =>
  Array.from({ length: count }, (_, index) => roundOfJob(index + 1, index * 600)).flat();
const say = (what: string, figure: string) => console.log(`${what.padEnd(58)} ${figure}`);
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Resident memory of a process now, and the most that it ever had, in bytes. */
function memory(pid: number): [now: number, most: number] {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
  return [read('VmRSS'), read('VmHWM')];
}

/** Processor time that a process has used, in milliseconds; on a busy machine the time on the clock says little. */
function processorTime(pid: number): number {
  const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) * 10;
}

async function fetchPage(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`);
  return response.text();
}

/** Fetches a page without keeping it, so that this process does not stand still for it. */
async function drainPage(url: string): Promise<void> {
  const { body } = await fetch(`${url}/metrics`);
  await body?.pipeTo(new WritableStream());
}

/** Asks for /healthz until told to stop; returns the longest that an answer took, in milliseconds. */
async function longestHealthCheck(url: string, until: Promise<unknown>): Promise<number> {
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
    api.put(JOBS, job(`job-${index}`, roundOfJob(1)));
  }
  api.put(JOBS, job('long', rounds(Math.ceil(LONG / 13)).slice(0, LONG)));
  // Who starts now lists them, and is told nothing of how they came to be.
  api.compact();
  const kubeconfig = path.join(dir, 'kubeconfig.yaml');
  api.writeKubeconfig(kubeconfig);
  const began = performance.now();
  const exporter = await startExporter({ dir, kubeconfig });
  try {
    const ready = waitFor('the list', async () => (await fetchText(`${exporter.url}/readyz`)).includes('ok'), {
      timeoutMs: 120_000,
    });
    const health = await longestHealthCheck(exporter.url, ready);
    say('process start (with bundling) until ready', seconds(performance.now() - began));
    const page = await fetchPage(exporter.url);
    const listed = Number(/read_duration_seconds\{source="cluster"\} (\S+)/.exec(page)?.[1]);
    say(`reading ${count + 1} jobs`, seconds(listed * 1000));
    say('processor time until then', seconds(processorTime(exporter.pid)));
    say('longest /healthz meanwhile', `${health.toFixed(0)} ms`);
    say('memory after reading (resident, most)', memory(exporter.pid).map(megabytes).join(', '));

    const times: number[] = [];
    const scrapes = (async () => {
      for (let index = 0; index < SCRAPES; index++) {
        const start = performance.now();
        await drainPage(exporter.url);
        times.push(performance.now() - start);
      }
    })();
    const used = processorTime(exporter.pid);
    const healthOfScrapes = await longestHealthCheck(exporter.url, scrapes);
    times.sort((a, b) => a - b);
    const lines = page.split('\n').filter((line) => line && !line.startsWith('#')).length;
    say('page', `${lines} series, ${megabytes(page.length)}`);
    say(`scrape, of ${SCRAPES} (median, slowest)`, [times[SCRAPES / 2], times[SCRAPES - 1]].map(seconds).join(', '));
    say('processor time of one', seconds((processorTime(exporter.pid) - used) / SCRAPES));
    say('longest /healthz meanwhile', `${healthOfScrapes.toFixed(0)} ms`);
    say('memory after scrapes (resident, most)', memory(exporter.pid).map(megabytes).join(', '));

    const seriesOf = (name: string) => page.split('\n').filter((line) => line.includes(`,name="${name}",`)).length;
    say('series of a job of 13 conditions', String(seriesOf('job-0')));
    say(`series of a job of ${LONG} conditions`, String(seriesOf('long')));

    const changing = performance.now();
    for (let index = 0; index < count; index++) {
      api.put(JOBS, job(`job-${index}`, [...roundOfJob(1), ['Train', 'Waiting', 600]]));
    }
    const last = new RegExp(`name="job-${count - 1}",[^}]*stage="Train",condition="Waiting"\\} 2\\n`);
    await waitFor('the last change', async () => last.test(await fetchPage(exporter.url)), {
      timeoutMs: 120_000,
      intervalMs: 1_000,
    });
    say(`${count} changes until the last is served`, seconds(performance.now() - changing));
    say('memory after changes (resident, most)', memory(exporter.pid).map(megabytes).join(', '));
  } finally {
    await exporter.stop();
    await api.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

void main();
