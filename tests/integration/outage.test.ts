import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import {
  getFreePort,
  ProcessGroup,
  startCollector,
  startLoki,
  waitFor,
  type ManagedProcess,
} from '../../tools/engines';
import { createTemporaryFolder } from './support/folder';

/**
 * Writes an hour of lines during an outage of Loki that is longer than the default retry time of the collector. Rotates the
 * files, and kills the collector five times. Every line must arrive exactly once. Runs only with SEDNA_LONG_TESTS=1,
 * because it takes ten minutes.
 */
const skip = process.env.SEDNA_LONG_TESTS === '1' ? false : 'takes ten minutes, set SEDNA_LONG_TESTS=1 to run it';

const OUTAGE_SECONDS = Number(process.env.SEDNA_OUTAGE_SECONDS || 370);
/** Ten lines per second for an hour, from four pods. */
const LINES = 36_000;
const KILLS = 5;
const PODS = ['atcii-train-x7k2p', 'atcii-eval-q9w8e', 'robo-inference-a1b2c', 'lc-8jx2k'] as const;
const LC = PODS[3];
const CONTAINERS: Record<(typeof PODS)[number], string> = {
  'atcii-train-x7k2p': 'train-worker',
  'atcii-eval-q9w8e': 'eval-worker',
  'robo-inference-a1b2c': 'infer-worker',
  'lc-8jx2k': 'lc',
};

const stack = new ProcessGroup();
const dir = createTemporaryFolder();
const logRoot = path.join(dir, 'pods');
const stateDir = path.join(dir, 'state');
after(() => stack.stop());

const ESC = '\x1b';
/** Written entries by pod. An entry is a line or a traceback. */
const written = new Map<string, string[]>(PODS.map((pod) => [pod, []]));

