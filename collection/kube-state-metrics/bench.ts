/**
 * Measures kube-state-metrics with many objects that have a long history, on etcd and an API server started for it.
 * Fails if the number of series depends on the length of the history. Times and memory are printed and not checked.
 *
 * Usage: npm run bench:kube-state-metrics -- [objects, 1000 by default] [conditions of each, 1000 by default]
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApiClient } from '../../simulator/drivers/apiClient';
import { SEDNA_GROUP, SEDNA_VERSION } from '../../src/sedna/kinds';
import {
  applyObjects,
  loadKubeconfig,
  parseObjects,
  ProcessGroup,
  startApiServer,
  startEtcd,
} from '../../tools/engines';
import { startKubeStateMetrics, type KubeStateMetrics } from '../../tools/engines/kubeStateMetrics';
import { waitFor } from '../../tools/engines/wait';

const STEPS = [
  ['Train', 'Waiting'],
  ['Train', 'Ready'],
  ['Train', 'Starting'],
  ['Train', 'Running'],
  ['Train', 'Completed'],
  ['Eval', 'Waiting'],
  ['Eval', 'Ready'],
  ['Eval', 'Starting'],
  ['Eval', 'Running'],
  ['Eval', 'Completed'],
  ['Deploy', 'Waiting'],
  ['Deploy', 'Ready'],
  ['Deploy', 'Completed'],
] as const;

/** Returns a history as Sedna writes it: 13 conditions per round, some with data. */
function history(length: number): object[] {
  return Array.from({ length }, (_, index) => {
    const round = Math.floor(index / STEPS.length) + 1;
    const [stage, type] = STEPS[index % STEPS.length];
    const time = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString().replace('.000', '');
    const models = [{ format: 'pkl', url: `/output/train/${round}/index.pkl`, classes: null }];
    const data = {
      Ready: JSON.stringify({ input: { models, dataURL: `/output/data/${round}/data.csv`, outputDir: '/output' } }),
      Completed: JSON.stringify({ output: { models } }),
    }[type as string];
    const common = { stage, type, status: 'True', lastHeartbeatTime: time, lastTransitionTime: time };
    return data ? { ...common, message: 'reported by lc', data } : common;
  });
}

const template = { template: { spec: { containers: [{ name: 'worker', image: 'i' }] } } };
const SPEC = {
  dataset: { name: 'd', trainProb: 0.8 },
  outputDir: '/output',
  trainSpec: { ...template, trigger: { condition: { operator: '>', threshold: 500, metric: 'num_of_samples' } } },
  evalSpec: template,
  deploySpec: template,
};

const JOBS = `/apis/${SEDNA_GROUP}/${SEDNA_VERSION}/namespaces/default/lifelonglearningjobs`;
const WRITERS = 8;

/** Writes jobs with limited concurrency. @returns the size of one job as JSON in bytes */
async function writeJobs(client: ApiClient, prefix: string, count: number, conditions: number): Promise<number> {
  const status = { startTime: '2026-01-01T00:00:00Z', conditions: history(conditions) };
  const identity = { apiVersion: `${SEDNA_GROUP}/${SEDNA_VERSION}`, kind: 'LifelongLearningJob' };
  const size = JSON.stringify({ ...identity, spec: SPEC, status }).length;
  let next = 0;
  const writer = async () => {
    while (next < count) {
      const name = `${prefix}-${next++}`;
      const object = { ...identity, metadata: { name, namespace: 'default' }, spec: SPEC };
      await client.expect('POST', JOBS, object);
      await client.expect('PATCH', `${JOBS}/${name}/status`, { status }, 'application/merge-patch+json');
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return size;
}

const belongsToJobs = (prefix: string) => (line: string) =>
  line.startsWith('sedna_') && line.includes(`name="${prefix}-`);

interface Scrape {
  milliseconds: number;
  bytes: number;
  series: number;
}

/** Scrapes until the newest condition of every job is exported. */
async function scrape({ url }: KubeStateMetrics, prefix: string, count: number): Promise<Scrape> {
  return waitFor(
    `the jobs ${prefix}-*`,
    async () => {
      const start = performance.now();
      const text = await (await fetch(`${url}/metrics`)).text();
      const milliseconds = performance.now() - start;
      const lines = text.split('\n').filter(belongsToJobs(prefix));
      const reportedJobs = lines.filter((line) => line.startsWith('sedna_lifelonglearningjob_last_transition')).length;
      return reportedJobs === count && { milliseconds, bytes: text.length, series: lines.length };
    },
    { timeoutMs: 600_000, intervalMs: 500 }
  );
}

/** Returns the resident memory of a process in MB. */
function readMemoryMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

/**
 * Reports histories with different numbers of series and sets the exit code to 1. Called last, so that all results are
 * printed first.
 */
function failIfSeriesDiffer(seriesByLength: ReadonlyMap<number, number>): void {
  if (new Set(seriesByLength.values()).size > 1) {
    const summary = [...seriesByLength].map(([length, series]) => `${series} with ${length} conditions`).join(', ');
    console.error(`The number of series of an object must not depend on the length of its history: ${summary}`);
    process.exitCode = 1;
  }
}

function parseArgument(index: number, fallback: number): number {
  const text = process.argv[index];
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`${text} is not an integer of at least 1`);
  }
  return value;
}

async function main(): Promise<void> {
  const [objects, conditions] = [parseArgument(2, 1000), parseArgument(3, 1000)];
  const dir = mkdtempSync(path.join(tmpdir(), 'sedna-ops-bench-'));
  const stack = new ProcessGroup();
  try {
    const etcd = await stack.add(startEtcd({ dir }));
    const api = await stack.add(startApiServer({ dir, etcdUrl: etcd.url }));
    const crds = parseObjects(path.join(__dirname, '..', '..', 'simulator', 'crds'));
    await applyObjects(loadKubeconfig(api.kubeconfigs.admin), crds);
    const engine = await stack.add(startKubeStateMetrics({ dir, kubeconfig: api.kubeconfigs['kube-state-metrics'] }));
    const client = new ApiClient(api.kubeconfigs.admin);
    const before = readMemoryMegabytes(engine.pid);
    const seriesByLength = new Map<number, number>();
    for (const length of [1, 100, 1000]) {
      const size = await writeJobs(client, `history-${length}`, 1, length);
      const { series } = await scrape(engine, `history-${length}`, 1);
      seriesByLength.set(length, series);
      console.log(`one object of ${length} conditions: ${size} bytes, ${series} series`);
    }
    const start = performance.now();
    const size = await writeJobs(client, 'many', objects, conditions);
    const seconds = (performance.now() - start) / 1000;
    const first = await scrape(engine, 'many', objects);
    const second = await scrape(engine, 'many', objects);
    console.log(
      `${objects} objects of ${conditions} conditions: ${size} bytes each, written in ${seconds.toFixed(0)} s`
    );
    console.log(`series: ${second.series}, ${second.series / objects} for each object`);
    console.log(`page: ${(second.bytes / 1e6).toFixed(1)} MB`);
    const times = [first, second].map(({ milliseconds }) => milliseconds.toFixed(0));
    console.log(`scrape: ${times.join(' and ')} ms`);
    console.log(
      `resident memory of kube-state-metrics: ${readMemoryMegabytes(engine.pid)} MB, ${before} MB when empty`
    );
    client.close();
    failIfSeriesDiffer(seriesByLength);
  } finally {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

void main();
