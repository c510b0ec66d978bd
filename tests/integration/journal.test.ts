/** The journal from a real API server through exporter and collector to Loki, also when each of them is killed. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node';
import {
  applyObjects,
  deleteObject,
  EXPORTER_LOG_FILE,
  getFreePort,
  ProcessGroup,
  startCollector,
  startExporter,
  startLoki,
  waitFor,
  type ManagedProcess,
} from '../../tools/engines';
import { job, roundSteps } from '../../exporter/cluster/extract/jobs.fixture';
import { ApiClient } from '../../simulator/drivers/apiClient';
import {
  formatHash,
  hashCondition,
  parseJournal,
  replayConditions,
  type JournalEntry,
  type ParsedJournal,
} from '../../src/sedna/journal';
import { findKind } from '../../src/sedna/kinds';
import { startCluster } from './support/cluster';
import { createTemporaryFolder } from './support/folder';
import { fetchLokiStreams, queryLoki } from './support/queries';

const RECORDING = path.join(__dirname, '../../../shared/sedna/real/objects.jsonl.gz');
const KILLS = Number(process.env.SEDNA_KILLS || 50);
const skipReplay =
  process.env.SEDNA_LONG_TESTS !== '1'
    ? 'takes many minutes, set SEDNA_LONG_TESTS=1 to run it'
    : !existsSync(RECORDING) && `no recording in ${RECORDING}`;

const stack = new ProcessGroup();
const dir = createTemporaryFolder();
const logRoot = path.join(dir, 'pods');
const journalFile = path.join(logRoot, EXPORTER_LOG_FILE);
let admin: KubeConfig;
let client: ApiClient;
let kubeconfig: string;
let lokiPort: number;
let lokiUrl: string;

const start = {
  exporter: () =>
    stack.add(startExporter({ dir, kubeconfig, journalFile, journalProgress: path.join(dir, 'journal-progress') })),
  collector: () => stack.add(startCollector({ dir, logRoot, node: 'cloud-node', lokiUrl })),
  loki: () => stack.add(startLoki({ dir, port: lokiPort })),
};
type Part = keyof typeof start;
const running = {} as Record<Part, ManagedProcess>;

before(async () => {
  const cluster = await startCluster({ stack, dir });
  admin = cluster.admin;
  kubeconfig = cluster.api.kubeconfigs.exporter;
  client = new ApiClient(cluster.api.kubeconfigs.admin);
  await applyObjects(admin, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'factory' } }]);
  mkdirSync(path.dirname(journalFile), { recursive: true });
  lokiPort = await getFreePort();
  lokiUrl = `http://127.0.0.1:${lokiPort}`;
  running.loki = await start.loki();
  running.collector = await start.collector();
  running.exporter = await start.exporter();
});
after(async () => {
  client?.close();
  await stack.stop();
});

/** Kills a part as a crash does, and starts it again. */
async function killAndRestart(part: Part): Promise<void> {
  const { pid } = running[part];
  process.kill(pid, 'SIGKILL');
  await waitFor(`the end of ${part}`, () => !isAlive(pid));
  running[part] = await start[part]();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function fetchJournal(): Promise<ParsedJournal> {
  const lines: string[] = [];
  for (const namespace of ['default', 'factory', 'sedna']) {
    const streams = await queryLoki(lokiUrl, `{source="sedna-journal", namespace="${namespace}"}`);
    lines.push(...streams.flatMap((stream) => stream.lines));
  }
  return parseJournal(lines);
}

/** Writes an object, and then its status through the subresource. */
async function write({ status, ...object }: KubernetesObject & { status?: unknown }): Promise<void> {
  const { namespace, name } = object.metadata!;
  const named = { ...object, metadata: { namespace, name } };
  await applyObjects(admin, [named]);
  await applyObjects(admin, [{ ...named, status } as KubernetesObject], 'status');
}

const getHashes = (object: unknown) =>
  ((object as { status?: { conditions?: unknown[] } }).status?.conditions ?? []).map((condition) =>
    formatHash(hashCondition(condition))
  );

async function fetchObjects(kind: string): Promise<KubernetesObject[]> {
  const { body } = await client.expect('GET', `/apis/sedna.io/v1alpha1/${findKind(kind)!.plural}`);
  const { items } = JSON.parse(body) as { items: KubernetesObject[] };
  return items;
}

/** Returns the hashes of the conditions that an object has by the journal, in order. */
function replayHashes(entries: readonly JournalEntry[], uid: string | undefined): string[] {
  return replayConditions(entries.filter((entry) => entry.uid === uid)).flatMap(({ condition, lost }) =>
    lost === undefined ? [condition.hash] : []
  );
}

async function waitUntilComplete(kind: string, name: string): Promise<JournalEntry[]> {
  return waitFor(
    `the history of ${name}`,
    async () => {
      const object = (await fetchObjects(kind)).find(({ metadata }) => metadata?.name === name);
      const { entries } = await fetchJournal();
      const hashes = replayHashes(entries, object?.metadata?.uid);
      return hashes.length > 0 && hashes.join() === getHashes(object).join() && entries;
    },
    { timeoutMs: 120_000 }
  );
}

test('what happens to an object is in Loki once, with labels, structured metadata, and its own time', async () => {
  await write(job('a', roundSteps(1).slice(0, 5)) as KubernetesObject);
  await write(job('a', roundSteps(1)) as KubernetesObject);
  const entries = await waitUntilComplete('LifelongLearningJob', 'a');
  assert.equal(entries.filter(({ what, name }) => what === 'condition' && name === 'a').length, 13);
  assert.deepEqual(await fetchLokiStreams(lokiUrl, '{source="sedna-journal", namespace="default"}'), [
    { source: 'sedna-journal', namespace: 'default' },
  ]);
  const query = '{source="sedna-journal", namespace="default"} | name="a" | what="created"';
  const [stream] = await queryLoki(lokiUrl, query);
  assert.equal(stream.labels.kind, 'LifelongLearningJob');
  assert.match(stream.labels.uid, /^[0-9a-f-]{36}$/);
  assert.equal((await fetchJournal()).repeats, 0);
  assert.doesNotMatch(readFileSync(running.collector.logFile, 'utf8'), /failed to (emit|process)/i);
});

test('nothing is missing and nothing shown twice when the exporter, the collector, and Loki are killed', async () => {
  const rounds = Array.from({ length: 3 }, (_, index) => roundSteps(index + 1, index * 600)).flat();
  const parts: Part[] = ['exporter', 'exporter', 'collector', 'exporter', 'loki'];
  for (const [index, part] of parts.entries()) {
    await write(job('b', rounds.slice(0, 7 * (index + 1))) as KubernetesObject);
    const killed = killAndRestart(part);
    await write(job('b', rounds.slice(0, 7 * (index + 1) + 3)) as KubernetesObject);
    await killed;
  }
  // A condition that is replaced, as by a stale write of the global manager.
  const replaced = [...rounds.slice(0, 7 * parts.length + 2), ['Train', 'Failed', 9_999] as const];
  await write(job('b', replaced) as KubernetesObject);
  const entries = await waitUntilComplete('LifelongLearningJob', 'b');
  const ids = entries.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  const uid = entries.find(({ what, name }) => what === 'created' && name === 'b')?.uid;
  const lost = replayConditions(entries.filter((entry) => entry.uid === uid)).filter((each) => each.lost !== undefined);
  assert.equal(lost.length, 1);

  process.kill(running.exporter.pid, 'SIGKILL');
  const [object] = (await fetchObjects('LifelongLearningJob')).filter(({ metadata }) => metadata?.name === 'b');
  await deleteObject(admin, { ...object, apiVersion: 'sedna.io/v1alpha1', kind: 'LifelongLearningJob' });
  running.exporter = await start.exporter();
  const deleted = await waitFor('the deletion', async () =>
    (await fetchJournal()).entries.find(({ what, name }) => what === 'deleted' && name === 'b')
  );
  assert.ok(deleted.what === 'deleted' && deleted.away);
});

test(`a recording is complete in Loki after ${KILLS} kills`, { skip: skipReplay }, async () => {
  interface RecordedEvent {
    event: string;
    object: KubernetesObject & { status?: unknown };
  }
  const events = gunzipSync(readFileSync(RECORDING))
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RecordedEvent)
    .filter(({ object }) => findKind(object.kind ?? '') !== undefined);
  const names: Part[] = ['exporter', 'collector', 'loki'];
  let replaying = true;
  const killing = (async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      await pause(Math.random() * 4_000);
      await killAndRestart(names[Math.floor(Math.random() * names.length)]);
    }
    replaying = false;
  })();
  for (const [index, { event, object }] of events.entries()) {
    if (event === 'DELETED') {
      await deleteObject(admin, object);
    } else {
      await write(object);
    }
    // Spread over the kills.
    if (replaying && index % 10 === 0) {
      await pause(1_000);
    }
  }
  await killing;
  const kinds = [...new Set(events.map(({ object }) => object.kind!))];
  const objects = (await Promise.all(kinds.map(fetchObjects))).flat();
  await waitFor(
    'all histories',
    async () => {
      const { entries } = await fetchJournal();
      return objects.every((object) => replayHashes(entries, object.metadata?.uid).join() === getHashes(object).join());
    },
    { timeoutMs: 600_000 }
  );
  // Whatever the exporter wrote has arrived, although collector and Loki were killed.
  const written = parseJournal(
    [`${journalFile}.1`, journalFile]
      .filter((file) => existsSync(file))
      .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
      .map((line) => line.replace(/^\S+ stdout F /, ''))
      .filter(Boolean)
  );
  const { entries, skipped } = await fetchJournal();
  const arrived = new Set(entries.map(({ id }) => id));
  assert.deepEqual(
    written.entries.filter(({ id }) => !arrived.has(id)),
    []
  );
  assert.deepEqual(skipped, { foreign: 0, truncated: 0, newer: 0, malformed: 0 });
});