function getFolder(pod: (typeof PODS)[number]): string {
  const folder = path.join(logRoot, `default_${pod}_0b8ef1a2-1111-2222-3333-444455556666`, CONTAINERS[pod]);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Creates an entry: most are lines on stderr, some are prints on stdout or tracebacks. */
function createEntry(pod: (typeof PODS)[number], n: number): { stream: string; text: string } {
  if (pod === LC) {
    return { stream: 'stderr', text: `I1124 08:41:26.647075       1 websocket.go:176] client ${n} starts to connect` };
  }
  if (n % 50 === 49) {
    return {
      stream: 'stderr',
      text: `Traceback (most recent call last):\n  File "a.py", line ${n}\n    run()\nKeyError: ${n}`,
    };
  }
  return n % 5 === 4
    ? { stream: 'stdout', text: `[${n}]\tvalidation_0-mlogloss:0.12345` }
    : {
        stream: 'stderr',
        text: `${ESC}[32m[2026-11-24 08:00:00,055] train.py(160) [INFO]${ESC}[0m - Loss ${n}: 1.234${ESC}[0m`,
      };
}

let linesWritten = 0;
let clock = 0;

/** Appends entries with at least the given number of lines. */
function write(pod: (typeof PODS)[number], lines: number): void {
  const entries = written.get(pod)!;
  let text = '';
  for (let count = 0; count < lines;) {
    const { stream, text: entry } = createEntry(pod, entries.length);
    for (const line of entry.split('\n')) {
      clock = (clock + 1) % 1_000_000;
      text += `${new Date().toISOString().slice(0, 23)}${String(clock).padStart(6, '0')}Z ${stream} F ${line}\n`;
      count++;
      linesWritten++;
    }
    entries.push(entry);
  }
  appendFileSync(path.join(getFolder(pod), '0.log'), text);
}

const rotate = (pod: (typeof PODS)[number]) =>
  renameSync(
    path.join(getFolder(pod), '0.log'),
    path.join(getFolder(pod), `0.log.20261124-08${String(clock % 10_000).padStart(4, '0')}`)
  );

interface Entry {
  time: bigint;
  line: string;
}

/** Returns all entries of a pod in Loki, oldest first. */
async function fetchEntries(url: string, pod: string, since: bigint): Promise<Entry[]> {
  const found: Entry[] = [];
  for (let start = since; ;) {
    const query = new URLSearchParams({
      query: `{pod="${pod}"}`,
      start: String(start),
      end: String(BigInt(Date.now() + 60_000) * 1_000_000n),
      direction: 'forward',
      limit: '5000',
    });
    const response = await fetch(`${url}/loki/api/v1/query_range?${query}`);
    assert.ok(response.ok, await response.clone().text());
    const body = (await response.json()) as { data: { result: Array<{ values: Array<[string, string]> }> } };
    const page = body.data.result
      .flatMap(({ values }) => values.map(([time, line]) => ({ time: BigInt(time), line })))
      .sort((a, b) => (a.time < b.time ? -1 : 1));
    found.push(...page);
    if (page.length < 5000) {
      return found;
    }
    start = page.at(-1)!.time + 1n;
  }
}

const splitLines = (entries: readonly string[]) => entries.flatMap((entry) => entry.split('\n'));

/** Returns lines that are missing, and lines that are there more often than written. */
function compare(expected: readonly string[], found: readonly string[]): { lost: string[]; duplicated: string[] } {
  const open = new Map<string, number>();
  expected.forEach((line) => open.set(line, (open.get(line) ?? 0) + 1));
  const duplicated = found.filter((line) => {
    const left = open.get(line) ?? 0;
    open.set(line, Math.max(0, left - 1));
    return left === 0;
  });
  return { lost: [...open].flatMap(([line, count]) => Array<string>(count).fill(line)), duplicated };
}

const getFolderBytes = (folder: string) =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
const getResidentBytes = (pid: number) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
const formatMegabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

test(
  'an outage of Loki, log rotation, and kills of the collector lose and duplicate no lines',
  { skip, timeout: 1_800_000 },
  async (t) => {
    const port = await getFreePort();
    const startLogs = () => startLoki({ dir, port });
    const startShipping = () =>
      startCollector({ dir, logRoot, node: 'edge-node', lokiUrl: `http://127.0.0.1:${port}`, stateDir });
    const since = BigInt(Date.now() - 1000) * 1_000_000n;
    let loki = await stack.add(startLogs());
    let collector: ManagedProcess = await stack.add(startShipping());
    const arrived = async () => {
      const entries = (await Promise.all(PODS.map((pod) => fetchEntries(loki.url, pod, since)))).flat();
      return splitLines(entries.map(({ line }) => line)).length;
    };

    PODS.forEach((pod) => write(pod, 100));
    await waitFor('the lines before', async () => (await arrived()) === linesWritten, { timeoutMs: 60_000 });

    await loki.stop();
    const outageStart = Date.now();
    let peakState = 0;
    let peakMemory = 0;
    let kills = 0;
    let rotated = false;
    while (Date.now() - outageStart < OUTAGE_SECONDS * 1000) {
      const share = (Date.now() - outageStart) / (OUTAGE_SECONDS * 1000);
      const due = Math.ceil((LINES * share - linesWritten) / PODS.length);
      if (due > 0) {
        PODS.forEach((pod) => write(pod, due));
      }
      if (share > 0.3 && !rotated) {
        rotated = true;
        PODS.forEach(rotate);
      }
      if (kills < KILLS && share > 0.5 + kills * 0.08) {
        PODS.forEach((pod) => write(pod, 50));
        // Each kill hits another moment of reading, queueing, and saving the position.
        await pause(100 + 60 * kills);
        process.kill(collector.pid, 'SIGKILL');
        kills++;
        // Kubelet rotates again while no collector runs.
        rotate(PODS[0]);
        PODS.forEach((pod) => write(pod, 200));
        collector = await stack.add(startShipping());
      }
      peakState = Math.max(peakState, getFolderBytes(stateDir));
      peakMemory = Math.max(peakMemory, getResidentBytes(collector.pid));
      await pause(500);
    }
    loki = await stack.add(startLogs());
    const outageEnd = Date.now();
    PODS.forEach((pod) => write(pod, 100));
    await waitFor('the last lines', async () => (await arrived()) >= linesWritten, {
      timeoutMs: 300_000,
      intervalMs: 3000,
    });
    const catchUpSeconds = (Date.now() - outageEnd) / 1000;

    t.diagnostic(`Loki was down for ${((outageEnd - outageStart) / 1000).toFixed(0)} s; ${linesWritten} lines`);
    t.diagnostic(`caught up ${catchUpSeconds.toFixed(0)} s after Loki was ready again`);
    t.diagnostic(`collector: at most ${formatMegabytes(peakMemory)} resident, ${formatMegabytes(peakState)} on disk`);
    const losses = await Promise.all(
      PODS.map(async (pod) => {
        const entries = await fetchEntries(loki.url, pod, since);
        const { lost, duplicated } = compare(
          splitLines(written.get(pod)!),
          splitLines(entries.map(({ line }) => line))
        );
        const cut = entries.length + lost.length - duplicated.length - written.get(pod)!.length;
        t.diagnostic(
          `${pod}: ${splitLines(written.get(pod)!).length} lines written, ${lost.length} lost, ${duplicated.length} duplicated; ${cut} entries cut`
        );
        return { pod, lost, duplicated };
      })
    );
    for (const { pod, lost, duplicated } of losses) {
      assert.deepEqual(duplicated, [], `${pod}: duplicated`);
      assert.deepEqual(lost, [], `${pod}: lost`);
    }
  }
);
